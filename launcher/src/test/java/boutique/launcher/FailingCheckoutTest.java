package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.inventory.InventoryRoom;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import boutique.orders.OrderRoom;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A checkout that dies while it fails")
@Timeout(120)
class FailingCheckoutTest {
  private static final ProductId PLENTY = new ProductId("a-plenty");
  private static final ProductId SCARCE = new ProductId("b-scarce");
  private static final UserId ANNA = new UserId("anna");
  private static final Context SOMEBODY = new Context("request", null, "anna");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<OrderLine> LINES = List.of(line(PLENTY, 2), line(SCARCE, 2));
  private static final PlaceOrder ORDER =
      new PlaceOrder(
          new OrderId("order-1"),
          ANNA,
          LINES,
          Pricing.quote(LINES.stream().map(OrderLine::item).toList(), List.of()).quote(),
          CartLock.NONE,
          Duration.ofMinutes(15),
          NOW);

  @TempDir Path data;
  private final AtomicReference<Fated.Fate> fate = new AtomicReference<>(Fated.Fate.KEPT);
  private Rooms rooms;

  @BeforeEach
  void open() throws Exception {
    rooms = new Rooms(data, store -> new Fated(store, this::fateOf));
    rooms.with(InventoryRoom.room(rooms.store())).with(OrderRoom.room(() -> NOW));
    rooms.bus().ask(new OpenStock(PLENTY, ANNA, 5, NOW), SOMEBODY).await();
    rooms.bus().ask(new OpenStock(SCARCE, ANNA, 1, NOW), SOMEBODY).await();
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  @DisplayName(
      "before its reason is written keeps what it has reserved, and says that reason later")
  void before() {
    fate.set(Fated.Fate.LOST);
    assertThatThrownBy(this::place).isInstanceOf(Unavailable.class);
    assertThat(available(PLENTY)).isEqualTo(3);

    fate.set(Fated.Fate.KEPT);

    assertThat(place()).isInstanceOfSatisfying(Refused.class, FailingCheckoutTest::isScarce);
    assertThat(available(PLENTY)).isEqualTo(5);
  }

  @Test
  @DisplayName("after its reason is written keeps it, and those who hear of it give the rest back")
  void after() {
    fate.set(Fated.Fate.ANSWER_LOST);
    assertThatThrownBy(this::place).isInstanceOf(Unavailable.class);
    assertThat(available(PLENTY)).isEqualTo(3);

    assertThat(place()).isInstanceOfSatisfying(Refused.class, FailingCheckoutTest::isScarce);
    var heard = InventoryRoom.listening(() -> NOW).apply(failure());
    assertThat(heard).hasSize(1);
    rooms.bus().ask(heard.getFirst(), SOMEBODY).await();

    assertThat(available(PLENTY)).isEqualTo(5);
  }

  private Fated.Fate fateOf(Commit commit) {
    return commit.events().getFirst().event() instanceof CheckoutFailed
        ? fate.get()
        : Fated.Fate.KEPT;
  }

  private Reply place() {
    return rooms.bus().ask(ORDER, SOMEBODY).await();
  }

  private CheckoutFailed failure() {
    var written = rooms.store().read(ORDER.stream(), 2, 1).await();
    return (CheckoutFailed) written.getFirst().events().getFirst().event();
  }

  private long available(ProductId product) {
    return rooms.stock(product).available();
  }

  private static void isScarce(Refused because) {
    assertThat(because.code()).isEqualTo("stock.insufficient");
  }

  private static OrderLine line(ProductId product, long quantity) {
    return new OrderLine(product, product.value(), new Money(350, "EUR"), quantity);
  }
}
