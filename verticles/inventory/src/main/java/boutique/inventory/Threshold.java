package boutique.inventory;

import boutique.inventory.Stock.Known;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.StockPolicy;
import java.time.Instant;
import java.util.List;

/**
 * Whether so few are left that somebody should know: told once for each time that it is crossed.
 */
final class Threshold {
  private Threshold() {}

  /** What is to be told when all this happens. */
  static List<InventoryEvent> crossed(Known known, List<InventoryEvent> events, Instant at) {
    var threshold = known.threshold();
    var policy = known.policy();
    for (var event : events) {
      if (event instanceof ThresholdSet set) {
        threshold = set.threshold();
      } else if (event instanceof PolicySet set) {
        policy = set.policy();
      }
    }
    var last = events.getLast();
    var low = threshold > 0 && policy != StockPolicy.NONE && last.available() <= threshold;
    if (low == known.low()) {
      return List.of();
    }
    return List.of(
        low
            ? new StockLow(last.product(), known.seller(), threshold, last.available(), at)
            : new StockRecovered(last.product(), known.seller(), threshold, last.available(), at));
  }
}
