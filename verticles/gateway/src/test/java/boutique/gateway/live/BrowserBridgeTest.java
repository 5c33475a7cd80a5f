package boutique.gateway.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import boutique.gateway.door.Addresses;
import boutique.gateway.door.FrontDoor;
import boutique.gateway.door.Guard;
import boutique.gateway.problems.Problems;
import boutique.gateway.sessions.AccessTokens;
import boutique.gateway.sessions.GuestCarts;
import boutique.gateway.sessions.Secret;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.SessionCookies;
import boutique.gateway.sessions.Sessions;
import boutique.gateway.sessions.SigningKeys;
import boutique.kernel.Bus;
import boutique.language.Live;
import boutique.language.Revoked;
import boutique.language.codec.RecordCodec;
import boutique.language.sessions.SessionId;
import boutique.language.users.EmailHash;
import boutique.language.users.Role;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The line to open pages")
@Timeout(120)
class BrowserBridgeTest {
  private static final SigningKeys KEYS =
      new SigningKeys(new Secret("the key of this shop, and of no other".getBytes(UTF_8)), null);
  private static final SocketCaps CAPS = new SocketCaps(300, 4, 250);
  private static final String RAW = "/eventbus/websocket";

  private final Registrations registrations = new Registrations();
  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setMetricsOptions(new MetricsOptions().setEnabled(true)))
          .withMetrics(registrations)
          .build();
  private static final FrontDoor DOOR =
      new FrontDoor(
          0,
          Path.of("webroot"),
          Optional.empty(),
          Set.of(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  private final InstantSource clock = InstantSource.system();
  private final AccessTokens tokens = new AccessTokens(vertx, KEYS, Duration.ofMinutes(15), clock);
  private final WebSocketClient client =
      vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(1_000));
  private final AtomicReference<HttpServer> server = new AtomicReference<>();
  private final Lobby lobby = new Lobby(Duration.ofMinutes(15), CAPS, new NothingKept(), clock);

  /** Only what the bridge needs of a gateway. */
  private final class Gateway extends VerticleBase {
    @Override
    public Future<?> start() {
      var sessions =
          new Sessions(
              new SessionCookies(false),
              new AccessTokens(vertx, KEYS, Duration.ofMinutes(15), clock),
              lobby.revocations(),
              clock);
      var bridge =
          new BrowserBridge(vertx, new Bus(vertx), sessions, lobby, new Addresses(List.of()));
      var router = Router.router(vertx);
      router.route().failureHandler(Problems::answer);
      var guard = new SocketGuard(new Guard(DOOR));
      router.route("/eventbus/*").handler(guard::check).handler(sessions::read);
      router.route("/eventbus/*").handler(new GuestCarts(false)::enter);
      router.route("/eventbus/*").subRouter(bridge.router());
      return bridge
          .open()
          .compose(_ -> vertx.createHttpServer().requestHandler(router).listen(0, "localhost"))
          .onSuccess(server::set);
    }
  }

  @BeforeEach
  void open() {
    RecordCodec.register(vertx.eventBus());
    vertx.deployVerticle(lobby).await();
    vertx.deployVerticle(new Gateway()).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName("listens to the bus as often with two hundred sockets as with none")
  void registrations() {
    var before = registrations.count();

    var lines = new ArrayList<Line>();
    for (var i = 0; i < 200; i++) {
      lines.add(line(RAW, anna("user-" + i, "session")).register("orders.me").register("stock"));
    }
    tell(new Live(null, "stock", "{}"));
    await().untilAsserted(() -> assertThat(lines).allMatch(line -> line.news().size() == 1));

    assertThat(lobby.sockets().count()).isEqualTo(200);
    assertThat(registrations.count()).isEqualTo(before).isPositive();
  }

  @Test
  @DisplayName("tells of a thing in demand at once, and then now and then what is so by then")
  void inDemand() {
    var line = line(RAW, anna("anna", "phone")).register("stock");

    for (var left = 2_000; left > 0; left--) {
      tell(new Live(null, "vase", "stock", "{\"n\":" + left + "}"));
      if (left == 1_000) {
        tell(new Live(null, "lamp", "stock", "{\"lamp\":1}"));
      }
    }

    await().until(() -> line.news().stream().anyMatch(frame -> frame.contains("{\"n\":1}")));
    assertThat(line.news()).hasSizeLessThan(200);
    assertThat(line.news().getFirst()).contains("{\"n\":2000}");
    assertThat(line.news().getLast()).contains("{\"n\":1}");
    assertThat(line.news()).anyMatch(frame -> frame.contains("lamp"));
  }

  @Test
  @DisplayName("tells with the last of many news what must not be lost of the others, and all once")
  void trail() {
    var line = line(RAW, anna("anna", "phone")).register("sale");

    for (var ticket = 1L; ticket <= 500; ticket++) {
      tell(new Live(null, "vase", "sale", "{\"n\":" + ticket + "}", List.of(ticket)));
    }

    await().until(() -> line.news().stream().anyMatch(frame -> frame.contains("{\"n\":500,")));
    assertThat(line.news()).hasSizeLessThan(200);
    assertThat(line.news().stream().flatMap(BrowserBridgeTest::trailOf))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
  }

  private static Stream<Long> trailOf(String frame) {
    return new JsonObject(frame)
        .getJsonObject("body").getJsonArray("trail").stream()
            .map(number -> ((Number) number).longValue());
  }

  @Test
  @DisplayName("is cut when its session is over, and says so first; the user's other lines go on")
  void sessionOver() {
    var phone = line(RAW, anna("anna", "phone"));
    var laptop = line(RAW, anna("anna", "laptop")).register("orders.me");
    var ben = line(RAW, anna("ben", "tablet"));

    lobby.revocations().add(new Revoked("anna", "phone", 0));

    assertThat(phone.over).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(4401);
    assertThat(phone.frames).containsExactly("{\"type\":\"err\",\"body\":\"session_over\"}");
    tell(new Live("anna", "orders.me", "{\"n\":1}"));
    await().until(() -> laptop.news().size() == 1);
    assertThat(laptop.over).isNotDone();
    assertThat(ben.over).isNotDone();
  }

  @Test
  @DisplayName("is cut on this node when another one says so")
  void revokedElsewhere() {
    var phone = line(RAW, anna("anna", "phone"));

    new Bus(vertx).tell(new Revoked("anna", "phone", 0));

    assertThat(phone.over).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(4401);
  }

  @Test
  @DisplayName("is cut for all of an account's earlier epochs at once")
  void epochOver() {
    var phone = line(RAW, anna("anna", "phone"));
    var laptop = line(RAW, anna("anna", "laptop"));

    lobby.revocations().add(new Revoked("anna", null, 4));

    assertThat(phone.over).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(4401);
    assertThat(laptop.over).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(4401);
    await().until(() -> lobby.sockets().count() == 0);
  }

  @Test
  @DisplayName("says why it is cut to pages that speak SockJS, which has no codes")
  void sockJs() {
    var page = line("/eventbus/000/abcdefgh/websocket", anna("anna", "phone"));
    await().until(() -> page.frames.equals(List.of("o")));

    lobby.revocations().add(new Revoked("anna", "phone", 0));

    assertThat(page.over).succeedsWithin(Duration.ofSeconds(20));
    assertThat(page.frames)
        .startsWith("o", "a[\"{\\\"type\\\":\\\"err\\\",\\\"body\\\":\\\"session_over\\\"}\"]");
  }

  @Test
  @DisplayName("is cut when the token is over with which it was opened")
  void expires() {
    var soon = anna("anna", "phone", clock.instant().plusSeconds(2).getEpochSecond());

    assertThat(line(RAW, soon).over).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(4401);
  }

  @Test
  @DisplayName("with a token that was revoked is a stranger's")
  void alreadyRevoked() {
    lobby.revocations().add(new Revoked("anna", "phone", 0));

    var line = line(RAW, anna("anna", "phone")).register("orders.me");

    assertThat(line.frames).startsWith("{\"type\":\"err\",\"body\":\"not_logged_in\"}");
  }

  @Test
  @DisplayName(
      "is had by one user four times, by one address and by all no more often than is good")
  void caps() {
    for (var i = 0; i < 4; i++) {
      line(RAW, anna("anna", "phone"));
    }
    assertThat(line(RAW, anna("anna", "laptop")).over)
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo(1013);
    for (var i = 0; i < 246; i++) {
      line(RAW, null);
    }
    await().until(() -> lobby.sockets().count() == 250);

    assertThat(line(RAW, null).over).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(1013);
    assertThat(lobby.sockets().count()).isEqualTo(250);
  }

  @Test
  @DisplayName("that was closed makes room for another")
  void makesRoom() {
    for (var i = 0; i < 12; i++) {
      var line = line(RAW, anna("anna", "phone"));
      line.close();
      await().until(() -> lobby.sockets().count() == 0);
    }
  }

  @Test
  @DisplayName("to somebody who never reads is let go, and costs no more memory than it may")
  void slow() {
    var reader = line(RAW, null).register("stock");
    var stuck = neverReading();
    await().until(() -> lobby.sockets().count() == 2);
    var news = new Live(null, "stock", "\"" + "x".repeat(60_000) + "\"");

    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          tell(news);
          return lobby.sockets().count() == 1;
        });

    assertThat(reader.over).isNotDone();
    assertThat(reader.news()).isNotEmpty();
    stuck.close();
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = true,
      nullValues = "-",
      value = {
        "own,                  same-origin, websocket, 101",
        "own,                  -,           -,         101",
        "-,                    -,           -,         101",
        "-,                    same-origin, websocket, 403",
        "-,                    -,           websocket, 403",
        "own,                  same-site,   websocket, 403",
        "own,                  cross-site,  websocket, 403",
        "own,                  none,        websocket, 403",
        "https://evil.example, -,           -,         403",
        "https://evil.example, same-origin, websocket, 403",
        "null,                 -,           -,         403",
        "'',                   -,           -,         403",
        "http://localhost,     -,           -,         403",
        "http://localhost.evil.example, -,  -,         403",
      })
  @DisplayName("is for pages of our own origin, and for programs that are no browsers")
  void origins(@Nullable String origin, @Nullable String site, @Nullable String mode, int status) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    add(headers, "Origin", "own".equals(origin) ? "http://localhost:" + port() : origin);
    add(headers, "Sec-Fetch-Site", site);
    add(headers, "Sec-Fetch-Mode", mode);

    for (var path : List.of(RAW, "/eventbus/000/abcdefgh/websocket")) {
      if (status == 101) {
        connect(path, headers);
      } else {
        assertThatThrownBy(() -> connect(path, headers))
            .isInstanceOfSatisfying(
                UpgradeRejectedException.class,
                refused -> assertThat(refused.getStatus()).isEqualTo(status));
      }
    }
  }

  private static void add(MultiMap headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value);
    }
  }

  private Line line(String path, @Nullable Session session) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    if (session != null) {
      headers.add("Cookie", "session=" + tokens.sign(session));
    }
    return connect(path, headers);
  }

  private Line connect(String path, MultiMap headers) {
    var line = new CompletableFuture<Line>();
    client
        .connect(
            new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(port())
                .setURI(path)
                .setHeaders(headers)
                .setAllowOriginHeader(headers.contains("Origin")))
        .onSuccess(socket -> line.complete(new Line(socket)))
        .onFailure(line::completeExceptionally);
    return Future.fromCompletionStage(line).await();
  }

  private NetSocket neverReading() {
    var socket = vertx.createNetClient().connect(port(), "localhost").await();
    var open = new CompletableFuture<Buffer>();
    socket.handler(open::complete);
    socket.write(
        """
        GET %s HTTP/1.1\r
        Host: localhost:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(RAW, port()));
    assertThat(open).succeedsWithin(Duration.ofSeconds(20)).asString().startsWith("HTTP/1.1 101");
    socket.pause();
    return registered(socket);
  }

  /** One text frame, masked with nothing. */
  private static NetSocket registered(NetSocket socket) {
    var frame = "{\"type\":\"register\",\"address\":\"stock\"}".getBytes(UTF_8);
    socket
        .write(
            Buffer.buffer()
                .appendByte((byte) 0x81)
                .appendByte((byte) (0x80 | frame.length))
                .appendInt(0)
                .appendBytes(frame))
        .await();
    return socket;
  }

  private void tell(Live news) {
    new Bus(vertx).tell(news);
  }

  private int port() {
    return Objects.requireNonNull(server.get()).actualPort();
  }

  private Session anna(String user, String session) {
    return anna(user, session, tokens.expiry());
  }

  private static Session anna(String user, String session, long expiry) {
    return new Session(
        new UserId(user),
        new EmailHash("a1b2"),
        new SessionId(session),
        3,
        Set.of(Role.CUSTOMER),
        expiry);
  }
}
