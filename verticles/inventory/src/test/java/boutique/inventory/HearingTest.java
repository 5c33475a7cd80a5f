package boutique.inventory;

import static boutique.inventory.Vase.NOW;
import static boutique.inventory.Vase.VASE;
import static boutique.inventory.Vase.order;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ShipStock;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderEvent.OrderShipped;
import boutique.language.orders.OrderLine;
import boutique.language.orders.ReturnReason;
import boutique.language.orders.Returned;
import boutique.language.orders.Shipment;
import boutique.language.payments.PaymentId;
import boutique.language.users.UserId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the stock does because of an order")
class HearingTest {
  private static final UserId BUYER = new UserId("buyer");
  private static final ProductId MUG = new ProductId("mug");
  private static final List<OrderLine> LINES = List.of(line(VASE, 3), line(MUG, 1));

  @Test
  @DisplayName("that is called off is to give back all that was kept for it")
  void calledOff() {
    assertThat(heard(new OrderCalledOff(order(1), BUYER, LINES, List.of(), NOW, NOW)))
        .isEqualTo(
            List.of(new ReleaseStock(VASE, order(1), NOW), new ReleaseStock(MUG, order(1), NOW)));
  }

  @Test
  @DisplayName("that is shipped is to count as gone what the order has, however much is kept")
  void shipped() {
    var shipment = new Shipment("DHL", "JD01");
    assertThat(heard(new OrderShipped(order(1), BUYER, LINES, shipment, NOW, NOW)))
        .isEqualTo(
            List.of(new ShipStock(VASE, order(1), 3, NOW), new ShipStock(MUG, order(1), 1, NOW)));
  }

  @Test
  @DisplayName(
      "of which goods come back is to take in all of a product at once, however it is said")
  void returned() {
    var items = List.of(new Returned(VASE, 1), new Returned(MUG, 1), new Returned(VASE, 2));
    assertThat(heard(returned(items, true)))
        .isEqualTo(
            List.of(
                new ReceiveStock(VASE, "return-r1", null, 3, null, null, NOW),
                new ReceiveStock(MUG, "return-r1", null, 1, null, null, NOW)));
    assertThat(heard(returned(items, false))).isEmpty();
  }

  private static List<? extends Command> heard(Event event) {
    return InventoryRoom.listening(() -> NOW).apply(event);
  }

  private static OrderReturned returned(List<Returned> items, boolean restock) {
    return new OrderReturned(
        order(1),
        BUYER,
        "r1",
        items,
        restock,
        ReturnReason.OTHER,
        PaymentId.of(order(1)),
        new Money(1, "USD"),
        false,
        NOW,
        NOW);
  }

  private static OrderLine line(ProductId product, long quantity) {
    return new OrderLine(product, product.value(), new Money(1000, "USD"), quantity);
  }
}
