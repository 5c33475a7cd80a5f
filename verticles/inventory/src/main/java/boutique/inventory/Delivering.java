package boutique.inventory;

import static boutique.kernel.Decision.accept;

import boutique.inventory.Stock.Known;
import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.inventory.InventoryCommand.AdjustStock;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.InventoryCommand.SetThreshold;
import boutique.language.inventory.InventoryCommand.WriteOffStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.StockAdjusted;
import boutique.language.inventory.InventoryEvent.StockReceived;
import boutique.language.inventory.InventoryEvent.StockWrittenOff;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of what comes in, what is found to be wrong, and what is thrown away. */
final class Delivering {
  private Delivering() {}

  static Decision<InventoryEvent> receive(Known known, ReceiveStock c) {
    var location = place(known, c.location());
    var threshold = c.threshold() == null ? known.threshold() : c.threshold();
    if (known.changes().contains(c.delivery())) {
      return accept();
    }
    if (c.quantity() < 0 || threshold < 0 || threshold > Books.MOST) {
      return Refusals.quantity();
    }
    if (c.quantity() > Books.MOST - known.books().received()) {
      return Refusals.tooMuch();
    }
    if (!known.shelves().knows(location) && known.shelves().full()) {
      return Refusals.tooManyLocations();
    }
    var policy = c.policy() == null ? known.policy() : c.policy();
    if (known.sale() != null && !policy.keeps()) {
      return Refusals.saleRuns();
    }
    var after = known.available() + c.quantity();
    var events = new ArrayList<InventoryEvent>();
    if (c.quantity() > 0) {
      events.add(
          new StockReceived(c.product(), c.delivery(), location, c.quantity(), after, c.at()));
    }
    if (policy != known.policy()) {
      events.add(new PolicySet(c.product(), policy, after, c.at()));
    }
    if (threshold != known.threshold()) {
      events.add(new ThresholdSet(c.product(), threshold, after, c.at()));
    }
    return new Accepted<>(events);
  }

  static Decision<InventoryEvent> adjust(Known known, AdjustStock c) {
    if (known.changes().contains(c.change())) {
      return accept();
    }
    if (c.quantity() < 0) {
      return Refusals.quantity();
    }
    var location = c.location();
    var counted = location == null ? known.available() : known.shelves().at(location);
    if (c.quantity() > counted && c.quantity() - counted > Books.MOST - known.books().received()) {
      return Refusals.tooMuch();
    }
    var more = c.quantity() - counted;
    if (more == 0) {
      return accept();
    }
    if (location != null && !known.shelves().knows(location) && known.shelves().full()) {
      return Refusals.tooManyLocations();
    }
    var by = location == null ? spread(known, more) : Map.of(location, more);
    return accept(
        new StockAdjusted(
            c.product(), c.change(), by, c.because(), known.available() + more, c.at()));
  }

  static Decision<InventoryEvent> writeOff(Known known, WriteOffStock c) {
    if (known.changes().contains(c.change())) {
      return accept();
    }
    if (c.quantity() < 1) {
      return Refusals.quantity();
    }
    var location = c.location();
    var there = location == null ? known.available() : known.shelves().at(location);
    if (there < c.quantity()) {
      return Refusals.insufficient(c.product(), there);
    }
    var from =
        location == null ? known.shelves().choose(c.quantity()) : Map.of(location, c.quantity());
    return accept(
        new StockWrittenOff(
            c.product(), c.change(), from, c.because(), known.available() - c.quantity(), c.at()));
  }

  static Decision<InventoryEvent> threshold(Known known, SetThreshold c) {
    if (c.threshold() < 0 || c.threshold() > Books.MOST) {
      return Refusals.quantity();
    }
    return c.threshold() == known.threshold()
        ? accept()
        : accept(new ThresholdSet(c.product(), c.threshold(), known.available(), c.at()));
  }

  static Decision<InventoryEvent> policy(Known known, SetPolicy c) {
    if (c.policy() == known.policy()) {
      return accept();
    }
    return known.sale() == null || c.policy().keeps()
        ? accept(new PolicySet(c.product(), c.policy(), known.available(), c.at()))
        : Refusals.saleRuns();
  }

  private static String place(Known known, @Nullable String location) {
    return location == null ? known.shelves().first() : location;
  }

  /** More come to the first location; fewer are taken as an order would take them. */
  private static Map<String, Long> spread(Known known, long more) {
    if (more > 0) {
      return Map.of(known.shelves().first(), more);
    }
    var fewer = new HashMap<String, Long>();
    known.shelves().choose(-more).forEach((location, many) -> fewer.put(location, -many));
    return fewer;
  }
}
