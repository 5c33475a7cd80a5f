package boutique.inventory;

import boutique.inventory.Stock.Known;
import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.StockPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether so few are left that somebody should know: told once for each time that it is crossed.
 */
final class Threshold {
  private Threshold() {}

  /** Accepts what happens, and tells when the threshold is crossed by it. */
  static Decision<InventoryEvent> accept(Known known, Instant at, List<InventoryEvent> events) {
    return accept(known, known.threshold(), known.policy(), at, events);
  }

  static Decision<InventoryEvent> accept(Known known, Instant at, InventoryEvent event) {
    return accept(known, at, List.of(event));
  }

  /** The same, when the threshold or the policy is part of what happens. */
  static Decision<InventoryEvent> accept(
      Known known, long threshold, StockPolicy policy, Instant at, List<InventoryEvent> events) {
    if (events.isEmpty()) {
      return Decision.accept();
    }
    var last = events.getLast();
    var low = threshold > 0 && policy != StockPolicy.NONE && last.available() <= threshold;
    if (low == known.low()) {
      return new Accepted<>(events);
    }
    var told = new ArrayList<>(events);
    told.add(
        low
            ? new StockLow(last.product(), known.seller(), threshold, last.available(), at)
            : new StockRecovered(last.product(), known.seller(), threshold, last.available(), at));
    return new Accepted<>(told);
  }
}
