package boutique.orders;

import static boutique.orders.Anna.ANNA;
import static boutique.orders.Anna.LATER;
import static boutique.orders.Anna.LINES;
import static boutique.orders.Anna.MUG;
import static boutique.orders.Anna.NOON;
import static boutique.orders.Anna.ORDER;
import static boutique.orders.Anna.PAYMENT;
import static boutique.orders.Anna.QUOTE;
import static boutique.orders.Anna.SHIPMENT;
import static boutique.orders.Anna.TOTAL;
import static boutique.orders.Anna.VASE;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.ConfirmOrder;
import boutique.language.orders.OrderCommand.DeliverOrder;
import boutique.language.orders.OrderCommand.ReturnItems;
import boutique.language.orders.OrderCommand.ShipOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderConfirmed;
import boutique.language.orders.OrderEvent.OrderDelivered;
import boutique.language.orders.OrderEvent.OrderRefundReversed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderEvent.OrderShipped;
import boutique.language.orders.ReturnReason;
import boutique.language.orders.Returned;
import boutique.language.orders.Shipment;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The goods of an order")
class FulfillingTest {
  private static final ConfirmOrder CONFIRM = new ConfirmOrder(ORDER, LATER);
  private static final ShipOrder SHIP = new ShipOrder(ORDER, SHIPMENT, LATER);
  private static final DeliverOrder DELIVER = new DeliverOrder(ORDER, LATER);

  @Test
  @DisplayName("are confirmed, shipped and delivered, in this order")
  void inOrder() {
    Anna.complete().when(CONFIRM).then(new OrderConfirmed(ORDER, ANNA, LATER, NOON));
    Anna.confirmed().when(SHIP).then(new OrderShipped(ORDER, ANNA, LINES, SHIPMENT, LATER, NOON));
    Anna.shipped().when(DELIVER).then(new OrderDelivered(ORDER, ANNA, LATER, NOON));
  }

  @Test
  @DisplayName("are where they are when that is said again")
  void again() {
    Anna.confirmed().when(CONFIRM).thenNothing();
    Anna.shipped().when(SHIP).thenNothing();
    Anna.delivered().when(DELIVER).thenNothing();
  }

  @Test
  @DisplayName("skip no stage, and go back to none")
  void noOtherWay() {
    for (var order :
        List.of(Anna.open(), Anna.paying(), Anna.held(), Anna.paid(), Anna.cancelled())) {
      order.when(CONFIRM).thenRefused("order.wrong-stage");
      order.when(SHIP).thenRefused("order.wrong-stage");
      order.when(DELIVER).thenRefused("order.wrong-stage");
      order.when(comeBack("r1")).thenRefused("order.wrong-stage");
    }
    Anna.complete().when(SHIP).thenRefused("order.wrong-stage");
    Anna.complete().when(DELIVER).thenRefused("order.wrong-stage");
    Anna.confirmed().when(DELIVER).thenRefused("order.wrong-stage");
    Anna.shipped().when(CONFIRM).thenRefused("order.wrong-stage");
    Anna.shipped().when(comeBack("r1")).thenRefused("order.wrong-stage");
    Anna.delivered().when(SHIP).thenRefused("order.wrong-stage");
  }

  @Test
  @DisplayName("are shipped once: another tracking number is another shipment")
  void shippedOnce() {
    Anna.shipped()
        .when(new ShipOrder(ORDER, new Shipment("DHL", "JD02"), LATER))
        .thenRefused("order.wrong-stage");
  }

  @Test
  @DisplayName("of whose money nothing is left are not sent, and of whose a part is left are")
  void nothingLeft() {
    var all = List.of(Anna.lost("dp_1", TOTAL, TOTAL));
    var part = new Money(3000, "USD");
    var some = List.of(Anna.lost("dp_1", part, part));

    Anna.complete().given(all).when(CONFIRM).thenRefused("order.nothing-left");
    Anna.confirmed().given(all).when(SHIP).thenRefused("order.nothing-left");
    Anna.shipped().given(all).when(DELIVER).then(new OrderDelivered(ORDER, ANNA, LATER, NOON));
    Anna.complete().given(some).when(CONFIRM).then(new OrderConfirmed(ORDER, ANNA, LATER, NOON));
    Anna.confirmed()
        .given(some)
        .when(SHIP)
        .then(new OrderShipped(ORDER, ANNA, LINES, SHIPMENT, LATER, NOON));
    Anna.confirmed().given(List.of(Anna.calledOff())).when(SHIP).thenRefused("order.wrong-stage");
  }

