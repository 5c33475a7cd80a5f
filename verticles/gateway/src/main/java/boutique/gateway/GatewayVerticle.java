package boutique.gateway;

import boutique.kernel.Bus;
import boutique.kernel.mail.Mailbox;
import boutique.kernel.store.Views;
import boutique.kernel.views.ViewReader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Serves HTTP: the API by its contract, the live bridge, health, and the pages. */
public final class GatewayVerticle extends VerticleBase {
  private static final String YAML = "application/yaml";
  private static final long YEAR_SECONDS = 31_536_000;

  /** Any free port, the same for all instances. */
  private static final int ANY_PORT = -1;

  private static final long LARGEST_BODY = 64 << 10;
  private static final int LARGEST_FRAME = 8 << 10;
  private static final int IDLE_SECONDS = 75;
  private static final long DRAIN_SECONDS = 2;

  private final Settings settings;
  private final Contract contract;
  private final Lobby lobby;
  private final Views views;
  private final InstantSource clock;
  private final BooleanSupplier storing;
  private final IntConsumer listening;
  private @Nullable HttpServer server;
  private @Nullable BrowserBridge bridge;

  /**
   * Serves when it is deployed.
   *
   * @param storing whether what is accepted can be kept
   * @param listening told the port, which the system chooses when the one asked for is 0
   */
  public GatewayVerticle(
      Settings settings,
      Contract contract,
      Lobby lobby,
      Views views,
      InstantSource clock,
      BooleanSupplier storing,
      IntConsumer listening) {
    this.storing = storing;
    this.listening = listening;
    this.contract = contract;
    this.lobby = lobby;
    this.settings = settings;
    this.views = views;
    this.clock = clock;
  }

  /**
   * What it has to know.
   *
   * @param hostCookies whether cookies have the names that bind browsers to us
   * @param accessLife how long an access token is good
   * @param sessionKeys sign the tokens
   * @param emailKey tells e-mail addresses apart in the names of streams
   */
  public record Settings(
      int port,
      Path webroot,
      Duration paymentWindow,
      boolean hostCookies,
      Duration accessLife,
      SigningKeys sessionKeys,
      Secret emailKey) {}

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    var cookies = new SessionCookies(settings.hostCookies());
    var tokens = new AccessTokens(vertx, settings.sessionKeys(), settings.accessLife(), clock);
    var sessions = new Sessions(cookies, tokens, lobby.revocations(), clock);
    var key = settings.sessionKeys().current();
    var life = new SessionLife(bus, clock, cookies, tokens, key, lobby.revocations());
    var opening = new BrowserBridge(vertx, bus, sessions, lobby);
    bridge = opening;
    return opening
        .open()
        .compose(_ -> contract.requests())
        .map(requests -> router(requests, bus, sessions, life, opening))
        .compose(this::listen);
  }

  @Override
  public Future<?> stop() {
    if (bridge != null) {
      bridge.close();
    }
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
  }

  private Router router(
      OpenAPIContract requests,
      Bus bus,
      Sessions sessions,
      SessionLife life,
      BrowserBridge opened) {
    var router = Router.router(vertx);
    router.route().handler(Guard::headers).handler(Guard::query).failureHandler(Problems::answer);
    new Readiness(views, storing).mount(router);
    router.route().handler(Guard::origin);
    router.route("/api/*").handler(sessions::read);
    router.route("/eventbus/*").handler(SocketGuard::check).handler(sessions::read);
    router.route("/eventbus/*").subRouter(opened.router());
    document(router, "/openapi.yaml", contract.text());
    document(router, "/asyncapi.yaml", contract.events());
    router.route("/*").subRouter(api(requests, bus, life));
    router.get("/vendor/*").handler(pages("vendor").setMaxAgeSeconds(YEAR_SECONDS));
    router.get().handler(GatewayVerticle::askAgain).handler(pages(""));
    return router
        .errorHandler(400, Problems::answer)
        .errorHandler(404, Problems::answer)
        .errorHandler(405, Problems::answer);
  }

  private static void document(Router router, String path, Buffer text) {
    router.get(path).handler(ctx -> ctx.response().putHeader("Content-Type", YAML).end(text));
  }

  /** Vendored files carry their version in their path; everything else is asked for again. */
  private StaticHandler pages(String folder) {
    return StaticHandler.create(
            FileSystemAccess.ROOT, settings.webroot().resolve(folder).toString())
        .setIndexPage("index.html");
  }

  private static void askAgain(RoutingContext ctx) {
    ctx.addHeadersEndHandler(_ -> ctx.response().putHeader("Cache-Control", "no-cache"));
    ctx.next();
  }

  private Router api(OpenAPIContract requests, Bus bus, SessionLife life) {
    var routes = RouterBuilder.create(vertx, requests, RequestExtractor.withBodyHandler());
    routes.rootHandler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    Parameters.check(routes, vertx, requests);
    var emailKey = settings.emailKey().bytes();
    var orders = new ViewReader(views, "orders");
    var offers = new Offers(bus);
    var joining = new CartJoining(bus, clock, offers);
    new UsersApi(bus, clock, life, joining, emailKey).mount(routes);
    new SessionsApi(bus, clock, life).mount(routes);
    new PasswordResetApi(bus, clock, life, emailKey).mount(routes);
    new ProfileApi(bus, clock, life, orders).mount(routes);
    new AddressesApi(bus, clock).mount(routes);
    new OperatorsApi(bus, clock, life, new ViewReader(views, "users"), emailKey).mount(routes);
    new MailboxApi(new Mailbox(views, clock)).mount(routes);
    new ProductsApi(bus, clock, new ViewReader(views, "products")).mount(routes);
    new CartsApi(bus, clock, offers, joining).mount(routes);
    new OrdersApi(bus, clock, orders, settings.paymentWindow()).mount(routes);
    return routes.createRouter();
  }

  private Future<HttpServer> listen(Router router) {
    var options =
        new HttpServerOptions()
            .setMaxWebSocketFrameSize(LARGEST_FRAME)
            .setMaxWebSocketMessageSize(LARGEST_FRAME)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setIdleTimeout(IDLE_SECONDS);
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen(settings.port() == 0 ? ANY_PORT : settings.port())
        .onSuccess(opened -> {
          server = opened;
          listening.accept(opened.actualPort());
        });
  }
}
