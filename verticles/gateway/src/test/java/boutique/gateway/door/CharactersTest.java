package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
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
