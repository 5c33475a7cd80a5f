package boutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.inventory.InventoryRoom;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.Rebuilds;
import boutique.kernel.views.View;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.AuthorizePayment;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.ConfirmOrder;
import boutique.language.orders.OrderCommand.DeliverOrder;
import boutique.language.orders.OrderCommand.NoteLoss;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.NoteRefundReversal;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.ReturnItems;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderCommand.ShipOrder;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.orders.ReturnReason;
import boutique.language.orders.Returned;
import boutique.language.orders.Shipment;
import boutique.language.payments.PaymentId;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import boutique.orders.Captures;
import boutique.orders.Deadlines;
import boutique.orders.NumbersRoom;
import boutique.orders.OrderHistory;
import boutique.orders.OrderList;
import boutique.orders.OrderRoom;
import boutique.orders.Unfinished;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is read of orders")
@Timeout(300)
class RebuiltOrderViewsTest {
  private static final ProductId VASE = new ProductId("vase");
  private static final ProductId MUG = new ProductId("mug");
  private static final UserId ANNA = new UserId("anna");
  private static final Context SOMEBODY = new Context("request", null, "anna");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<View> VIEWS =
      List.of(
          new OrderList(), new OrderHistory(), new Deadlines(), new Captures(), new Unfinished());

  @TempDir Path data;
  private Rooms rooms;

  @BeforeEach
  void open() throws Exception {
    rooms =
        new Rooms(data)
            .with(OrderRoom.room(() -> NOON))
            .with(NumbersRoom.room(() -> NOON))
            .hearing("numbers", NumbersRoom.HEARS, NumbersRoom::reactions);
    rooms.with(InventoryRoom.room(rooms.store()));
    VIEWS.forEach(rooms::with);
  }

  @AfterEach
  void close() {
    rooms.close();
  }

  @Test
  @DisplayName("is the same when it is built anew from the first fact on, sums and all (I10)")
  void rebuilt() {
    ask(new OpenStock(VASE, ANNA, 1_000, NOON));
    ask(new OpenStock(MUG, ANNA, 1_000, NOON));
    for (var number = 0; number < 60; number++) {
      tell(number, number % 10);
    }
    await().atMost(PATIENCE).until(() -> dump("order-list", 1, ".index").size() == 3 * 60);
    await().atMost(PATIENCE).untilAsserted(this::assertFigures);
    await().atMost(PATIENCE).until(() -> dump("order-history", 1, "").size() == 60);
    await().atMost(PATIENCE).until(() -> dump("captures", 1, ".index").size() == 6);

    for (var view : VIEWS) {
      var before = everything(view.name(), 1);
      new Rebuilds(rooms.vertx()).rebuild(view.name()).await();
      assertThat(everything(view.name(), 2)).as(view.name()).isEqualTo(before);
    }
    assertThat(dump("order-list", 2, "")).hasSize(60);
  }

  /** Of each ten orders, eight are paid with 9.50 each; the rest comes back in several ways. */
  private void assertFigures() {
    var sums = dump("order-list", 1, ".sums");
    assertThat(sums.get("day/2026-03-01/EUR"))
        .isEqualTo(
            new JsonObject()
                .put("orders", 48)
                .put("units", 48 * 3)
                .put("revenue", 48 * 950)
                .put("refunds", 6 * 950 + 6 * 100)
                .put("losses", 6 * 30)
                .put("returned", 6)
                .encode());
    var vases = new JsonObject(sums.get("product/2026-03-01/EUR/vase"));
    var mugs = new JsonObject(sums.get("product/2026-03-01/EUR/mug"));
    assertThat(vases.getLong("units")).isEqualTo(48 * 2);
    assertThat(mugs.getLong("returned")).isEqualTo(6);
    assertThat(vases.getLong("revenue") + mugs.getLong("revenue")).isEqualTo(48 * 950);
  }

  /** As far as its stage. */
  private void tell(int number, int stage) {
    var order = new OrderId("order-" + number);
    var lines =
        List.of(
            new OrderLine(VASE, "Vase", new Money(350, "EUR"), stage == 1 ? 1 : 2),
            new OrderLine(MUG, "Mug", new Money(250, "EUR"), 1));
    var quote = Pricing.quote(lines.stream().map(OrderLine::item).toList(), List.of()).quote();
    var payment = PaymentId.of(order);
    var total = new Money(950, "EUR");
    ask(new PlaceOrder(order, ANNA, lines, quote, CartLock.NONE, Duration.ofMinutes(15), NOON));
    if (stage == 0) {
      ask(new CancelOrder(order, ANNA, Cancellation.USER, NOON));
      return;
    }
    if (stage == 1) {
      ask(new ChangeLine(order, ANNA, VASE, 2, NOON));
      ask(new BeginPayment(order, ANNA, payment, total, NOON, NOON));
      ask(new AuthorizePayment(order, payment, NOON));
      return;
    }
    ask(new BeginPayment(order, ANNA, payment, total, NOON, NOON));
    ask(new SettlePayment(order, payment, total, NOON));
    if (stage == 3) {
      ask(new NoteRefund(order, payment, "all", total, NOON));
    } else if (stage > 3) {
      ask(new ConfirmOrder(order, NOON));
      ask(new ShipOrder(order, new Shipment("DHL", "JD01"), NOON));
      ask(new DeliverOrder(order, NOON));
    }
    if (stage == 8) {
      ask(new NoteRefund(order, payment, "part", new Money(100, "EUR"), NOON));
      ask(new NoteRefund(order, payment, "lost", new Money(50, "EUR"), NOON));
      ask(new NoteRefundReversal(order, payment, "lost", new Money(50, "EUR"), NOON));
      ask(new NoteLoss(order, payment, "dp_1", new Money(30, "EUR"), NOON));
    } else if (stage == 9) {
      ask(
          new ReturnItems(
              order, "back", List.of(new Returned(MUG, 1)), true, ReturnReason.OTHER, NOON));
    }
  }

  private void ask(Command command) {
    assertThat(rooms.bus().ask(command, SOMEBODY).await()).isInstanceOf(Reply.Done.class);
  }

  private Map<String, Map<String, String>> everything(String view, int generation) {
    return Map.of(
        "documents",
        dump(view, generation, ""),
        "index",
        dump(view, generation, ".index"),
        "sums",
        dump(view, generation, ".sums"));
  }

  /** Without what is only there to know facts that come again. */
  private Map<String, String> dump(String view, int generation, String part) {
    var all = new TreeMap<String, String>();
    for (var entry :
        rooms.views().scan(view + "." + generation + part, Page.first("", 10_000)).await()) {
      entry.document().remove("_seen");
      all.put(entry.key(), entry.document().encode());
    }
    return all;
  }
}
