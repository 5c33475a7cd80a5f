package boutique.invariants;

import boutique.kernel.store.EventStore;
import boutique.language.numbers.NumberEvent.NumberGiven;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderNumbered;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Every order bears one number, its place in the register of its year, and none is left out. */
public final class NumberInvariants {
  private NumberInvariants() {}

  /** What is broken in a shop that has come to rest; nothing, when all is well. */
  public static List<String> violations(EventStore store) {
    var violations = new ArrayList<String>();
    var given = new HashMap<OrderId, OrderNumber>();
    for (var recorded : Facts.of(store, "numbers")) {
      var event = (NumberGiven) recorded.event();
      var place = OrderNumber.of(Integer.parseInt(recorded.stream().key()), recorded.version());
      if (!event.number().equals(place)) {
        violations.add("%s is not %s".formatted(recorded.id(), event.number()));
      }
      if (given.put(event.order(), event.number()) != null) {
        violations.add("%s is in the register twice".formatted(event.order()));
      }
    }
    var created = new HashSet<OrderId>();
    var borne = new HashMap<OrderId, OrderNumber>();
    for (var recorded : Facts.of(store, "orders")) {
      switch (recorded.event()) {
        case OrderCreated e -> created.add(e.order());
        case OrderNumbered e when borne.put(e.order(), e.number()) != null ->
            violations.add("%s was numbered twice".formatted(e.order()));
        default -> {}
      }
    }
    if (!borne.keySet().equals(created)) {
      violations.add("%d orders bear a number, of %d".formatted(borne.size(), created.size()));
    }
    if (!borne.equals(given)) {
      violations.add("what orders bear is not what the register says");
    }
    return violations;
  }
}
