package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.inventory.InventoryRoom;
import boutique.kernel.Bus;
import boutique.kernel.Unavailable;
import boutique.kernel.room.RoomVerticle;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.Projection;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.codec.RecordCodec;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.StockFace;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.CompensateOrder;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import boutique.orders.Finishing;
import boutique.orders.OrderRoom;
import boutique.orders.SnagBook;
import boutique.orders.Unfinished;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A checkout that everybody has forgotten")
@Timeout(120)
class LeftCheckoutsTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final UserId ANNA = new UserId("anna");
  private static final OrderId ORDER = new OrderId("order-1");
  private static final Context SOMEBODY = new Context("request", null, "anna");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final AtomicReference<Fated.Fate> fate = new AtomicReference<>(Fated.Fate.LOST);

  @Test
  @DisplayName("is brought to its end by the sweep, and not before it is certainly left")
  void swept() throws Exception {
    var database = RocksDatabase.open(data);
    var vertx = Vertx.vertx();
    RecordCodec.register(vertx.eventBus());
    var bus = new Bus(vertx);
    var real = new RocksEventStore(database);
    var store =
        new Fated(
            real,
            commit ->
                commit.events().getFirst().event() instanceof OrderCreated
                    ? fate.get()
                    : Fated.Fate.KEPT);
    var views = new RocksViews(database);
    vertx.deployVerticle(new RoomVerticle<>(InventoryRoom.room(real), real, views)).await();
    vertx.deployVerticle(new RoomVerticle<>(OrderRoom.room(now::get), store, views)).await();
    vertx
        .deployVerticle(new Projection(new Unfinished(), new RocksFactLog(database), store, views))
        .await();
    bus.ask(new OpenStock(VASE, ANNA, 5, NOON), SOMEBODY).await();
    assertThatThrownBy(() -> bus.ask(place(), SOMEBODY).await()).isInstanceOf(Unavailable.class);
    var unfinished = new ViewReader(views, Unfinished.NAME);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(unfinished.get(ORDER.value()).await()).isNotNull());
    fate.set(Fated.Fate.KEPT);

    var round = new Finishing(views, now::get);
    round.go(bus).await();
    assertThat(status(bus)).isEqualTo(OrderFace.CHECKING_OUT);
    now.set(NOON.plusSeconds(31));
    vertx.deployVerticle(new Sweep("orders", Duration.ofMillis(50), round)).await();

    await().atMost(PATIENCE).until(() -> status(bus).equals(OrderFace.CREATED));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(unfinished.get(ORDER.value()).await()).isNull());
    vertx.close().await();
    database.close().await();
  }

  @Test
  @DisplayName(
      "says which step it is at and what keeps it, and can be undone by whoever runs the shop")
  void undone() throws Exception {
    var database = RocksDatabase.open(data);
    var vertx = Vertx.vertx();
    RecordCodec.register(vertx.eventBus());
    var bus = new Bus(vertx);
    var real = new RocksEventStore(database);
    var store =
        new Fated(
            real,
            commit ->
                commit.events().getFirst().event() instanceof OrderCreated
                    ? fate.get()
                    : Fated.Fate.KEPT);
    var views = new RocksViews(database);
    var snags = new SnagBook(views, now::get);
    vertx.deployVerticle(new RoomVerticle<>(InventoryRoom.room(real), real, views)).await();
    vertx.deployVerticle(new RoomVerticle<>(OrderRoom.room(now::get, snags), store, views)).await();
    vertx
        .deployVerticle(new Projection(new Unfinished(), new RocksFactLog(database), store, views))
        .await();
    bus.ask(new OpenStock(VASE, ANNA, 5, NOON), SOMEBODY).await();
    assertThatThrownBy(() -> bus.ask(place(), SOMEBODY).await()).isInstanceOf(Unavailable.class);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var snag = views.get(SnagBook.COLLECTION, ORDER.value()).await();
          assertThat(snag).isNotNull();
          assertThat(snag.getString("step")).isEqualTo("order");
          assertThat(snag.getString("because")).isEqualTo("died before");
          assertThat(snag.getLong("tries")).isEqualTo(1);
        });
    assertThat(available(bus)).isEqualTo(4);

    bus.ask(new CompensateOrder(ORDER, NOON), SOMEBODY).await();

    assertThat(bus.look(ORDER.stream()).await().face()).isNull();
    assertThat(available(bus)).isEqualTo(5);
    assertThat(bus.ask(place(), SOMEBODY).await())
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("order.compensated"));
    var unfinished = new ViewReader(views, Unfinished.NAME);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(unfinished.get(ORDER.value()).await()).isNull());
    new Finishing(views, now::get).go(bus).await();
    assertThat(views.get(SnagBook.COLLECTION, ORDER.value()).await()).isNull();
    vertx.close().await();
    database.close().await();
  }

  private static long available(Bus bus) {
    return ((StockFace) bus.look(new StreamId("inventory", VASE.value())).await().face())
        .available();
  }

  private static String status(Bus bus) {
    return ((OrderFace) bus.look(ORDER.stream()).await().face()).status();
  }

  private static PlaceOrder place() {
    var lines = List.of(new OrderLine(VASE, "Vase", new Money(350, "EUR"), 1));
    var quote = Pricing.quote(lines.stream().map(OrderLine::item).toList(), List.of()).quote();
    return new PlaceOrder(ORDER, ANNA, lines, quote, CartLock.NONE, Duration.ofMinutes(15), NOON);
  }
}
