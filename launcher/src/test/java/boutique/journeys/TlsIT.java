package boutique.journeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("With a certificate the shop is reached over TLS:")
@Timeout(300)
class TlsIT {
  private static final int ALERT = 0x15;
  private static final int HANDSHAKE = 0x16;

  @TempDir static Path data;
  private static final Vertx VERTX = Vertx.vertx();
  private static SelfSigned identity;
  private static ShopProcess shop;

  private record Heard(HttpVersion version, int status, MultiMap headers, String body) {}

  @BeforeAll
  static void open() throws IOException {
    identity = SelfSigned.in(data, "shop", "EC");
    shop = ShopProcess.open(data.resolve("data"), identity.flags(Shopper.OPERATOR));
  }

  @AfterAll
  static void close() {
    shop.close();
    VERTX.close().await();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  @DisplayName("in either version of HTTP, browsers are told to keep to it, and their cookies are")
  void versions(HttpVersion version) {
    var page = ask(version, get(SelfSigned.NAME, "/"), "");
    var signedUp = ask(version, post(SelfSigned.NAME, "/api/users/signup"), account("" + version));

    assertThat(page.version()).isEqualTo(version);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("<title>");
    assertThat(signedUp.status()).as(signedUp.body()).isEqualTo(201);
    for (var heard : List.of(page, signedUp)) {
      assertThat(heard.headers().get("Strict-Transport-Security"))
          .isEqualTo("max-age=31536000; includeSubDomains");
    }
    assertThat(signedUp.headers().getAll("Set-Cookie"))
        .hasSize(2)
        .allSatisfy(cookie -> assertThat(cookie).contains("; Secure", "; HTTPOnly", "; SameSite="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\n b: c", "a\n\tb"})
  @DisplayName(
      "an address or a header of two lines, which the newer version of HTTP does not know, is refused")
  void brokenHeader(String value) {
    var page = get("localhost", "/");
    page.setHeaders(MultiMap.caseInsensitiveMultiMap().add("X-Odd", value));

    for (var asked : List.of(page, get("localhost", "/api/" + value))) {
      var heard = ask(HttpVersion.HTTP_2, asked, "");

      assertThat(heard.status()).isEqualTo(400);
      assertThat(heard.body()).contains("request.malformed");
    }
  }

  @Test
  @DisplayName("a name of every machine is not bound to it, but its cookies are")
  void ownName() {
    var heard = ask(HttpVersion.HTTP_2, post("localhost", "/api/users/signup"), account("local"));

    assertThat(heard.status()).as(heard.body()).isEqualTo(201);
    assertThat(heard.headers().contains("Strict-Transport-Security")).isFalse();
    assertThat(heard.headers().getAll("Set-Cookie"))
        .hasSize(2)
        .allMatch(cookie -> cookie.contains("; Secure"));
  }

  @Test
  @DisplayName("links in mails lead there, too")
  void links() {
    ask(HttpVersion.HTTP_2, post("localhost", "/api/users/signup"), account("forgetful"));
    ask(
        HttpVersion.HTTP_2,
        post("localhost", "/api/users/password-reset"),
        "{\"email\":\"forgetful@example.com\"}");
    var operator = "{\"email\":\"operator@boutique.example\",\"password\":\"battery staple\"}";
    var signedIn = ask(HttpVersion.HTTP_2, post("localhost", "/api/users/signin"), operator);
    var cookies =
        signedIn.headers().getAll("Set-Cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .collect(joining("; "));

    Patience.await()
        .untilAsserted(() -> {
          var mailbox = get("localhost", "/api/ops/mailbox").putHeader("Cookie", cookies);
          assertThat(ask(HttpVersion.HTTP_2, mailbox, "").body())
              .contains(shop.base() + "/#/reset=");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0301", "0302"})
  @DisplayName("what TLS was before 1.2 is refused")
  void old(String version) throws IOException {
    assertThat(answerTo(version)).isEqualTo(ALERT);
    assertThat(answerTo("0303")).as("the same in TLS 1.2").isEqualTo(HANDSHAKE);
  }

  @Test
  @DisplayName("who speaks plainly hears nothing of what is inside")
  void plain() {
    var request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);

    var heard = new Wire(shop.base()).say(request, Patience.LONG);

    assertThat(heard.over()).isTrue();
    assertThat(heard.status()).isNotEqualTo(200);
    assertThat(heard.body()).isEmpty();
  }

  private static String account(String name) {
    return "{\"email\":\"%s@example.com\",\"password\":\"correct horse\"}".formatted(name);
  }

  private static RequestOptions get(String name, String path) {
    return to(name).setMethod(HttpMethod.GET).setURI(path);
  }

  private static RequestOptions post(String name, String path) {
    return to(name)
        .setMethod(HttpMethod.POST)
        .setURI(path)
        .putHeader("Content-Type", "application/json");
  }

  /** The shop under a name that need not lead to it. */
  private static RequestOptions to(String name) {
    return new RequestOptions()
        .setServer(SocketAddress.inetSocketAddress(shop.base().getPort(), "localhost"))
        .setHost(name)
        .setPort(443);
  }

  private static Heard ask(HttpVersion version, RequestOptions request, String body) {
    var trust = new PemTrustOptions().addCertPath(identity.certificate().toString());
    HttpClient client =
        VERTX.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(version)
                .setTrustOptions(trust));
    // On the client's own thread: a body that arrives before somebody asks for it is gone.
    return Future.<Heard>future(promise ->
            VERTX.runOnContext(_ ->
                client
                    .request(request)
                    .compose(asked -> asked.send(Buffer.buffer(body)))
                    .compose(answer -> answer.body().map(heard -> heard(answer, heard)))
                    .onComplete(promise)))
        .eventually(client::close)
        .await();
  }

  private static Heard heard(HttpClientResponse answer, Buffer body) {
    return new Heard(answer.version(), answer.statusCode(), answer.headers(), body.toString());
  }

  /** The kind of the first record that comes back to a greeting in some version of TLS. */
  private static int answerTo(String version) throws IOException {
    var suites = "c02bc02fc009c013002f";
    var curves = "000a0006000400170018";
    var points = "000b00020100";
    var signatures = "000d0008000604030804" + "0401";
    var hello =
        version
            + "00".repeat(32)
            + "00"
            + sized(suites, 2)
            + "0100"
            + sized(curves + points + signatures, 2);
    var record = "160301" + sized("01" + sized(hello, 3), 2);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.base().getPort())) {
      socket.setSoTimeout((int) Patience.LONG.toMillis());
      socket.getOutputStream().write(HexFormat.of().parseHex(record));
      return socket.getInputStream().read();
    }
  }

  /** Behind its length, in so many bytes. */
  private static String sized(String hex, int bytes) {
    return HexFormat.of().toHexDigits(hex.length() / 2, 2 * bytes) + hex;
  }
}
