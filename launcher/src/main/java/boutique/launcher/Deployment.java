package boutique.launcher;

import boutique.backends.distributed.Recognition;
import boutique.backends.distributed.StripeProvider;
import boutique.backends.distributed.StripeWallets;
import boutique.backends.embedded.SimulatedProvider;
import boutique.backends.embedded.SimulatedWallets;
import boutique.carts.CartRoom;
import boutique.carts.Forgetting;
import boutique.carts.GuestCarts;
import boutique.catalog.CatalogRoom;
import boutique.catalog.ProductList;
import boutique.discounts.DiscountRoom;
import boutique.discounts.VoucherList;
import boutique.gateway.Contract;
import boutique.gateway.GatewayVerticle;
import boutique.gateway.live.Lobby;
import boutique.gateway.routes.Overheard;
import boutique.inventory.HoldDeadlines;
import boutique.inventory.InventoryRoom;
import boutique.inventory.Lapses;
import boutique.inventory.LowStock;
import boutique.inventory.StockList;
import boutique.kernel.Bus;
import boutique.kernel.feed.FactLog;
import boutique.kernel.feed.Feed;
import boutique.kernel.feed.Reactions;
import boutique.kernel.limits.Limits;
import boutique.kernel.mail.Mailbox;
import boutique.kernel.payment.OwnBooks;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.ShopMark;
import boutique.kernel.payment.Wallets;
import boutique.kernel.room.Room;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Views;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.timers.Timers;
import boutique.kernel.views.Projection;
import boutique.kernel.views.Shown;
import boutique.kernel.views.View;
import boutique.language.Command;
import boutique.language.Event;
import boutique.ops.Backlog;
import boutique.ops.Figure;
import boutique.ops.ManagementVerticle;
import boutique.ops.Metrics;
import boutique.ops.Reconciled;
import boutique.orders.Captures;
import boutique.orders.Deadlines;
import boutique.orders.Expiry;
import boutique.orders.Finishing;
import boutique.orders.NumbersRoom;
import boutique.orders.OrderHistory;
import boutique.orders.OrderList;
import boutique.orders.OrderRoom;
import boutique.orders.Reminders;
import boutique.orders.SnagBook;
import boutique.orders.Unfinished;
import boutique.payments.Alarm;
import boutique.payments.ForgettingCards;
import boutique.payments.Notices;
import boutique.payments.PaymentBook;
import boutique.payments.PaymentList;
import boutique.payments.PaymentRoom;
import boutique.payments.Settlement;
import boutique.payments.Unsettled;
import boutique.payments.books.Closings;
import boutique.payments.books.DiscrepanciesRoom;
import boutique.payments.books.Hints;
import boutique.payments.books.Reconciler;
import boutique.users.RevocationBook;
import boutique.users.Scrubbing;
import boutique.users.SessionList;
import boutique.users.SessionsRoom;
import boutique.users.Tidying;
import boutique.users.UserList;
import boutique.users.UsersRoom;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The whole system on one page: every room, what it hears, what is read of it, and the gateway. */
final class Deployment {
  private static final Duration UNUSED_CART = Duration.ofDays(30);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration UNANSWERED = Duration.ofSeconds(5);
  private static final Duration PROVIDERS_DEADLINE = Duration.ofSeconds(7);
  private static final int PERCENT = 100;
  private static final int INSTANCES = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final Vertx vertx;
  private final EventStore store;
  private final Views views;
  private final Limits counted;
  private final Timers timers;
  private final FactLog log;
  private final InstantSource clock;
  private final Keys keys;
  private final BooleanSupplier healthy;
  private final Metrics metrics;
  private final List<String> doors = new ArrayList<>();
  private final List<String> followers = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();
  private volatile int port;

  Deployment(
      Vertx vertx,
      EventStore store,
      Views views,
      Limits counted,
      Timers timers,
      FactLog log,
      InstantSource clock,
      Keys keys,
      BooleanSupplier healthy,
      Metrics metrics) {
    this.vertx = vertx;
    this.store = store;
    this.views = views;
    this.counted = counted;
    this.timers = timers;
    this.log = log;
    this.clock = clock;
    this.keys = keys;
    this.healthy = healthy;
    this.metrics = metrics;
  }

  Future<Void> open(Config config, Path home, PrintStream out) {
    return ShopMark.of(views).compose(mark -> open(config, mark, home, out));
  }