  @Test
  @DisplayName("come back in parts, whose refunds are together what was paid, to the cent")
  void partsAddUp() {
    var first = back("r1", true, false, paidFor(VASE, 1), new Returned(VASE, 1));
    var second =
        back("r2", true, false, paidFor(VASE, 3).minus(paidFor(VASE, 1)), new Returned(VASE, 2));
    var third = back("r3", true, true, paidFor(MUG, 1), new Returned(MUG, 1));

    Anna.delivered().when(comeBack("r1", new Returned(VASE, 1))).then(first);
    Anna.delivered().given(List.of(first)).when(comeBack("r2", new Returned(VASE, 2))).then(second);
    Anna.delivered().given(List.of(first, second)).when(comeBack("r3")).then(third);
    assertThat(
            ((OrderReturned) first)
                .refund()
                .plus(((OrderReturned) second).refund())
                .plus(((OrderReturned) third).refund()))
        .isEqualTo(TOTAL);
  }

  @Test
  @DisplayName("come back whole when nobody says which")
  void whole() {
    Anna.delivered()
        .when(comeBack("r1"))
        .then(back("r1", true, true, TOTAL, new Returned(VASE, 3), new Returned(MUG, 1)));
  }

  @Test
  @DisplayName("say what was paid for them, whatever has gone back already, or failed, or is lost")
  void otherMoney() {
    var one = paidFor(VASE, 1);
    var first = back("r1", true, false, one, new Returned(VASE, 1));
    var second = back("r2", true, false, paidFor(VASE, 2).minus(one), new Returned(VASE, 1));
    var nothing = new Money(0, "USD");
    var bounced =
        List.of(
            first,
            refunded("r1", one, one),
            new OrderRefundReversed(ORDER, ANNA, PAYMENT, "r1", one, nothing, LATER, NOON),
            refunded("by-hand", one, one));
    var lost = List.of(first, Anna.lost("dp_1", TOTAL, TOTAL));

    for (var before : List.of(List.of(first), bounced, lost)) {
      Anna.delivered().given(before).when(comeBack("r2", new Returned(VASE, 1))).then(second);
    }
  }

  @Test
  @DisplayName("come back once under one name")
  void once() {
    var back = back("r1", true, false, paidFor(VASE, 1), new Returned(VASE, 1));
    var whole = back("r2", true, true, TOTAL, new Returned(VASE, 3), new Returned(MUG, 1));

    Anna.delivered().given(List.of(back)).when(comeBack("r1", new Returned(VASE, 1))).thenNothing();
    Anna.delivered().given(List.of(whole)).when(comeBack("r2")).thenNothing();
    Anna.delivered().given(List.of(whole)).when(comeBack("r3")).thenRefused("order.wrong-stage");
  }

  @Test
  @DisplayName("do not come back in greater number than the buyer has")
  void notMore() {
    var back = back("r1", true, false, paidFor(VASE, 2), new Returned(VASE, 2));

    Anna.delivered()
        .given(List.of(back))
        .when(comeBack("r2", new Returned(VASE, 2)))
        .thenRefused("return.too-many");
    Anna.delivered()
        .when(comeBack("r1", new Returned(MUG, 1), new Returned(MUG, 1)))
        .thenRefused("return.too-many");
  }

  private static Money paidFor(ProductId product, long quantity) {
    var line =
        QUOTE.lines().stream()
            .filter(one -> one.product().equals(product))
            .findFirst()
            .orElseThrow();
    return new Money(line.total().minor() * quantity / line.quantity(), "USD");
  }

  private static OrderEvent refunded(String refund, Money amount, Money inAll) {
    return new OrderRefunded(ORDER, ANNA, PAYMENT, refund, amount, inAll, List.of(), LATER, NOON);
  }

  private static OrderCommand comeBack(String request, Returned... items) {
    return new ReturnItems(ORDER, request, List.of(items), true, ReturnReason.DAMAGED, LATER);
  }

  private static OrderEvent back(
      String request, boolean restock, boolean whole, Money refund, Returned... items) {
    return new OrderReturned(
        ORDER,
        ANNA,
        request,
        List.of(items),
        restock,
        ReturnReason.DAMAGED,
        PAYMENT,
        refund,
        whole,
        LATER,
        NOON);
  }
}
