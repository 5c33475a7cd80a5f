package boutique.invariants;

import boutique.inventory.Ledger;
import boutique.kernel.store.EventStore;
import boutique.language.inventory.InventoryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of every product balance at every event, nothing is oversold, what is kept for an order
 * ends once, and nothing is kept for an order that is over.
 */
public final class StockInvariants {
  private StockInvariants() {}

  /** What is broken; nothing, when all is well. */
  public static List<String> violations(EventStore store) {
    var violations = new ArrayList<String>();
    var over = OrdersOver.of(store);
    ledgers(store)
        .forEach((product, ledger) -> {
          violations.addAll(ledger.violations());
          ledger.keptFor().stream()
              .filter(over::contains)
              .map(order -> "%s is over and keeps some of %s".formatted(order, product))
              .forEach(violations::add);
        });
    return violations;
  }

  /** Each product's stream, read by an auditor. */
  public static Map<String, Ledger> ledgers(EventStore store) {
    var ledgers = new TreeMap<String, Ledger>();
    for (var recorded : Facts.of(store, "inventory")) {
      var event = (InventoryEvent) recorded.event();
      ledgers.computeIfAbsent(product(event), _ -> new Ledger()).hear(event);
    }
    return ledgers;
  }

  private static String product(InventoryEvent event) {
    return event.product().value();
  }
}
