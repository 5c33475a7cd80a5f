package boutique.orders;

import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.language.orders.OrderEvent;
import java.util.Map;

/** Why something cannot be done with an order. */
final class Refusals {
  private Refusals() {}

  static Decision<OrderEvent> unknown() {
    return refuse("order.not-found", "There is no such order.");
  }

  static Decision<OrderEvent> otherOrder() {
    return refuse(
        "idempotency.mismatch", "This idempotency key was used for another order already.");
  }

  static Decision<OrderEvent> notPayable(String why) {
    return refuse("order.not-payable", why);
  }

  static Decision<OrderEvent> cancelled() {
    return refuse("order.cancelled", "The order has been cancelled meanwhile.");
  }

  static Decision<OrderEvent> paid() {
    return refuse("order.paid", "The order is paid: what is not wanted can be returned.");
  }

  static Decision<OrderEvent> nothingLeft() {
    return refuse(
        "order.nothing-left",
        "Nothing is left of its money: the buyer has it back, from us or from their bank. The order"
            + " can be called off.");
  }

  /** It is not that far yet, or further already. */
  static Decision<OrderEvent> tooEarlyOrLate(String now, String wanted) {
    return refuse(
        "order.wrong-stage",
        "This can be done with an order that is " + wanted + "; this one is " + now + ".",
        Map.of("stage", now, "wanted", wanted));
  }
}
