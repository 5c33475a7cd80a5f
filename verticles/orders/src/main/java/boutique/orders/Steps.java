package boutique.orders;

import boutique.kernel.Bus;
import boutique.language.Live;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets the buyer watch the checkout. Only for the eye: what counts is in the order's stream, and a
 * step that is not heard is overtaken by the next one.
 */
final class Steps {
  static final String BEGUN = "begun";
  static final String CART = "cart";
  static final String VOUCHERS = "vouchers";
  static final String STOCK = "stock";
  static final String ORDER = "order";
  private static final String TOPIC = "checkout.me";

  private final Bus bus;
  private final InstantSource clock;
  private final Map<OrderId, String> current = new HashMap<>();

  Steps(Bus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  /** The step that an order is at. */
  String of(OrderId order) {
    return current.getOrDefault(order, BEGUN);
  }

  void over(OrderId order) {
    current.remove(order);
  }

  void begun(OrderFace order, String step) {
    current.put(order.order(), step);
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
