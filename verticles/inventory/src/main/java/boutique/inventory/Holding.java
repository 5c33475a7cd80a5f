package boutique.inventory;

import static boutique.kernel.Decision.accept;

import boutique.inventory.Stock.Known;
import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.LapseHold;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.StockPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of what is kept for carts. Nothing is refused here: a cart holds what there is. */
final class Holding {
  private Holding() {}

  /** How many a cart holds. */
  static long of(Known known, @Nullable String cart) {
    var hold = cart == null ? null : known.carts().get(cart);
    return hold == null ? 0 : hold.quantity();
  }

  /** In a flash sale it is kept for those whose turn it is, whatever they put into their carts. */
  static Decision<InventoryEvent> hold(Known known, HoldStock c) {
    if (known.sale() != null) {
      return accept();
    }
    var held = of(known, c.cart());
    var wanted = wanted(known, c, held);
    var before = known.carts().get(c.cart());
    if (before == null ? wanted == 0 : wanted == held && c.until().equals(before.until())) {
      return accept();
    }
    var free = new Free(known, c.product(), c.at());
    free.end(c.cart());
    free.hold(c.cart(), wanted, c.until());
    return new Accepted<>(free.events());
  }

  private static long wanted(Known known, HoldStock c, long held) {
    return known.policy() == StockPolicy.RESERVE_ON_CART && c.until().isAfter(c.at())
        ? Math.max(0, Math.min(c.quantity(), known.available() + held))
        : 0;
  }

  static Decision<InventoryEvent> lapse(Known known, LapseHold c) {
    var hold = known.carts().get(c.cart());
    if (hold == null || c.at().isBefore(hold.until())) {
      return accept();
    }
    var free = new Free(known, c.product(), c.at());
    free.end(c.cart());
    return new Accepted<>(free.events());
  }

  /** What is free while several things happen one after the other, in one decision. */
  static final class Free {
    private final Known known;
    private final ProductId product;
    private final Instant at;
    private final List<InventoryEvent> events = new ArrayList<>(1);
    private Shelves shelves;
    private long available;

    Free(Known known, ProductId product, Instant at) {
      this.known = known;
      this.product = product;
      this.at = at;
      this.shelves = known.shelves();
      this.available = known.available();
    }

    /** A hold that has just ended. */
    record Was(String cart, long quantity, Instant until) {}

    /** Ends the hold of a cart, if it has one. */
    @Nullable Was end(@Nullable String cart) {
      var hold = cart == null ? null : known.carts().get(cart);
      if (cart == null || hold == null) {
        return null;
      }
      var was = new Was(cart, hold.quantity(), hold.until());
      shelves = shelves.plus(hold.from());
      available += was.quantity();
      events.add(new HoldEnded(product, cart, was.quantity(), available, was.until(), at));
      return was;
    }

    void hold(String cart, long quantity, Instant until) {
      if (quantity > 0) {
        var from = take(quantity);
        events.add(new StockHeld(product, cart, from, available, until, at));
      }
    }

    /** Takes so many, or what there is. */
    Map<String, Long> take(long quantity) {
      var from = shelves.choose(quantity);
      available -= Shelves.sum(from);
      shelves = shelves.minus(from);
      return from;
    }

    void putBack(Map<String, Long> from) {
      shelves = shelves.plus(from);
      available += Shelves.sum(from);
    }

    void add(InventoryEvent event) {
      events.add(event);
    }

    long available() {
      return available;
    }

    List<InventoryEvent> events() {
      return events;
    }
  }
}