  private Future<Void> open(Config config, ShopMark mark, Path home, PrintStream out) {
    var bus = new Bus(vertx);
    var mailer = new Mailbox(views, clock);
    var contract = new Contract(vertx);
    var recognition = recognition();
    var provider = provider(config, mark, recognition);
    var wallets = wallets(config, recognition);
    return Future.all(
            room(UsersRoom.room(vertx, views, mailer, () -> publicUrl(config))),
            room(SessionsRoom.ROOM),
            room(CatalogRoom.ROOM),
            room(InventoryRoom.room(store)),
            room(CartRoom.ROOM),
            room(DiscountRoom.ROOM),
            room(OrderRoom.room(clock, new SnagBook(views, clock), config.captureWithin())),
            room(NumbersRoom.room(clock)),
            room(PaymentRoom.room(provider, clock, alarm())),
            room(DiscrepanciesRoom.ROOM))
        .compose(_ ->
            Future.all(
                view(new UserList()),
                view(new SessionList()),
                view(new ProductList()),
                view(new GuestCarts()),
                view(new VoucherList()),
                view(new OrderList()),
                view(new OrderHistory()),
                view(new StockList()),
                view(new LowStock()),
                view(new HoldDeadlines()),
                view(new Deadlines()),
                view(new Captures()),
                view(new Unfinished()),
                view(new PaymentList()),
                view(new PaymentBook()),
                view(new Unsettled()),
                view(new Closings()),
                reactions(bus, "inventory", InventoryRoom.HEARS, InventoryRoom.listening(clock)),
                reactions(bus, "carts", CartRoom.HEARS, CartRoom::reactions),
                reactions(bus, "discounts", DiscountRoom.HEARS, DiscountRoom::reactions),
                reactions(bus, "orders", OrderRoom.HEARS, OrderRoom::reactions),
                reactions(bus, "numbers", NumbersRoom.HEARS, NumbersRoom::reactions),
                reactions(bus, "payments", PaymentRoom.HEARS, PaymentRoom::reactions),
                revocations(),
                feed(ForgettingCards.NAME, ForgettingCards.HEARS, new ForgettingCards(wallets))
                    .start(),
                sweep("guests' carts", SWEEP, new Forgetting(views, clock, UNUSED_CART)),
                one(() -> new Expiry(timers, clock)),
                reminders(config),
                sweep("unfinished orders", Finishing.EVERY, new Finishing(views, clock)),
                one(() -> new Settlement(views, clock, UNANSWERED)),
                one(() -> new Notices(views, clock, UNANSWERED)),
                sweep("the books", Reconciler.LOOKS, reconciler(config, provider)),
                sweep("charges", Hints.LOOKS, hints(config, provider)),
                sweep("kept stock", Lapses.EVERY, new Lapses(views, clock, this::heardAll)),
                sweep("the vault", Tidying.EVERY, new Tidying(views, mailer, clock)),
                sweep("those who were erased", Scrubbing.EVERY, new Scrubbing(views, mailer))))
        .compose(_ -> gateway(config, home, contract, wallets, mark, provider))
        .compose(_ ->
            Future.all(
                management(config, out),
                new Operator(bus, clock, keys.email(), config, out).ensure(),
                demo(config, bus)))
        .mapEmpty();
  }

  int port() {
    return port;
  }

  /** The doors first, then who follows, then the rooms: whatever was let in is finished. */
  Future<Void> close() {
    return undeploy(doors)
        .compose(_ -> Future.join(undeploy(followers), stopFeeds()))
        .compose(_ -> undeploy(rooms));
  }

  private Alarm alarm() {
    var alarm = new Alarm();
    metrics.tells(
        Figure.counter(
            "boutique_payments_questioned",
            "What somebody has to look at: what the provider says that does not fit, money that"
                + " could not be given back, and what payers dispute",
            alarm::raised));
    return alarm;
  }

  private Recognition recognition() {
    var recognition = new Recognition();
    metrics.tells(
        Figure.counter(
            "boutique_payments_key_refused",
            "Questions that the payment provider has refused because of our key: as long as it"
                + " grows, nobody can pay",
            recognition::refusals));
    return recognition;
  }

  private Overheard overheard(ShopMark mark) {
    var overheard = new Overheard(mark);
    metrics.tells(
        Figure.counter(
            "boutique_payments_others_messages",
            "Messages of the payment provider's that are for another shop on the same account",
            overheard::messages));
    return overheard;
  }

  private PaymentProvider provider(Config config, ShopMark mark, Recognition recognition) {
    return config
        .stripeKey()
        .<PaymentProvider>map(key ->
            new StripeProvider(
                vertx,
                clock,
                views,
                mark,
                key,
                config.stripeUrl(),
                PROVIDERS_DEADLINE,
                recognition))
        .orElseGet(() -> simulated(config));
  }

  private Wallets wallets(Config config, Recognition recognition) {
    return config
        .stripeKey()
        .<Wallets>map(key ->
            new StripeWallets(
                vertx, views, key, config.stripeUrl(), PROVIDERS_DEADLINE, recognition))
        .orElseGet(() -> new SimulatedWallets(views));
  }

  private Reconciler reconciler(Config config, PaymentProvider provider) {
    return new Reconciler(views, provider, clock, config.reconcileEvery(), config.reconcileGrace());
  }

  private Hints hints(Config config, PaymentProvider provider) {
    return new Hints(views, provider, clock, config.reconcileGrace());
  }

