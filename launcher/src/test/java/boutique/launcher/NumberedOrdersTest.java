package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.inventory.InventoryRoom;
import boutique.kernel.Bus;
import boutique.kernel.feed.Feed;
import boutique.kernel.feed.Reactions;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.codec.RecordCodec;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.numbers.NumberEvent.NumberGiven;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderEvent.OrderNumbered;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.orders.OrderNumber;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import boutique.launcher.Fated.Fate;
import boutique.orders.NumbersRoom;
import boutique.orders.OrderRoom;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The numbers of orders")
@Timeout(300)
class NumberedOrdersTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final UserId ANNA = new UserId("anna");
  private static final Context SOMEBODY = new Context("request", null, "anna");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int AT_ONCE = 100;
  private static final long STOCK = 100_000;

  @TempDir Path data;
  private final List<Vertx> nodes = new ArrayList<>();
  private RocksDatabase database;
  private EventStore real;

  @BeforeEach
  void open() throws Exception {
    database = RocksDatabase.open(data);
    real = new RocksEventStore(database);
  }

  @AfterEach
  void close() {
    nodes.forEach(node -> node.close().await());
    database.close().await();
  }

  @Test
  @DisplayName("have no gap, although two nodes give them at once, and the store fails them often")
  void twoNodes() {
    var orders = 400;
    var chance = new Random(7);
    Function<Commit, Fate> fate =
        commit -> {
          var numbering =
              commit.stream().room().equals("numbers")
                  || commit.events().stream().anyMatch(e -> e.type().equals("order.numbered"));
          synchronized (chance) {
            return !numbering || chance.nextInt(4) > 0
                ? Fate.KEPT
                : chance.nextBoolean() ? Fate.LOST : Fate.ANSWER_LOST;
          }
        };
    var store = new Fated(real, fate);
    var first = node(store);
    var second = node(store);
    ask(first, new OpenStock(VASE, ANNA, STOCK, NOON));
    giveNumbers(first, store, "numbers.one");
    giveNumbers(second, store, "numbers.two");

    place(first, 0, orders);

    awaitNumbers(orders);
    assertThat(register()).hasSize(orders);
  }

  @Test
  @DisplayName("stay as they are when everything is heard again, long after it was forgotten")
  void heardAgain() {
    var orders = 4_500; // more than a register remembers
    var bus = node(real);
    ask(bus, new OpenStock(VASE, ANNA, STOCK, NOON));
    giveNumbers(bus, real, "numbers.one");
    place(bus, 0, orders);
    awaitNumbers(orders);
    var before = register();
    nodes.removeLast().close().await();

    var restarted = node(real);
    var again = giveNumbers(restarted, real, "numbers.again");
    place(restarted, orders, 5);

    awaitNumbers(orders + 5);
    again.whenCaughtUp().await();
    assertThat(register()).startsWith(before.toArray(OrderId[]::new)).hasSize(orders + 5);
    var face = (OrderFace) restarted.look(id(orders).stream()).await().face();
    assertThat(String.valueOf(face.number())).startsWith("B-2026-0045");
  }

  /** A room of each kind that is needed, beside which others may work on the same store. */
  private Bus node(EventStore store) {
    var vertx = Vertx.vertx();
    nodes.add(vertx);
    RecordCodec.register(vertx.eventBus());
    var views = new RocksViews(database);
    vertx.deployVerticle(new RoomVerticle<>(InventoryRoom.room(real), real, views)).await();
    vertx.deployVerticle(new RoomVerticle<>(OrderRoom.room(CLOCK), store, views)).await();
    vertx.deployVerticle(new RoomVerticle<>(NumbersRoom.room(CLOCK), store, views)).await();
    return new Bus(vertx);
  }

  private Feed giveNumbers(Bus bus, EventStore store, String group) {
    var feed =
        new Feed(
            nodes.getLast(),
            group,
            NumbersRoom.HEARS,
            new RocksFactLog(database),
            store,
            new RocksViews(database),
            new Reactions("numbers", bus, NumbersRoom::reactions));
    feed.start().await();
    return feed;
  }

  private void place(Bus bus, int first, int count) {
    var lines = List.of(new OrderLine(VASE, "Vase", new Money(350, "EUR"), 1));
    var quote = Pricing.quote(lines.stream().map(OrderLine::item).toList(), List.of()).quote();
    var window = Duration.ofMinutes(15);
    for (var batch = first; batch < first + count; batch += AT_ONCE) {
      Future.all(
              IntStream.range(batch, Math.min(first + count, batch + AT_ONCE))
                  .mapToObj(number ->
                      new PlaceOrder(id(number), ANNA, lines, quote, CartLock.NONE, window, NOON))
                  .map(command -> bus.ask(command, SOMEBODY))
                  .toList())
          .await();
    }
  }

  private static void ask(Bus bus, Command command) {
    bus.ask(command, SOMEBODY).await();
  }

  /** Every order bears one, and they are those from the first to the last. */
  private void awaitNumbers(int orders) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(borne()).hasSize(orders));
    assertThat(borne().stream().map(OrderNumbered::order).distinct()).hasSize(orders);
    assertThat(borne().stream().map(OrderNumbered::number))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, orders)
                .mapToObj(position -> OrderNumber.of(2026, position))
                .toList());
    var given = register();
    assertThat(borne())
        .allSatisfy(e ->
            assertThat(e.number()).isEqualTo(OrderNumber.of(2026, given.indexOf(e.order()) + 1L)));
  }

  private List<OrderNumbered> borne() {
    return events("orders").stream()
        .filter(OrderNumbered.class::isInstance)
        .map(OrderNumbered.class::cast)
        .toList();
  }

  private List<OrderId> register() {
    var register = new StreamId("numbers", "2026");
    var orders = new ArrayList<OrderId>();
    for (var commit : real.read(register, 1, Integer.MAX_VALUE).await()) {
      commit.events().forEach(one -> orders.add(((NumberGiven) one.event()).order()));
    }
    return orders;
  }

  private List<Object> events(String room) {
    var events = new ArrayList<Object>();
    String after = null;
    while (true) {
      var page = real.scan(room, after, 1_000).await();
      page.forEach(commit -> commit.events().forEach(one -> events.add(one.event())));
      if (page.size() < 1_000) {
        return events;
      }
      after = page.getLast().key();
    }
  }

  private static OrderId id(int number) {
    return new OrderId("order-" + number);
  }
}
