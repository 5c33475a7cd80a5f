package boutique.gateway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.StreamId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A tag")
class EtagsTest {
  private static final StreamId ORDER = new StreamId("orders", "o1");

  @ParameterizedTest
  @ValueSource(strings = {"\"3.7\"", "W/\"3.7\"", "*", "\"1\", \"3.7\"", "W/\"2\",W/\"3.7\""})
  @DisplayName("that the client knows needs no second telling, however it is marked")
  void known(String header) {
    assertThat(Etags.isKnown(header, Etags.of(3, 7))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "\"3.8\"", "3.7", "", "\"", ",,,", "\"33.7\"", "nonsense"})
  @DisplayName("that is another, or none, is not known")
  void unknown(String header) {
    assertThat(Etags.isKnown(header, Etags.of(3, 7))).isFalse();
    assertThat(Etags.isKnown(null, Etags.of(3, 7))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "\"3.7\"", "*", "\"1\", \"3\"", "W/\"9\", \"3.1\""})
  @DisplayName("names the version at which a resource may be changed")
  void met(String header) {
    assertThat(Etags.expected(header, ORDER).isMetBy(3)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2\"",
        "W/\"3\"",
        "3",
        "",
        "\"\"",
        "\"x\"",
        "\"99999999999999999999999\"",
        "\"-1\""
      })
  @DisplayName("that is weak, or of another version, or none of ours, lets nothing be changed")
  void notMet(String header) {
    assertThat(Etags.expected(header, ORDER).isMetBy(3)).isFalse();
    assertThat(Etags.expected(header, ORDER).isMetBy(0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3.7\"", "*", "\"1.1\", \"3.7\"", "W/\"9.9\",\"3.7\""})
  @DisplayName("names in full what must be so still when what stands behind the dot is changed")
  void metBeside(String header) {
    assertThat(Etags.expectedBeside(header, 3, ORDER).isMetBy(7)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"3\"",
        "\"7\"",
        "\"3.8\"",
        "\"4.7\"",
        "\"03.7\"",
        "\"3.7.7\"",
        "\"3.x\"",
        "W/\"3.7\"",
        "3.7",
        "",
        "\"3.99999999999999999999\""
      })
  @DisplayName("of which only a part is right lets nothing behind the dot be changed")
  void notMetBeside(String header) {
    assertThat(Etags.expectedBeside(header, 3, ORDER).isMetBy(7)).isFalse();
    assertThat(Etags.expectedBeside(header, 3, ORDER).isMetBy(0)).isFalse();
  }

  @Test
  @DisplayName("of any version needs a resource that is there")
  void any() {
    assertThat(Etags.expected("*", ORDER).isMetBy(0)).isFalse();
  }
}
