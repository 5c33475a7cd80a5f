package boutique.gateway;

import boutique.gateway.conventions.Conventions;
import boutique.gateway.door.Access;
import boutique.gateway.door.Addresses;
import boutique.gateway.door.BodySize;
import boutique.gateway.door.BodyType;
import boutique.gateway.door.Characters;
import boutique.gateway.door.Depth;
import boutique.gateway.door.Entrance;
import boutique.gateway.door.FrontDoor;
import boutique.gateway.door.Guard;
import boutique.gateway.door.Input;
import boutique.gateway.door.Limiter;
import boutique.gateway.door.Lines;
import boutique.gateway.door.Methods;
import boutique.gateway.door.Overload;
import boutique.gateway.door.Recall;
import boutique.gateway.door.Shield;
import boutique.gateway.live.BrowserBridge;
import boutique.gateway.live.Lobby;
import boutique.gateway.live.SocketGuard;
import boutique.gateway.problems.Problems;
import boutique.gateway.routes.AddressesApi;
import boutique.gateway.routes.Api;
import boutique.gateway.routes.CartJoining;
import boutique.gateway.routes.CartReader;
import boutique.gateway.routes.CartsApi;
import boutique.gateway.routes.DiscountsApi;
import boutique.gateway.routes.ExportApi;
import boutique.gateway.routes.FulfilmentApi;
import boutique.gateway.routes.InventoryApi;
import boutique.gateway.routes.MailboxApi;
import boutique.gateway.routes.Offers;
import boutique.gateway.routes.OperatorsApi;
import boutique.gateway.routes.OrderBookApi;
import boutique.gateway.routes.OrderLines;
import boutique.gateway.routes.OrdersApi;
import boutique.gateway.routes.Overheard;
import boutique.gateway.routes.ParkedApi;
import boutique.gateway.routes.PasswordResetApi;
import boutique.gateway.routes.PaymentBookApi;
import boutique.gateway.routes.PaymentMethodsApi;
import boutique.gateway.routes.PaymentRequestApi;
import boutique.gateway.routes.PaymentsApi;
import boutique.gateway.routes.ProductsApi;
import boutique.gateway.routes.ProfileApi;
import boutique.gateway.routes.ReconciliationApi;
import boutique.gateway.routes.SagasApi;
import boutique.gateway.routes.SalesApi;
import boutique.gateway.routes.SessionLife;
import boutique.gateway.routes.SessionsApi;
import boutique.gateway.routes.SoldApi;
import boutique.gateway.routes.UsersApi;
import boutique.gateway.routes.ViewsApi;
import boutique.gateway.routes.Vouchers;
import boutique.gateway.routes.WebhookApi;
import boutique.gateway.sessions.AccessTokens;
import boutique.gateway.sessions.GuestCarts;
import boutique.gateway.sessions.Secret;
import boutique.gateway.sessions.SessionCookies;
import boutique.gateway.sessions.Sessions;
import boutique.gateway.sessions.SigningKeys;
import boutique.kernel.Bus;
import boutique.kernel.feed.Parking;
import boutique.kernel.feed.Retries;
import boutique.kernel.limits.Limits;
import boutique.kernel.mail.Mailbox;
import boutique.kernel.payment.OwnBooks;
import boutique.kernel.payment.Wallets;
import boutique.kernel.room.Shelf;
import boutique.kernel.store.Views;
import boutique.kernel.views.Rebuilds;
import boutique.kernel.views.Shown;
import boutique.kernel.views.ViewReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Serves HTTP: the API by its contract, the live bridge, health, and the pages. */
public final class GatewayVerticle extends VerticleBase {
  private static final long DRAIN_SECONDS = 2;

