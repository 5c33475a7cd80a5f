package boutique.language.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Message;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A wire name")
class WireNamesTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("is given to every command and every event, and each of them is a record")
  void every_command_and_event_is_a_named_record(Class<? extends Message> kind) {
    assertThat(kind).isRecord();
    assertThat(WireNames.named(WireNames.of(kind))).isEqualTo(kind);
  }

  @Test
  @DisplayName("is given in no other way: every command and event belongs to a room's sealed set")
  void the_sets_are_sealed() {
    assertThat(sets()).hasSizeGreaterThanOrEqualTo(8).allMatch(Class::isSealed);
  }

  @ParameterizedTest
  @FieldSource("boutique.language.codec.Samples#ALL")
  @DisplayName("stands in the message's JSON as its type, and finds the class again")
  void every_name_decodes(Message sample) throws Exception {
    var json = Json.encode(sample);

    assertThat(PLAIN.readTree(json).get("type").textValue()).isEqualTo(WireNames.of(sample));
    assertThat(Json.decode(json, Message.class)).isEqualTo(sample);
    assertThat(Json.decode(json, sample.getClass())).isEqualTo(sample);
  }

  @Test
  @DisplayName("that nobody has given is refused, as is a message without one")
  void a_strange_name_is_refused() {
    for (var json :
        List.of(
            "{\"type\":\"java.lang.ProcessBuilder\"}",
            "{\"type\":\"boutique.language.Look\",\"stream\":\"orders/1\"}",
            "{\"stream\":\"orders/1\"}",
            "null",
            "",
            "{")) {
      assertThatThrownBy(() -> Json.decode(json.getBytes(UTF_8), Message.class), json)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("brings its message along although a newer node has added a field")
  void an_added_field_is_ignored() {
    var json = "{\"type\":\"look\",\"stream\":\"orders/1\",\"since\":\"2030\"}";

    assertThat(Json.decode(json.getBytes(UTF_8), Message.class))
        .hasToString("Look[stream=orders/1]");
  }

  @Test
  @DisplayName("does not save a message whose numbers are missing or whose texts mean nothing")
  void a_malformed_message_is_refused() {
    for (var json :
        List.of(
            "{\"type\":\"look\",\"stream\":\"orders\"}",
            "{\"type\":\"inventory.opened\",\"product\":\"p\",\"at\":\"2026-03-01T00:00:00Z\"}",
            "{\"type\":\"user.created\",\"user\":\"not plain\",\"at\":\"2026-03-01T00:00:00Z\"}",
            "{\"type\":\"user.created\",\"user\":\"u\",\"at\":\"yesterday\"}")) {
      assertThatThrownBy(() -> Json.decode(json.getBytes(UTF_8), Message.class), json)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  static Stream<Class<?>> kinds() {
    return sets().stream().flatMap(set -> Stream.of(set.getPermittedSubclasses()));
  }

  /** Every {@code …Command} and {@code …Event} of the rooms, found where they are compiled to. */
  private static List<Class<?>> sets() {
    try {
      var classes = Path.of(URI.create(root()));
      try (var files = Files.walk(classes)) {
        return files
            .map(file -> classes.relativize(file).toString().replace('/', '.'))
            .filter(name -> name.endsWith("Command.class") || name.endsWith("Event.class"))
            .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
            .filter(type -> type != Command.class && type != Event.class)
            .toList();
      }
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static String root() {
    return Message.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
