package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

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
}
