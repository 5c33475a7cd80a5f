package boutique.invariants;

import boutique.kernel.store.EventStore;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderId;
import java.util.HashSet;
import java.util.Set;

/** The orders that have come to nothing: whatever they had is given back. */
final class OrdersOver {
  private OrdersOver() {}

  static Set<OrderId> of(EventStore store) {
    var over = new HashSet<OrderId>();
    for (var fact : Facts.of(store, "orders")) {
      switch (fact.event()) {
        case OrderCancelled e -> over.add(e.order());
        case OrderCalledOff e -> over.add(e.order());
        case CheckoutFailed e -> over.add(e.order());
        default -> {}
      }
    }
    return over;
  }
}
