package boutique.language.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Event;
import boutique.language.Message;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The document that other systems read")
class AsyncApiTest {
  private static final AsyncApi API = AsyncApi.read();

  @Test
  @DisplayName("lists every event, no other message, each in the topic of its room")
  void lists_the_events() {
    var told = new TreeMap<String, TreeSet<String>>();
    WireNames.all().stream()
        .filter(Event.class::isAssignableFrom)
        .forEach(event ->
            told.computeIfAbsent("boutique." + room(event), _ -> new TreeSet<>())
                .add(WireNames.of(event)));

    assertThat(API.topics()).hasSameSizeAs(told);
    told.forEach((topic, events) ->
        assertThat(API.topics().get(topic)).containsExactlyInAnyOrderElementsOf(events));
  }

  @Test
  @DisplayName("says of every topic that we are the ones who write there")
  void sends() {
    var written = new TreeSet<String>();
    for (var operation : API.document().get("operations")) {
      assertThat(operation.get("action").textValue()).isEqualTo("send");
      written.add(operation.at("/channel/$ref").textValue().replace("#/channels/", ""));
    }

    assertThat(written).containsExactlyElementsOf(API.topics().keySet());
  }

  @ParameterizedTest
  @MethodSource("boutique.language.codec.GoldenFiles#names")
  @DisplayName("describes every event as it has ever been written")
  void describes_the_golden_files(String event) throws IOException {
    assertThat(API.complaints(event, GoldenFiles.read(event))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("boutique.language.codec.GoldenFiles#names")
  @DisplayName("allows no field that it does not name, and wants every one that it does")
  void describes_no_more_and_no_less(String event) throws IOException {
    var golden = new String(GoldenFiles.read(event), UTF_8);
    var more = golden.replaceFirst("\\{", "{\"email\":\"ann@example.com\",");
    var less =
        golden.replaceFirst("(?m)^  \"\\w*[aA]t\": .*\\R", "").replaceFirst(",(\\s*})$", "$1");

    assertThat(API.complaints(event, more.getBytes(UTF_8))).isNotEmpty();
    assertThat(API.complaints(event, less.getBytes(UTF_8))).isNotEmpty();
  }

  @Test
  @DisplayName("holds a record to its topic, its envelope and its payload")
  void holds_records_to_it() throws IOException {
    var topic = "boutique.users";
    var value = GoldenFiles.read("user.created");
    var headers =
        Map.of(
            "content-type", "application/json",
            "ce_specversion", "1.0",
            "ce_id", "users/b5-3f@1",
            "ce_source", "/boutique/users",
            "ce_type", "user.created",
            "ce_subject", "users/b5-3f",
            "ce_time", "2026-03-01T10:15:30.123456Z",
            "ce_version", "1",
            "ce_correlationid", "request-1",
            "ce_actor", "0195-ann");

    assertThat(API.complaints(topic, headers, value)).isEmpty();
    assertThat(API.complaints("boutique.orders", headers, value)).hasSize(1);
    assertThat(API.complaints(topic, with(headers, "ce_version", "0"), value)).hasSize(1);
    assertThat(API.complaints(topic, with(headers, "ce_time", "yesterday"), value)).isNotEmpty();
    assertThat(API.complaints(topic, with(headers, "ce_type", "order.created"), value)).hasSize(1);
    assertThat(API.complaints(topic, headers, "{}".getBytes(UTF_8))).isNotEmpty();
    assertThat(API.complaints(topic, Map.of("ce_type", "user.created"), value))
        .hasSizeGreaterThan(5);
  }

  @Test
  @DisplayName("complains about an event whose own name is another's")
  void names_its_events() throws IOException {
    assertThat(API.complaints("inventory.released", GoldenFiles.read("inventory.lapsed")))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("type");
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    var changed = new HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  /** Its room is the part of the language that it is in. */
  private static String room(Class<? extends Message> event) {
    return List.of(event.getPackageName().split("\\.")).getLast();
  }
}
