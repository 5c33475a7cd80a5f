package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import boutique.inventory.InventoryRoom;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.ViewReader;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Event;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryEvent.ReservationChanged;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.CompensateOrder;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.payments.PaymentId;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import boutique.orders.Finishing;
import boutique.orders.OrderRoom;
import boutique.orders.SnagBook;
import boutique.orders.Unfinished;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
  private static final Money PRICE = new Money(350, "EUR");
  private static final OrderLine LINE = new OrderLine(VASE, "Vase", PRICE, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path data;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final AtomicReference<Class<? extends Event>> struck = new AtomicReference<>();
  private final AtomicReference<Fated.Fate> fate = new AtomicReference<>(Fated.Fate.LOST);
  private Rooms rooms;

  @BeforeEach
  void open() throws Exception {
    rooms = new Rooms(data, store -> new Fated(store, this::fateOf)).with(new Unfinished());
    rooms
        .with(InventoryRoom.room(rooms.store()))
        .with(OrderRoom.room(now::get, new SnagBook(rooms.views(), now::get), Duration.ofDays(6)))
        .hearing("inventory", InventoryRoom.HEARS, InventoryRoom.listening(now::get));
    ask(new OpenStock(VASE, ANNA, 5, NOON));
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  @DisplayName("is brought to its end by the sweep, and not before it is certainly left")
  void swept() {
    struck.set(OrderCreated.class);
    assertThatThrownBy(() -> ask(place())).isInstanceOf(Unavailable.class);
    awaitUnfinished(true);
    fate.set(Fated.Fate.KEPT);

    var round = new Finishing(rooms.views(), now::get);
    round.go(rooms.bus()).await();
    assertThat(order().status()).isEqualTo(OrderFace.CHECKING_OUT);
    now.set(NOON.plusSeconds(31));
    rooms.with(new Sweep("orders", Duration.ofMillis(50), round));

    await().atMost(PATIENCE).until(() -> order().status().equals(OrderFace.CREATED));
    awaitUnfinished(false);
  }

  @Test
  @DisplayName(
      "says which step it is at and what keeps it, and can be undone by whoever runs the shop")
  void undone() {
    struck.set(OrderCreated.class);
    assertThatThrownBy(() -> ask(place())).isInstanceOf(Unavailable.class);
    awaitSnag("order", "died before");
    assertThat(available()).isEqualTo(4);

    ask(new CompensateOrder(ORDER, NOON));

    assertThat(rooms.bus().look(ORDER.stream()).await().face()).isNull();
    assertThat(available()).isEqualTo(5);
    assertThat(rooms.bus().ask(place(), SOMEBODY).await())
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("order.compensated"));
    awaitUnfinished(false);
    new Finishing(rooms.views(), now::get).go(rooms.bus()).await();
    assertThat(snag()).isNull();
  }

  @Test
  @DisplayName("that is paid and gets no goods can be undone: its money is owed, its stock is free")
  void paid() {
    ask(place());
    var payment = PaymentId.of(ORDER);
    ask(new BeginPayment(ORDER, ANNA, payment, PRICE, NOON, NOON));
    struck.set(StockAllocated.class);
    assertThatThrownBy(() -> ask(new SettlePayment(ORDER, payment, PRICE, NOON)))
        .isInstanceOf(Unavailable.class);
    awaitSnag("stock", "inventory\\.\\d+ does not answer: died before");

    ask(new CompensateOrder(ORDER, NOON));

    assertThat(order().status()).isEqualTo(OrderFace.CANCELLED);
    assertThat(happened()).last().isInstanceOf(OrderRefundOwed.class);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(available()).isEqualTo(5));
    ask(new CompensateOrder(ORDER, NOON));
    assertThat(happened()).filteredOn(OrderRefundOwed.class::isInstance).hasSize(1);
  }

  @Test
  @DisplayName("that was being changed can be undone: it is as it was, and so is its stock")
  void changed() {
    ask(place());
    struck.set(ReservationChanged.class);
    fate.set(Fated.Fate.ANSWER_LOST);
    assertThatThrownBy(() -> ask(new ChangeLine(ORDER, ANNA, VASE, 3, NOON)))
        .isInstanceOf(Unavailable.class);
    awaitSnag("stock", "inventory\\.\\d+ does not answer: died after");
    assertThat(available()).isEqualTo(2);
    fate.set(Fated.Fate.KEPT);

    ask(new CompensateOrder(ORDER, NOON));

    assertThat(order().changing()).isNull();
    assertThat(order().lines()).containsExactly(LINE);
    assertThat(available()).isEqualTo(4);
  }

  @Test
  @DisplayName("is forgotten when it is at its end, however many others are not")
  void forgotten() {
    var kept = new JsonObject().put("what", "checkout").put("since", NOON.toString());
    var changes = new ArrayList<Change>();
    for (var number = 0; number < 500; number++) {
      changes.add(new Put(SnagBook.COLLECTION, "kept-" + number, new JsonObject()));
      changes.add(new Put(Unfinished.NAME + ".1", "kept-" + number, kept));
    }
    changes.add(new Put(SnagBook.COLLECTION, ORDER.value(), new JsonObject()));
    rooms.views().write(changes).await();

    new Finishing(rooms.views(), now::get).go(rooms.bus()).await();

    assertThat(snag()).isNull();
    assertThat(rooms.views().scan(SnagBook.COLLECTION, Page.first("", 1_000)).await()).hasSize(500);
  }

  private Fated.Fate fateOf(Commit commit) {
    var first = commit.events().getFirst().event();
    return struck.get() != null && struck.get().isInstance(first) ? fate.get() : Fated.Fate.KEPT;
  }

  private void ask(Command command) {
    assertThat(rooms.bus().ask(command, SOMEBODY).await()).isInstanceOf(Reply.Done.class);
  }

  private void awaitUnfinished(boolean so) {
    var unfinished = new ViewReader(rooms.views(), Unfinished.NAME);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(unfinished.get(ORDER.value()).await() != null).isEqualTo(so));
  }

  private void awaitSnag(String step, String because) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var snag = snag();
          assertThat(snag).isNotNull();
          assertThat(snag.getString("step")).isEqualTo(step);
          assertThat(snag.getString("because")).matches(because);
          assertThat(snag.getLong("tries")).isEqualTo(1);
        });
  }

  private JsonObject snag() {
    return rooms.views().get(SnagBook.COLLECTION, ORDER.value()).await();
  }

  private List<Event> happened() {
    return rooms.store().read(ORDER.stream(), 1, 100).await().stream()
        .flatMap(commit -> commit.events().stream())
        .map(Recorded::event)
        .toList();
  }

  private long available() {
    return rooms.stock(VASE).available();
  }

  private OrderFace order() {
    return (OrderFace) rooms.bus().look(ORDER.stream()).await().face();
  }

  private static PlaceOrder place() {
    var quote = Pricing.quote(List.of(LINE.item()), List.of()).quote();
    return new PlaceOrder(
        ORDER, ANNA, List.of(LINE), quote, CartLock.NONE, Duration.ofMinutes(15), NOON);
  }
}
