package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedInvocationConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client library would send, byte by byte. */
@DisplayName("Bytes that are not quite HTTP")
@Timeout(300)
class SmugglingIT {
  private static final Duration QUIET = Duration.ofMillis(700);
  private static final String BODY = "{\"email\":\"a@example.com\",\"password\":\"correct horse\"}";
  private static final String HIDDEN = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir static Path data;
  private static ShopProcess shop;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Unlimited.FLAGS);
  }

  @AfterAll
  static void close() {
    try (var _ = shop) {
      assertThat(shop.program().err())
          .as("what the shop complains of")
          .noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
    }
  }

  @AfterEach
  void goesOn() {
    assertThat(Shopper.stranger(shop).get("/health/live").status()).isEqualTo(200);
  }

  static Stream<String> ambiguous() {
    var length = "Content-Length: " + BODY.length() + "\r\n";
    return Stream.of(
        post("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + HIDDEN),
        post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + HIDDEN),
        post("Content-Length: 3\r\nContent-Length: 0\r\n", "abc" + HIDDEN),
        post("Content-Length: 0\r\nContent-Length: 51\r\n", HIDDEN),
        post("Content-Length: 0, 51\r\n", HIDDEN),
        post("Content-Length: +0\r\n", HIDDEN),
        post("Content-Length: -1\r\n", HIDDEN),
        post("Content-Length: 0x0\r\n", HIDDEN),
        post("Content-Length : 51\r\n", HIDDEN),
        post("Content-Length: 99999999999999999999\r\n", HIDDEN),
        post("Transfer-Encoding: identity, chunked, x\r\n", "0\r\n\r\n" + HIDDEN),
        post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + HIDDEN),
        post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + HIDDEN),
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n" + HIDDEN),
        post("Transfer-Encoding: chunked\r\n", "zz\r\n\r\n" + HIDDEN),
        post("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n" + HIDDEN),
        post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n" + HIDDEN),
        post("Transfer-Encoding: chunked\r\n", "1\r\nabc" + HIDDEN),
        post("Transfer-Encoding: chunked\r\n", "0\nX: y\n\n" + HIDDEN),
        post("X: a\0b\r\n" + length, BODY + HIDDEN),
        post("X\0: b\r\n" + length, BODY + HIDDEN),
        post("X: a\r\n folded\r\n" + length, BODY + HIDDEN),
        post(" X: a\r\n" + length, BODY + HIDDEN),
        post("X y: a\r\n" + length, BODY + HIDDEN),
        post(": a\r\n" + length, BODY + HIDDEN),
        post("X: a\rY: b\r\n" + length, BODY + HIDDEN),
        post("Host: evil.example\r\n" + length, BODY + HIDDEN),
        post("X: y\n" + length, BODY + HIDDEN).replace("\r\n", "\n"),
        "GET /health/live HTTP/1.1\r\n\r\n" + HIDDEN,
        "GET http://evil.example/api/orders HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "GET  /health/live  HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "GET /health/live HTTP/1.1 x\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "GET /health/live HTTP/9.9\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "GET /health/live\r\n\r\n" + HIDDEN,
        "get /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "G\0T /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN,
        "\0\0\0\0" + HIDDEN,
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001" + HIDDEN);
  }

  @ParameterizedTest(name = ParameterizedInvocationConstants.INDEX_PLACEHOLDER)
  @MethodSource("ambiguous")
  @DisplayName("are refused, or read in one way; nothing fails and nothing is told of our inside")
  void readInOneWay(String bytes) {
    var heard = new Wire(shop.base()).sayAndWait(bytes.getBytes(ISO_8859_1), QUIET);

    assertThat(heard.text()).as("%s", bytes).doesNotContain("Exception", "\tat ");
    assertThat(heard.status()).as("%s", heard).isLessThan(500);
  }

  static Stream<String> twoLengths() {
    return ambiguous()
        .filter(bytes -> bytes.startsWith("POST") && bytes.contains("chunked"))
        .filter(bytes -> bytes.contains("Content-Length:"));
  }

  @ParameterizedTest(name = ParameterizedInvocationConstants.INDEX_PLACEHOLDER)
  @MethodSource("twoLengths")
  @DisplayName("that have two lengths are the last of their connection: nothing hides behind them")
  void nothingHidden(String bytes) {
    var heard = new Wire(shop.base()).sayAndWait(bytes.getBytes(ISO_8859_1), QUIET);

    assertThat(heard.answers()).as("%s", heard).isEqualTo(1);
    assertThat(heard.status()).as("%s", heard).isBetween(400, 499);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xchunked", "gzip", "gzip, chunked", "chunked\r\nTransfer-Encoding: x"})
  @DisplayName("that are coded in a way which nobody here knows are the last of their connection")
  void unknownCoding(String coding) {
    var bytes = post("Transfer-Encoding: " + coding + "\r\n", "0\r\n\r\n" + HIDDEN);

    var heard = new Wire(shop.base()).sayAndWait(bytes.getBytes(ISO_8859_1), QUIET);

    assertThat(heard.answers()).as("%s", heard).isEqualTo(1);
    assertThat(heard.status()).as("%s", heard).isEqualTo(400);
  }

  @Test
  @DisplayName("in heads without end are refused before they are all read")
  void endlessHeads() {
    for (var head :
        Stream.of(
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(40_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(9_000) + "\r\n")
            .toList()) {
      var heard = new Wire(shop.base()).say(head.getBytes(ISO_8859_1), Patience.LONG);

      assertThat(heard.status()).as("%s", heard).isBetween(400, 499);
    }
  }

  @Test
  @DisplayName("in a longer queue than can be remembered are the last of their connection")
  void longQueue() {
    var queue = HIDDEN.repeat(5_000);

    var heard = new Wire(shop.base()).say(queue.getBytes(ISO_8859_1), Patience.LONG);

    assertThat(heard.answers()).isLessThan(5_000);
    assertThat(shop.program().err()).isEmpty();
  }

  private static String post(String headers, String rest) {
    return "POST /api/users/signin HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n"
        + rest;
  }
}
