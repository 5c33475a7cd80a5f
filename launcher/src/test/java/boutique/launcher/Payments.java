package boutique.launcher;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.backends.embedded.SimulatedProvider;
import boutique.inventory.InventoryRoom;
import boutique.kernel.Bus;
import boutique.kernel.feed.Feed;
import boutique.kernel.feed.Reactions;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Statement;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Views;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.Projection;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Face;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.codec.RecordCodec;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import boutique.orders.OrderRoom;
import boutique.payments.Alarm;
import boutique.payments.PaymentList;
import boutique.payments.PaymentRoom;
import boutique.payments.Settlement;
import boutique.payments.Unsettled;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** The rooms that a payment needs, on a real store, with a provider whose line may fail. */
final class Payments implements AutoCloseable {
  static final UserId ANNA = new UserId("anna");
  static final Context SOMEBODY = new Context("request", null, "anna");
  static final Money PRICE = new Money(1900, "USD");
  private static final ProductId MUG = new ProductId("mug");

  final AtomicInteger commits = new AtomicInteger();
  private final RocksDatabase database;
  private final Vertx vertx = Vertx.vertx();
  final PaymentProvider books;
  private final Feed told;
  final EventStore store;
  final Views views;
  final Bus bus;

  /** Who is there beside the rooms. */
  private enum Hands {
    /** Nobody: what is left stays so. */
    NONE,

    /** Who takes up what nobody knows the outcome of. */
    SETTLING,

    /** And who tells the orders what has become of their payments. */
    ALL
  }

  Payments(Path data, Supplier<FaultyProvider.Fault> faults) throws IOException {
    this(data, faults, _ -> Fated.Fate.KEPT, Hands.SETTLING);
  }

  /** Where no fact is delivered, and nobody takes up what was left. */
  static Payments alone(Path data, Supplier<FaultyProvider.Fault> faults) throws IOException {
    return new Payments(data, faults, _ -> Fated.Fate.KEPT, Hands.NONE);
  }

  /** Where orders hear of their payments, on a store that may die. */
  static Payments whole(
      Path data, Supplier<FaultyProvider.Fault> faults, Function<Commit, Fated.Fate> fate)
      throws IOException {
    return new Payments(data, faults, fate, Hands.ALL);
  }

  private Payments(
      Path data,
      Supplier<FaultyProvider.Fault> faults,
      Function<Commit, Fated.Fate> fate,
      Hands hands)
      throws IOException {
    database = RocksDatabase.open(data);
    RecordCodec.register(vertx.eventBus());
    bus = new Bus(vertx);
    views = new RocksViews(database);
    store = new Fated(new RocksEventStore(database), commit -> counted(commit, fate));
    var clock = InstantSource.system();
    books = new SimulatedProvider(vertx, views, clock, Duration.ZERO, () -> false);
    var provider = new FaultyProvider(books, views, faults);
    vertx.deployVerticle(new RoomVerticle<>(InventoryRoom.room(store), store, views)).await();
    vertx.deployVerticle(new RoomVerticle<>(OrderRoom.room(clock), store, views)).await();
    vertx
        .deployVerticle(
            new RoomVerticle<>(PaymentRoom.room(provider, clock, new Alarm()), store, views))
        .await();
    var log = new RocksFactLog(database);
    vertx.deployVerticle(new Projection(new Unsettled(), log, store, views)).await();
    vertx.deployVerticle(new Projection(new PaymentList(), log, store, views)).await();
    if (hands != Hands.NONE) {
      vertx.deployVerticle(new Settlement(views, clock, Duration.ofMillis(40))).await();
    }
    told = new Feed(vertx, "orders.reactions", OrderRoom.HEARS, log, store, views, telling());
    if (hands == Hands.ALL) {
      told.start().await();
    }
    bus.ask(new OpenStock(MUG, ANNA, 1_000_000, now()), SOMEBODY).await();
  }

  private Reactions telling() {
    return new Reactions("orders", bus, OrderRoom::reactions);
  }

  private Fated.Fate counted(Commit commit, Function<Commit, Fated.Fate> fate) {
    if (commit.stream().room().equals("payments")) {
      commits.incrementAndGet();
    }
    return fate.apply(commit);
  }

  /** Somebody else comes to work here. */
  void joins(Deployable verticle) {
    vertx.deployVerticle(verticle).await();
  }

  /** One round of a sweep, on one thread, as it is swept. */
  void sweeps(Sweep.Round round) {
    var swept = Promise.<Void>promise();
    vertx.runOnContext(_ -> round.go(bus).<Void>mapEmpty().onComplete(swept));
    swept.future().await();
  }

  /** When the orders have heard of everything. */
  void heard() {
    told.whenCaughtUp().await();
  }

  OrderId order(String name) {
    places(name).await();
    return new OrderId(name);
  }

  Future<Reply> places(String name) {
    var lines = List.of(new OrderLine(MUG, "Mug", PRICE, 1));
    var quote = Pricing.quote(lines.stream().map(OrderLine::item).toList(), List.of()).quote();
    return bus.ask(
        new PlaceOrder(
            new OrderId(name), ANNA, lines, quote, CartLock.NONE, Duration.ofMinutes(15), now()),
        SOMEBODY);
  }

  Reply pay(OrderId order, String method) {
    return ask(new PayOrder(order, ANNA, method, false, now()));
  }

  Reply ask(Command command) {
    return bus.ask(command, SOMEBODY).await();
  }

  PaymentFace stands(OrderId order) {
    return (PaymentFace) face(PaymentId.of(order).stream());
  }

  Face face(StreamId stream) {
    return bus.look(stream).await().face();
  }

  static PaymentFace face(Reply reply) {
    return (PaymentFace) ((Done) reply).face();
  }

  /** What the provider has on its books for an order. */
  List<Statement.Entry> charges(OrderId order) {
    return charges().stream()
        .filter(entry -> entry.payment().equals(order.value()))
        .filter(entry -> entry.taken().minor() > 0)
        .toList();
  }

  List<Statement.Entry> charges() {
    var all = new ArrayList<Statement.Entry>();
    var page = books.statement(Instant.EPOCH, "").await();
    all.addAll(page.entries());
    while (page.more()) {
      page = books.statement(Instant.EPOCH, page.end()).await();
      all.addAll(page.entries());
    }
    return all;
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    told.stop().await();
    vertx.close().await();
    database.close().await();
  }
}
