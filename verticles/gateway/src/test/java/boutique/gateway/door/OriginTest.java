package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An origin")
class OriginTest {

  @ParameterizedTest
  @DisplayName("is written in one way only")
  @CsvSource({
    "https://shop.example.com, https://shop.example.com",
    "https://shop.example.com/, https://shop.example.com",
    "HTTPS://Shop.Example.com:443, https://shop.example.com",
    "http://localhost:80, http://localhost",
    "http://localhost:8080, http://localhost:8080",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void oneWay(String written, String text) {
    assertThat(Origin.of(written)).hasValue(new Origin(text));
  }

  @ParameterizedTest
  @DisplayName("is a web address with nothing behind it")
  @ValueSource(
      strings = {
        "",
        "null",
        "shop.example.com",
        "ftp://shop.example.com",
        "https://",
        "https://shop.example.com/path",
        "https://shop.example.com?x",
        "https://me@shop.example.com",
        "https://shop example.com",
        "*"
      })
  void nothingElse(String written) {
    assertThat(Origin.of(written)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("that nobody else can have made is by an address, or a name of this machine")
  @ValueSource(strings = {"localhost", "shop.localhost", "127.0.0.1", "[::1]", "192.168.1.7"})
  void ours(String host) {
    assertThat(Names.isOwn(host) || Names.isAddress(host)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("by any other name may be anybody's")
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""})
  void anybodys(String host) {
    assertThat(Names.isOwn(host) || Names.isAddress(host)).isFalse();
  }
}
