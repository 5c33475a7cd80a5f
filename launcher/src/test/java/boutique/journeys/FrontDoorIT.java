package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("At the front door")
@Timeout(600)
class FrontDoorIT {
  private static final String PUBLIC = "https://shop.example.com";
  private static final String LISTED = "https://partner.example";
  private static final String EMAIL = "front.door@example.com";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What every answer says, with a part of what it says. */
  private static final List<List<String>> SHIELD =
      List.of(
          List.of("Content-Security-Policy", "object-src 'none'"),
          List.of("Content-Security-Policy", "base-uri 'none'"),
          List.of("Content-Security-Policy", "frame-ancestors 'none'"),
          List.of("Content-Security-Policy", "connect-src 'self' wss://shop.example.com;"),
          List.of("X-Content-Type-Options", "nosniff"),
          List.of("X-Frame-Options", "DENY"),
          List.of("Referrer-Policy", "same-origin"),
          List.of("Permissions-Policy", "camera=()"),
          List.of("Cross-Origin-Opener-Policy", "same-origin"),
          List.of("Cross-Origin-Resource-Policy", "same-origin"));

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper customer;

  @BeforeAll
  static void open() {
    shop =
        ShopProcess.open(
            data,
            Shopper.OPERATOR,
            "--http.publicUrl=" + PUBLIC,
            "--http.corsOrigins=" + LISTED + "/");
    customer = Shopper.signedUp(shop, EMAIL);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  static Stream<String> everyRoute() {
    return OpenApi.of(shop).operations().stream()
        .map(operation -> operation.method() + " " + operation.path().replaceAll("[{}]", ""));
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  @DisplayName("every route of the contract tells browsers to trust nothing but us")
  void routes(String route) {
    assertShielded(said(route, ""));
  }

  @ParameterizedTest
  @DisplayName("so does every page, every mistake, and what cannot even be parsed")
  @ValueSource(
      strings = {
        "GET /",
        "HEAD /",
        "GET /app.js",
        "GET /docs",
        "GET /docs/docs.js",
        "GET /openapi.yaml",
        "GET /openapi.json",
        "GET /asyncapi.yaml",
        "GET /health",
        "GET /health/live",
        "GET /eventbus/info",
        "GET /eventbus/nothing",
        "GET /vendor/inter@5.3.0/inter-latin-wght-normal.woff2",
        "GET /nowhere",
        "POST /nowhere",
        "PUT /",
        "GET /%zz",
        "GET /api/products?%zz",
        "BREW /coffee",
        "OPTIONS *",
        "CONNECT localhost:22",
        "GET nowhere"
      })
  void pages(String line) {
    assertShielded(said(line, ""));
  }

  @ParameterizedTest
  @DisplayName("so does the refusal of a head for no host, for two, or of another version")
  @ValueSource(
      strings = {
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"
      })
  void hosts(String head) {
    var heard = said(head);

    assertThat(heard.status()).isEqualTo(400);
    assertThat(heard.body()).contains("request.malformed");
    assertShielded(heard);
  }

  @Test
  @DisplayName("a line has at most 4 KiB and a head 8, and whoever sends more is told so")
  void heads() {
    var line = said("GET /" + "a".repeat(5_000), "");
    var head = said("GET /", "X-Much: " + "a".repeat(9_000) + "\r\n");

    assertThat(line.status()).isEqualTo(414);
    assertThat(head.status()).isEqualTo(431);
    assertThat(line.body()).contains("request.too-long");
    assertThat(head.body()).contains("headers.too-large");
    assertShielded(line);
    assertShielded(head);
  }

  @Test
  @DisplayName(
      "whoever comes over TLS is told to come so again, but not on a name of every machine")
  void transportSecurity() {
    var there = said("GET / HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n\r\n");
    var here = said("GET /", "");

    assertThat(there.header("Strict-Transport-Security")).contains("max-age=31536000");
    assertThat(here.header("Strict-Transport-Security")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("what is for those who work on the pages is not served")
  @ValueSource(
      strings = {
        "/tests/lib.test.js",
        "/tests/",
        "/tests",
        "/package.json",
        "/%74ests/lib.test.js",
        "/./package.json",
        "//package.json",
        "/lib/../package.json",
        "/.prettierrc",
        "/nothing.js",
        "/app.js/nothing.js",
        "/lib/",
        "/..%2fpom.json",
        "/%2e%2e/conf/boutique.json",
        "/app.js%00"
      })
  void notServed(String path) {
    var answer = said("GET " + path, "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
  }

  @Test
  @DisplayName("a name that no file can have is not found like any other")
  void unnamable() {
    assertThat(said("GET /" + "a".repeat(300) + ".js", "").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("the contract is told as YAML, as JSON and as a page")
  void contract() {
    assertThat(customer.get("/openapi.json").json(200)).isEqualTo(OpenApi.of(shop).document());
    assertThat(customer.get("/docs").type()).startsWith("text/html");
    assertThat(customer.get("/docs/docs.js").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @DisplayName("a page may act for its visitor if it is ours or listed, and for no other reason")
  @CsvSource(
      nullValues = "-",
      value = {
        "localhost:PORT, -, -, 204",
        "localhost:PORT, http://localhost:PORT, same-origin, 204",
        "127.0.0.1:PORT, http://127.0.0.1:PORT, same-origin, 204",
        "localhost:PORT, https://shop.example.com, same-origin, 204",
        "shop.example.com, https://shop.example.com, same-origin, 204",
        "localhost:PORT, https://partner.example, cross-site, 204",
        "localhost:PORT, https://partner.example:444, cross-site, 403",
        "localhost:PORT, http://partner.example, cross-site, 403",
        "localhost:PORT, https://evil.partner.example, cross-site, 403",
        "localhost:PORT, https://localhost:PORT, same-site, 403",
        "localhost:PORT, http://localhost:1, same-site, 403",
        "localhost:PORT, null, cross-site, 403",
        "localhost:PORT, -, cross-site, 403",
        "localhost:PORT, -, same-site, 403",
        "localhost:PORT, http://127.0.0.1:PORT, -, 403",
        "evil.example:PORT, http://evil.example:PORT, same-origin, 403",
        "localhost.evil.example, http://localhost.evil.example, same-origin, 403"
      })
  void origins(String host, String origin, String site, int status) {
    var heads =
        (origin == null ? "" : "Origin: " + ported(origin) + "\r\n")
            + (site == null ? "" : "Sec-Fetch-Site: " + site + "\r\n");

    var answer = said(signOut(ported(host), heads + "X-Boutique: 1\r\n"));

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.body()).contains("origin.foreign");
    }
  }

  @ParameterizedTest
  @DisplayName("what a form can send changes nothing, and what a browser sends has to be meant")
  @CsvSource(
      nullValues = "-",
      value = {
        "application/x-www-form-urlencoded, -, 415",
        "text/plain, -, 415",
        "TEXT/PLAIN;charset=utf-8, -, 415",
        "text/plain, X-Boutique: 1, 415",
        "-, -, 403",
        "-, X-Boutique: 1, 204",
        "-, Authorization: Bearer nonsense, 204",
        "application/json, -, 204"
      })
  void meant(String type, String more, int status) {
    var heads =
        "Origin: "
            + ported("http://localhost:PORT")
            + "\r\n"
            + (type == null ? "" : "Content-Type: " + type + "\r\n")
            + (more == null ? "" : more + "\r\n");

    var answer = said(signOut(ported("localhost:PORT"), heads));

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  @Test
  @DisplayName("a form that opens an account opens none")
  void noEffect() {
    var form =
        customer
            .to("/api/users/signup")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(Shopper.credentials("form@example.com").toString()));

    customer.send(form).problem(415, "body.not-json");

    Shopper.stranger(shop)
        .post("/api/users/signin", Shopper.credentials("form@example.com"))
        .problem(401, "credentials.wrong");
  }

  @Test
  @DisplayName("listed pages may read the answers, all others may not")
  void cors() {
    var ask = "Access-Control-Request-Method: DELETE\r\nOrigin: ";
    var preflight = said("OPTIONS /api/orders/o-1", ask + LISTED + "\r\n");
    var foreign = said("OPTIONS /api/orders/o-1", ask + "https://evil.example\r\n");
    var read = said("GET /api/products", "Origin: " + LISTED + "\r\n");
    var foreignRead = said("GET /api/products", "Origin: https://evil.example\r\n");
    var info = said("GET /eventbus/info", "Origin: " + ported("http://localhost:PORT") + "\r\n");

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
    assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains("DELETE");
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Idempotency-Key");
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
    assertThat(read.header("Vary")).containsIgnoringCase("origin");
    for (var closed : List.of(foreign, foreignRead, info)) {
      assertThat(closed.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(closed.header("Access-Control-Allow-Credentials")).isEmpty();
    }
  }

  @Test
  @DisplayName("JSON that is deeper than anything of ours is refused before anybody follows it")
  void deep() {
    var request =
        customer
            .to("/api/orders")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("[".repeat(60_000)));

    customer.send(request).problem(400, "body.too-deep");
  }

  @ParameterizedTest
  @DisplayName("large answers are compressed for who can read that, and nothing else is")
  @CsvSource({
    "/, gzip",
    "/app.js, gzip",
    "/app.css, gzip",
    "/docs, gzip",
    "/docs/docs.js, gzip",
    "/vendor/sockjs-client@1.6.1/sockjs.min.js, gzip",
    "/openapi.yaml, gzip",
    "/openapi.json, gzip",
    "/asyncapi.yaml, gzip",
    "/health/live, ''",
    "/vendor/inter@5.3.0/inter-latin-wght-normal.woff2, ''"
  })
  void compression(String path, String encoding) {
    var compressed = said("GET " + path, "Accept-Encoding: br, gzip\r\n");
    var plain = said("GET " + path, "");
    var refused = said("GET " + path, "Accept-Encoding: gzip;q=0\r\n");

    assertThat(compressed.header("Content-Encoding")).isEqualTo(encoding);
    assertThat(compressed.header("Vary")).contains("Accept-Encoding");
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.header("Vary")).contains("Accept-Encoding");
    assertThat(refused.header("Content-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("a text is the same however it is told, is not told again, and its head says all")
  @ValueSource(strings = {"/", "/app.js", "/docs", "/openapi.yaml", "/asyncapi.yaml"})
  void texts(String path) throws IOException {
    var gzip = "Accept-Encoding: gzip\r\n";
    var plain = said("GET " + path, "");
    var compressed = said("GET " + path, gzip);
    var head = said("HEAD " + path, gzip);
    var part = said("GET " + path, gzip + "Range: bytes=5-9\r\n");

    assertThat(unzipped(compressed)).isEqualTo(plain.body());
    assertThat(compressed.header("ETag")).isNotEmpty().isNotEqualTo(plain.header("ETag"));
    for (var answer : List.of(plain, compressed)) {
      var known = said("GET " + path, gzip + "If-None-Match: " + answer.header("ETag") + "\r\n");
      assertThat(known.status()).isEqualTo(304);
      assertThat(known.body()).isEmpty();
      assertThat(known.header("ETag")).isEqualTo(compressed.header("ETag"));
    }
    for (var header : List.of("ETag", "Content-Encoding", "Content-Length", "Content-Type")) {
      assertThat(head.header(header)).as(header).isEqualTo(compressed.header(header));
    }
    assertThat(head.body()).isEmpty();
    assertThat(part.status()).isEqualTo(200);
    assertThat(unzipped(part)).isEqualTo(plain.body());
  }

  @Test
  @DisplayName("a page says since when it is so, and is not told again to who was told then")
  void since() {
    var page = said("GET /app.js", "");
    var since = "If-Modified-Since: " + page.header("Last-Modified") + "\r\n";

    assertThat(page.header("Last-Modified")).endsWith(" GMT");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(said("GET /app.js", since).status()).isEqualTo(304);
    assertThat(said("GET /app.js", since + "If-None-Match: \"other\"\r\n").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("what is no text comes in parts to who asks for them, and for a year if vendored")
  void parts() {
    var font = "/vendor/inter@5.3.0/inter-latin-wght-normal.woff2";
    var part = said("GET " + font, "Range: bytes=0-9\r\nAccept-Encoding: gzip\r\n");
    var missing = said("GET /vendor/nothing.js", "");

    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Encoding")).isEmpty();
    assertThat(part.header("Content-Length")).isEqualTo("10");
    assertThat(part.header("Cache-Control")).contains("max-age=31536000");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Cache-Control")).doesNotContain("max-age");
  }

  @Test
  @DisplayName("no page of others can have the length of somebody's answer measured")
  void measured() {
    for (var i = 0; i < 10; i++) {
      customer.offers("A lamp with a long name, of which there are some " + i, "12.50", 5);
    }
    var mine = "Accept-Encoding: gzip\r\nCookie: " + customer.cookies() + "\r\n";
    var site = "Sec-Fetch-Site: ";

    for (var ours : List.of("", site + "same-origin\r\n", site + "none\r\n")) {
      var answer = said("GET /api/products", mine + ours);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Encoding")).as(ours).isEqualTo("gzip");
    }
    for (var foreign : List.of("cross-site", "same-site", "anything")) {
      var answer = said("GET /api/products", mine + site + foreign + "\r\n");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Encoding")).as(foreign).isEmpty();
    }
  }

  @Test
  @DisplayName("what strangers write is never compressed together with what is secret: kept mail")
  void mail() {
    var operator = Shopper.operator(shop);
    for (var i = 0; i < 5; i++) {
      customer.post("/api/users/password-reset", JSON.valueToTree(Map.of("email", EMAIL)));
    }
    Patience.await()
        .until(() -> operator.get("/api/ops/mailbox").response().body().length() > 2_000);
    var asked = "Accept-Encoding: gzip\r\nCookie: " + operator.cookies() + "\r\n";

    var answer = said("GET /api/ops/mailbox", asked);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Encoding")).isEmpty();
  }

  private static String unzipped(Wire.Heard answer) throws IOException {
    var text = answer.text();
    var body = text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
    try (var unzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(unzip.readAllBytes(), UTF_8);
    }
  }

  private static void assertShielded(Wire.Heard answer) {
    assertThat(answer.status()).as(answer.text()).isGreaterThanOrEqualTo(200);
    for (var header : SHIELD) {
      assertThat(answer.header(header.getFirst()))
          .as("%s of %s", header.getFirst(), answer.text())
          .contains(header.getLast());
    }
    assertThat(answer.header("Content-Security-Policy"))
        .doesNotContain("unsafe")
        .doesNotContain("*");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("X-Powered-By")).isEmpty();
  }

  /** The customer's cookie is worth nothing here: whether it may be used is asked before. */
  private static String signOut(String host, String heads) {
    return "POST /api/users/signout HTTP/1.1\r\nHost: "
        + host
        + "\r\nCookie: session=x\r\n"
        + heads
        + "Content-Length: 0\r\nConnection: close\r\n\r\n";
  }

  private static Wire.Heard said(String line, String heads) {
    return said(
        line
            + " HTTP/1.1\r\nHost: "
            + ported("localhost:PORT")
            + "\r\n"
            + heads
            + "Content-Length: 0\r\nConnection: close\r\n\r\n");
  }

  private static Wire.Heard said(String request) {
    return new Wire(shop.base()).sayAndWait(request.getBytes(ISO_8859_1), PATIENCE);
  }

  private static String ported(String text) {
    return text.replace("PORT", "" + shop.base().getPort());
  }
}
