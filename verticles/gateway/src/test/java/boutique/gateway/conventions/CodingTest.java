package boutique.gateway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is compressed")
class CodingTest {

  @ParameterizedTest
  @DisplayName("is told to who says that they read it")
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "gzip, deflate, br, zstd",
        "br,gzip",
        "br;q=1.0, gzip;q=0.8, *;q=0.1",
        "gzip ; q=0.001",
        "gzip;q=1"
      })
  void read(String accept) {
    assertThat(Coding.isRead(accept)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("is told to nobody who does not, or who says that they do not")
  @NullSource
  @ValueSource(
      strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.0", "gzip;q=0.000, br", "notgzip"})
  void notRead(String accept) {
    assertThat(Coding.isRead(accept)).isFalse();
  }
}