  private final Settings settings;
  private final Contract contract;
  private final Lobby lobby;
  private final Views views;
  private final Limits limits;
  private final Wallets wallets;
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
      Limits limits,
      Wallets wallets,
      InstantSource clock,
      BooleanSupplier storing,
      IntConsumer listening) {
    this.storing = storing;
    this.listening = listening;
    this.contract = contract;
    this.lobby = lobby;
    this.settings = settings;
    this.views = views;
    this.limits = limits;
    this.wallets = wallets;
    this.clock = clock;
  }

  /**
   * What it has to know.
   *
   * @param hostCookies whether cookies have the names that bind browsers to us
   * @param accessLife how long an access token is good
   * @param sessionKeys sign the tokens
   * @param emailKey tells e-mail addresses apart in the names of streams
   * @param webhookSecrets with any of which the payment provider signs its messages
   * @param overheard tells which of them are for another shop
   * @param books what may stand in those of the payment provider
   */
  public record Settings(
      FrontDoor door,
      Duration paymentWindow,
      boolean hostCookies,
      Duration accessLife,
      SigningKeys sessionKeys,
      Secret emailKey,
      List<Secret> webhookSecrets,
      Overheard overheard,
      OwnBooks books) {}

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    var cookies = new SessionCookies(settings.hostCookies());
    var tokens = new AccessTokens(vertx, settings.sessionKeys(), settings.accessLife(), clock);
    var sessions = new Sessions(cookies, tokens, lobby.revocations(), clock);
    var key = settings.sessionKeys().current();
    var life = new SessionLife(bus, clock, cookies, tokens, key, lobby.revocations());
    var opening =
        new BrowserBridge(vertx, bus, sessions, lobby, new Addresses(settings.door().proxies()));
    bridge = opening;
    var shown = new Shown(vertx);
    var conventions = new Conventions(lobby.idempotency(), settings.emailKey(), bus, shown);
    return Future.all(opening.open(), shown.open())
        .compose(_ -> requests())
        .compose(requests -> serve(requests, bus, sessions, life, conventions, opening))
        .onSuccess(opened -> {
          server = opened;
          listening.accept(opened.actualPort());
        });
  }

  /** Read once for all gateways, by one of them: each goes on where it lives itself. */
  private Future<OpenAPIContract> requests() {
    var here = Promise.<OpenAPIContract>promise();
    contract.requests().onComplete(read -> context.runOnContext(_ -> here.handle(read)));
    return here.future();
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

  private Future<HttpServer> serve(
      OpenAPIContract requests,
      Bus bus,
      Sessions sessions,
      SessionLife life,
      Conventions conventions,
      BrowserBridge opening) {
    var door = settings.door();
    var shield = new Shield(door);
    var overload = new Overload(vertx, contract.signs(), lobby.turnedAway());
    var addresses = new Addresses(door.proxies());
    var lines = new Lines(vertx, addresses);
    var router = Router.router(vertx);
    router
        .route()
        .handler(overload::count)
        .handler(lines::begun)
        .handler(Guard::query) // before any route compares the address with its own
        .failureHandler(Problems::answer);
    router.route("/api/*").handler(Methods::head);
    new Readiness(views, storing).mount(router);
    var guard = new Guard(door);
    router.route().handler(guard::others).handler(guard::origin);
    var limiter = new Limiter(limits, contract.signs(), addresses, lobby.turnedAway());
    var recall = new Recall(sessions, limiter, lines, Shelf.of(vertx));
    var guests = new GuestCarts(settings.hostCookies());
    router.route("/api/*").handler(sessions::read).handler(guests::enter).handler(recall::listen);
    router.route("/api/*").handler(limiter::check);
    router
        .route("/eventbus/*")
        .handler(new SocketGuard(guard)::check)
        .handler(sessions::read)
        .handler(guests::enter);
    router.route("/eventbus/*").subRouter(opening.router());
    var pages = new Pages(vertx, door.webroot(), contract);
    pages.documents(router);
    router.route("/*").subRouter(api(requests, bus, life, conventions, limiter));
    router.route("/api/*").handler(new Methods(requests)::refuse);
    pages.mount(router);
    for (var status : List.of(400, 404, 413, 414, 415)) {
      router.errorHandler(status, Problems::answer);
    }
    router.errorHandler(405, Methods::readOnly);
    return Entrance.open(vertx, door, recall.before(router), overload, lines, shield);
  }

  private Router api(
      OpenAPIContract requests,
      Bus bus,
      SessionLife life,
      Conventions conventions,
      Limiter limiter) {
    var routes = RouterBuilder.create(vertx, requests);
    Access.check(routes);
    BodyType.check(routes);
    for (var route : routes.getRoutes()) {
      route.addHandler(BodySize.reader(route.getOperation())).addHandler(Lines::bodyRead);
      route.addHandler(Characters::check).addHandler(Depth::check);
      route.addHandler(conventions::enter);
    }
    Input.check(routes, vertx, requests);
    var emailKey = settings.emailKey().bytes();
    var orders = new ViewReader(views, "order-list");
    var offers = new Offers(bus);
    var joining = new CartJoining(bus, clock, offers);
    new UsersApi(bus, clock, life, limiter, joining, emailKey).mount(routes);
    new SessionsApi(bus, clock, life).mount(routes);
    new PasswordResetApi(bus, clock, life, limiter, emailKey).mount(routes);
    new ProfileApi(bus, clock, life, limiter).mount(routes);
    new AddressesApi(bus, clock).mount(routes);
    new OperatorsApi(bus, clock, life, views, emailKey).mount(routes);
    new MailboxApi(new Mailbox(views, clock)).mount(routes);
    new ProductsApi(bus, clock, new ViewReader(views, "products")).mount(routes);
    new InventoryApi(bus, clock, new ViewReader(views, "stock"), new ViewReader(views, "low-stock"))
        .mount(routes);
    new SalesApi(bus, clock).mount(routes);
    var lines = new OrderLines(bus);
    var vouchers = new Vouchers(vertx, bus, clock);
    var carts = new CartReader(offers, vouchers);
    new CartsApi(bus, clock, carts, joining, vouchers).mount(routes);
    new ExportApi(bus, clock, orders, new ViewReader(views, "sessions"), carts, wallets)
        .mount(routes);
    new DiscountsApi(bus, clock, new ViewReader(views, "vouchers"), lines, vouchers).mount(routes);
    var history = new ViewReader(views, "order-history");
    new OrdersApi(
            bus,
            clock,
            orders,
            history,
            lines,
            vouchers,
            joining,
            limiter,
            settings.paymentWindow())
        .mount(routes);
    new FulfilmentApi(bus, clock).mount(routes);
    new OrderBookApi(orders).mount(routes);
    new SoldApi(orders, clock).mount(routes);
    var unfinished = new ViewReader(views, "unfinished-orders");
    new SagasApi(bus, clock, unfinished, views, "snags").mount(routes);
    new ViewsApi(new Rebuilds(vertx)).mount(routes);
    new ParkedApi(new Parking(views), new Retries(vertx)).mount(routes);
    new PaymentRequestApi(bus, clock).mount(routes);
    new PaymentsApi(bus, clock).mount(routes);
    new PaymentBookApi(bus, new ViewReader(views, "payment-book"), orders, settings.books())
        .mount(routes);
    new PaymentMethodsApi(wallets, settings.door().publishableKey()).mount(routes);
    new ReconciliationApi(bus, views, clock).mount(routes);
    new WebhookApi(bus, views, clock, settings.webhookSecrets(), settings.overheard())
        .mount(routes);
    Api.requireComplete(routes);
    return routes.createRouter();
  }
}
