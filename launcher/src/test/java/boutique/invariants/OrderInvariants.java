package boutique.invariants;

import static java.util.Map.entry;

import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderChanged;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every checkout ends once, every order goes only where it may go, and what is asked for it is what
 * it costs (I4, I6, I9, I19, I20).
 */
public final class OrderInvariants {
  private static final String BEGINNING = "";

  /** What may follow what; what is not here says nothing of the stage. */
  private static final Map<String, Set<String>> NEXT =
      Map.ofEntries(
          entry(BEGINNING, Set.of("checkout.started")),
          entry("checkout.started", Set.of("checkout.failed", "order.created")),
          entry("checkout.failed", Set.of()),
          entry("order.created", Set.of("order.cancelled", "order.paid")),
          entry("order.paid", Set.of("order.completed", "order.cancelled")),
          entry("order.completed", Set.of("order.confirmed", "order.called-off")),
          entry("order.confirmed", Set.of("order.shipped", "order.called-off")),
          entry("order.shipped", Set.of("order.delivered")),
          entry("order.delivered", Set.of()),
          entry("order.cancelled", Set.of()),
          entry("order.called-off", Set.of()));

  private static final Set<String> UNFINISHED = Set.of("checkout.started", "order.paid");

  private OrderInvariants() {}

  /** What is broken in a shop that has come to rest; nothing, when all is well. */
  public static List<String> violations(EventStore store) {
    var violations = new ArrayList<String>();
    var stages = stages(store, violations);
    stages.forEach((order, stage) -> {
      if (UNFINISHED.contains(stage)) {
        violations.add("%s was left at %s".formatted(order, stage));
      }
    });
    return violations;
  }

  private static Map<OrderId, String> stages(EventStore store, List<String> violations) {
    var stages = new HashMap<OrderId, String>();
    var versions = new HashMap<OrderId, Long>();
    var totals = new HashMap<OrderId, Long>();
    var owed = new HashSet<OrderId>();
    for (Recorded recorded : Facts.of(store, "orders")) {
      var event = (OrderEvent) recorded.event();
      var order = event.order();
      if (recorded.version() != versions.merge(order, 1L, Long::sum)) {
        violations.add("%s is not in its place".formatted(recorded.id()));
      }
      if (NEXT.containsKey(recorded.type())) {
        var before = stages.put(order, recorded.type());
        if (!NEXT.getOrDefault(before == null ? BEGINNING : before, Set.of())
            .contains(recorded.type())) {
          violations.add("%s: %s after %s".formatted(recorded.id(), recorded.type(), before));
        }
      }
      switch (event) {
        case OrderCreated e -> {
          totals.put(order, e.total().minor());
          var sum = e.quote().lines().stream().mapToLong(line -> line.total().minor()).sum();
          if (sum != e.total().minor()) {
            violations.add(
                "%s costs %d, and its lines %d".formatted(order, e.total().minor(), sum));
          }
        }
        case OrderChanged e -> totals.put(order, e.quote().total().minor());
        case OrderPaid e when totals.getOrDefault(order, -1L) != e.amount().minor() ->
            violations.add("%s was paid with another amount".formatted(order));
        case OrderRefundOwed _ when !owed.add(order) ->
            violations.add("%s owes its money twice".formatted(order));
        default -> {}
      }
    }
    return stages;
  }
}
