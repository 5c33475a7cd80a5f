package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.gateway.problems.Problem.Wrong;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Words are text")
class CharactersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "\u00e9", "\ud83d\ude00", "a\ud83d\ude00b", "\u4f60\u597d", "\ue000"})
  @DisplayName("when all their characters are whole and can be seen")
  void text(String text) {
    assertThat(Characters.wrong(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(chars = {0, 7, '\t', '\n', 0x1b, 0x7f, 0x85, 0x9f, 0xd800, 0xdbff, 0xdc00, 0xdfff})
  @DisplayName("but not with a control character, or half of one, wherever it stands")
  void none(char wrong) {
    assertThat(Characters.wrong("" + wrong)).isNotNull();
    assertThat(Characters.wrong("a" + wrong)).isNotNull();
    assertThat(Characters.wrong(wrong + "a")).isNotNull();
    assertThat(Characters.wrong("\ud83d\ude00" + wrong + "\ud83d\ude00")).isNotNull();
  }

  @Test
  @DisplayName(
      "in lines only where the contract says so of all its characters, and no more than that")
  void lines() {
    var reason = new JsonObject().put("pattern", "^(?=[\\s\\S]*\\S)[^\\p{Cs}\\x00-\\x08]+$");
    var line = new JsonObject().put("pattern", "^(?=.*\\S)[^\\p{Cc}\\p{Cs}]+$");
    var title = new JsonObject().put("pattern", "\\S");
    var secret = new JsonObject().put("type", "string");

    for (var text : List.of("ok\nline two", "ok\r\nline two", "a\tb")) {
      assertThat(wrong(text, reason)).isEmpty();
      for (var other : List.of(line, title, secret)) {
        assertThat(wrong(text, other)).hasSize(2);
      }
    }
    assertThat(wrong("ok\n\u0085", reason)).hasSize(2);
    assertThat(wrong("ok\n\u001b", reason)).hasSize(2);
  }

  /** Of a field, and of one in a list. */
  private static List<Wrong> wrong(String text, JsonObject said) {
    var some = new JsonObject().put("items", said);
    var properties = new JsonObject().put("one", said).put("some", some);
    var body = new JsonObject().put("one", text).put("some", new JsonArray().add(text));
    return Characters.wrong(
        new RequestParameterImpl(body), new JsonObject().put("properties", properties));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7b7d", "c3a9", "f09f9880", "efbbbf7b7d"})
  @DisplayName("in UTF-8")
  void utf8(String bytes) {
    assertThat(Characters.isUtf8(Buffer.buffer(HexFormat.of().parseHex(bytes)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c0af", "c180", "eda080", "ff", "c3", "f8888080", "7b007d00", "007b007d"})
  @DisplayName("and in no other coding, nor in one that writes a character in two ways")
  void notUtf8(String bytes) {
    assertThat(Characters.isUtf8(Buffer.buffer(HexFormat.of().parseHex(bytes)))).isFalse();
  }
}
