package boutique.inventory;

import boutique.language.orders.OrderId;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** The stock of one product. */
sealed interface Stock {

  /** Nobody has delivered it yet. */
  record Unknown() implements Stock {}

  /** On the books. The map shares its structure with its predecessors: a hot product holds many. */
  record Known(long received, long available, PMap<OrderId, Long> reserved) implements Stock {

    static Known opened(long quantity) {
      return new Known(quantity, quantity, HashTreePMap.empty());
    }

    Known reserve(OrderId order, long quantity) {
      return new Known(received, available - quantity, reserved.plus(order, quantity));
    }

    Known release(OrderId order, long quantity) {
      return new Known(received, available + quantity, reserved.minus(order));
    }
  }

  /** How a long stream's state is written down. */
  record Written(boolean known, long received, long available, Map<String, Long> reserved) {

    static Written of(Stock stock) {
      return switch (stock) {
        case Unknown _ -> new Written(false, 0, 0, Map.of());
        case Known(var received, var available, var reserved) -> {
          var byName = new HashMap<String, Long>();
          reserved.forEach((order, quantity) -> byName.put(order.value(), quantity));
          yield new Written(true, received, available, byName);
        }
      };
    }

    Stock stock() {
      if (!known) {
        return new Unknown();
      }
      var byOrder = new HashMap<OrderId, Long>();
      reserved.forEach((order, quantity) -> byOrder.put(new OrderId(order), quantity));
      return new Known(received, available, HashTreePMap.from(byOrder));
    }
  }
}
