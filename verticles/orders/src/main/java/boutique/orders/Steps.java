package boutique.orders;

import boutique.kernel.Bus;
import boutique.language.Live;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderFace;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;

/**
 * Lets the buyer watch the checkout. Only for the eye: what counts is in the order's stream, and a
 * step that is not heard is overtaken by the next one.
 */
record Steps(Bus bus, InstantSource clock) {
  static final String CART = "cart";
  static final String VOUCHERS = "vouchers";
  static final String STOCK = "stock";
  static final String ORDER = "order";
  private static final String TOPIC = "checkout.me";

  void begun(OrderFace order, String step) {
    tell(order, new JsonObject().put("type", "checkout.step").put("step", step));
  }

  void failed(OrderFace order, Refused because) {
    tell(order, new JsonObject().put("type", "checkout.failed").put("code", because.code()));
  }

  private void tell(OrderFace order, JsonObject what) {
    var json = what.put("id", order.order().value()).put("at", clock.instant().toString()).encode();
    bus.tell(new Live(order.buyer().value(), TOPIC, json));
  }
}