  private PaymentProvider simulated(Config config) {
    var lost = config.lostAnswers();
    return new SimulatedProvider(
        vertx,
        views,
        clock,
        config.simulatedDelay(),
        () -> ThreadLocalRandom.current().nextInt(PERCENT) < lost);
  }

  private <C extends Command, S, E extends Event> Future<?> room(Room<C, S, E> room) {
    return deploy(rooms, () -> new RoomVerticle<>(room, store, views), INSTANCES);
  }

  private Future<?> view(View view) {
    return one(() -> new Projection(view, log, store, views));
  }

  private Future<?> one(Supplier<Deployable> verticle) {
    return deploy(followers, verticle, 1);
  }

  private Future<?> reminders(Config config) {
    var shortest = Collections.min(List.of(config.paymentWindow(), config.captureWithin()));
    return sweep(
        "deadlines", Reminders.every(shortest), new Reminders(views, timers, clock, shortest));
  }

  private Future<?> sweep(String what, Duration every, Sweep.Round round) {
    return one(() -> new Sweep(what, every, round));
  }

  private Future<Void> demo(Config config, Bus bus) {
    return config.demo() ? new Demo(bus, views, clock).fill() : Future.succeededFuture();
  }

  private Future<?> reactions(
      Bus bus, String room, Set<String> hears, Function<Event, List<? extends Command>> commands) {
    var name = room + ".reactions";
    var feed = feed(name, hears, new Reactions(room, bus, commands));
    return feed.start().compose(_ -> Shown.tell(vertx, name, hears, feed));
  }

  /** Complete when nothing that ended before the last stop is missing. */
  private Future<?> revocations() {
    var book = new RevocationBook(views, clock);
    var feed = feed(RevocationBook.NAME, RevocationBook.HEARS, book);
    return feed.start().compose(_ -> feed.whenCaughtUp());
  }

  private Feed feed(String group, Set<String> hears, Feed.Listener listener) {
    var feed = new Feed(vertx, group, hears, log, store, views, listener);
    feeds.add(feed);
    return feed;
  }

  private Future<Void> heardAll() {
    return Future.all(feeds.stream().map(Feed::whenCaughtUp).toList()).mapEmpty();
  }

  private Future<?> gateway(
      Config config, Path home, Contract contract, Wallets wallets, ShopMark mark, OwnBooks books) {
    var settings =
        new GatewayVerticle.Settings(
            config.frontDoor(home.resolve("webroot")),
            config.paymentWindow(),
            config.hostCookies(),
            config.accessLife(),
            keys.session(),
            keys.email(),
            config.webhookSecrets(),
            overheard(mark),
            books);
    var limits = config.limitsEnabled() ? counted : Limits.NONE;
    var lobby = new Lobby(config.accessLife(), config.socketCaps(), views, clock);
    DoorFigures.tell(lobby, metrics);
    return deploy(followers, () -> lobby, 1)
        .compose(_ ->
            deploy(
                doors,
                () ->
                    new GatewayVerticle(
                        settings,
                        contract,
                        lobby,
                        views,
                        limits,
                        wallets,
                        clock,
                        healthy,
                        this::listening),
                INSTANCES));
  }

  /** After the gateway, so that it never takes the port that was meant for buyers. */
  private Future<?> management(Config config, PrintStream out) {
    metrics.asks(new Reconciled(views)).asks(new Backlog(views));
    return deploy(
            doors,
            () ->
                new ManagementVerticle(
                    config.managementHost(),
                    config.managementPort(),
                    metrics,
                    actual -> sayWhere(config, actual, out)),
            1)
        .recover(failure ->
            Future.failedFuture(
                new Mistake(
                    "management.host, management.port: nothing can listen there: "
                        + failure.getMessage())));
  }

  /** Only if it is not where everybody looks. */
  private static void sayWhere(Config config, int actual, PrintStream out) {
    var wanted = config.managementPort();
    if (actual != wanted) {
      out.println(
          "Metrics are at http://%s:%d/metrics%s"
              .formatted(
                  config.managementHost(),
                  actual,
                  wanted == 0 ? "" : " (" + wanted + " is in use)"));
    }
  }

  private String publicUrl(Config config) {
    return config.publicUrl().isEmpty()
        ? config.scheme() + "://localhost:" + port
        : config.publicUrl();
  }

  private void listening(int actual) {
    port = actual;
  }

  private Future<?> deploy(List<String> where, Supplier<Deployable> verticle, int instances) {
    return vertx
        .deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
        .onSuccess(where::add);
  }

  private Future<Void> stopFeeds() {
    return Future.join(feeds.stream().map(Feed::stop).toList()).mapEmpty();
  }

  private Future<Void> undeploy(List<String> ids) {
    return Future.join(ids.stream().map(vertx::undeploy).toList()).mapEmpty();
  }
}
