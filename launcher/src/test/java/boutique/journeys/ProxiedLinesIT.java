package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Of the lines of open pages, each address may have so many:")
@Timeout(300)
class ProxiedLinesIT {
  private static final String CAP = "--sockets.perAddress=2";
  private static final String FORWARDED = "X-Forwarded-For";

  @TempDir static Path data;
  private static ShopProcess shop;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, CAP, "--http.trustedProxies=127.0.0.0/8,::1");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("behind a proxy of ours the visitor's own, and not the proxy's")
  void visitors() {
    try (var first = from("192.0.2.1").understood();
        var second = from("192.0.2.1").understood();
        var neighbour = from("192.0.2.2").understood();
        var third = from("192.0.2.1")) {
      await().until(third::over);

      assertThat(List.of(first, second, neighbour)).noneMatch(BrowserSocket::over);
    }
  }

  @Test
  @DisplayName("one that was closed makes room for another")
  void givenBack() {
    try (var first = from("192.0.2.11").understood()) {
      from("192.0.2.11").understood().close();

      await().until(() -> isLetIn("192.0.2.11"));

      assertThat(first.over()).isFalse();
    }
  }

  @ParameterizedTest
  @DisplayName("whatever the visitor says of the way that they came")
  @CsvSource(
      delimiter = '|',
      value = {
        "10.9.8.7, 192.0.2.21       | 192.0.2.21",
        "192.0.2.22, 127.0.0.1      | 192.0.2.22",
        "nonsense, 192.0.2.23       | 192.0.2.23",
        "2001:db8:0:7::1            | 2001:db8:0:7:ffff::2"
      })
  void invented(String said, String address) {
    try (var first = from(address).understood();
        var second = from(said).understood();
        var third = from(said)) {
      await().until(third::over);

      assertThat(List.of(first, second)).noneMatch(BrowserSocket::over);
    }
  }

  @Test
  @DisplayName("and where no proxy is ours, the address from which they really come")
  void untrusted(@TempDir Path fresh) {
    try (var bare = ShopProcess.open(fresh, CAP);
        var first = new BrowserSocket(bare.base(), FORWARDED, "192.0.2.31").understood();
        var second = new BrowserSocket(bare.base(), FORWARDED, "192.0.2.32").understood();
        var third = new BrowserSocket(bare.base(), FORWARDED, "192.0.2.33")) {
      await().until(third::over);

      assertThat(List.of(first, second)).noneMatch(BrowserSocket::over);
    }
  }

  /** Tries it with one line more, which is closed again. */
  private static boolean isLetIn(String address) {
    try (var line = from(address)) {
      line.send("{\"type\":\"nonsense\"}");
      await().until(() -> line.over() || !line.errors().isEmpty());
      return !line.over();
    }
  }

  private static BrowserSocket from(String forwarded) {
    return new BrowserSocket(shop.base(), FORWARDED, forwarded);
  }

  private static ConditionFactory await() {
    return Patience.await();
  }
}
