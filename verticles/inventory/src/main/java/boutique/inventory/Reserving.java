package boutique.inventory;

import static boutique.kernel.Decision.accept;

import boutique.inventory.Ended.How;
import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Reservation;
import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.ChangeReservation;
import boutique.language.inventory.InventoryCommand.KeepStock;
import boutique.language.inventory.InventoryCommand.LapseReservation;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryCommand.ShipStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.ReservationChanged;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockKept;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockSent;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.StockPolicy;
import boutique.language.orders.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The rules of what is kept for orders. An order's reservation begins once and ends once: given
 * back, lapsed, or sold. Whatever comes again, or too late, finds it ended.
 */
final class Reserving {
  private Reserving() {}

  static Decision<InventoryEvent> reserve(Known known, ReserveStock c) {
    var kept = known.orders().get(c.order());
    if (kept != null) {
      return kept.quantity() == c.quantity() ? accept() : Refusals.differs(kept.quantity());
    }
    if (known.ended().of(c.order()) != null || known.ended().mayHaveForgotten(c.at())) {
      return Refusals.ended();
    }
    if (c.quantity() < 1 || c.quantity() > Books.MOST) {
      return Refusals.quantity();
    }
    var sale = known.sale();
    if (sale != null) {
      return inLine(known, sale, c);
    }
    return switch (known.policy()) {
      case NONE -> accept();
      case DEDUCT_ON_PAYMENT ->
          known.available() < c.quantity()
              ? Refusals.insufficient(c.product(), known.available())
              : accept();
      case TRACK_ONLY -> keep(known, c);
      case RESERVE_ON_CART, RESERVE_ON_ORDER -> {
        var reachable = known.available() + Holding.of(known, c.cart());
        yield reachable < c.quantity()
            ? Refusals.insufficient(c.product(), reachable)
            : keep(known, c);
      }
    };
  }

  /** What a cart held before the sale began is still kept for it, but nobody gets more than all. */
  private static Decision<InventoryEvent> inLine(Known known, Sale sale, ReserveStock c) {
    var cart = c.cart();
    if (cart == null || Holding.of(known, cart) < c.quantity()) {
      return Refusals.line();
    }
    return c.quantity() > sale.remaining(cart)
        ? Refusals.saleCap(sale.perCustomer(), sale.remaining(cart))
        : keep(known, c);
  }

  /** What the order's own cart held comes first; the rest of that stays with the cart. */
  private static Decision<InventoryEvent> keep(Known known, ReserveStock c) {
    var free = new Holding.Free(known, c.product(), c.at());
    var before = free.end(c.cart());
    var from = free.take(c.quantity());
    free.add(
        new StockReserved(
            c.product(),
            c.order(),
            before == null ? null : before.cart(),
            c.quantity(),
            from,
            free.available(),
            c.until(),
            c.at()));
    if (before != null && before.quantity() > c.quantity()) {
      free.hold(before.cart(), before.quantity() - c.quantity(), before.until());
    }
    return new Accepted<>(free.events());
  }

  /** As many as wanted, or as many as before: nobody else gets any of it in between. */
  static Decision<InventoryEvent> change(Known known, ChangeReservation c) {
    var kept = known.orders().get(c.order());
    if (kept == null) {
      return c.quantity() == 0
          ? accept()
          : reserve(
              known,
              new ReserveStock(c.product(), c.order(), c.quantity(), c.cart(), c.until(), c.at()));
    }
    if (kept.paid()) {
      return Refusals.differs(kept.quantity());
    }
    if (c.quantity() == 0) {
      return release(known, new ReleaseStock(c.product(), c.order(), c.at()));
    }
    return kept.quantity() == c.quantity() ? accept() : change(known, kept, c);
  }

  private static Decision<InventoryEvent> change(
      Known known, Reservation kept, ChangeReservation c) {
    var more = c.quantity() - kept.quantity();
    var held = more > 0 ? Holding.of(known, c.cart()) : 0;
    var reachable = known.available() + kept.tracked() + held;
    if (c.quantity() < 0 || c.quantity() > Books.MOST) {
      return Refusals.quantity();
    }
    if (known.sale() != null && more > 0) {
      return Refusals.line();
    }
    if (known.policy().limits() && reachable < c.quantity()) {
      return Refusals.insufficient(c.product(), reachable);
    }
    var free = new Holding.Free(known, c.product(), c.at());
    var before = held > 0 ? free.end(c.cart()) : null;
    free.putBack(kept.from());
    var from = free.take(c.quantity());
    free.add(
        new ReservationChanged(
            c.product(), c.order(), c.quantity(), from, free.available(), c.at()));
    if (before != null && before.quantity() > more) {
      free.hold(before.cart(), before.quantity() - more, before.until());
    }
    return new Accepted<>(free.events());
  }

  static Decision<InventoryEvent> release(Known known, ReleaseStock c) {
    var kept = known.orders().get(c.order());
    if (kept == null) {
      return accept();
    }
    if (c.quantity() != null && c.quantity() != kept.quantity()) {
      return Refusals.differs(kept.quantity());
    }
    return accept(
        new StockReleased(
            c.product(),
            c.order(),
            kept.quantity(),
            known.available() + kept.tracked(),
            kept.until(),
            c.at()));
  }

  static Decision<InventoryEvent> allocate(Known known, AllocateStock c) {
    var kept = known.orders().get(c.order());
    if (kept == null) {
      return allocateUnreserved(known, c);
    }
    if (kept.quantity() != c.quantity()) {
      return Refusals.differs(kept.quantity());
    }
    return kept.paid() ? accept() : accept(paidFor(known, kept, c.product(), c.order(), c.at()));
  }

  private static StockAllocated paidFor(
      Known known, Reservation kept, ProductId product, OrderId order, Instant at) {
    return new StockAllocated(
        product, order, kept.quantity(), kept.from(), known.available(), kept.until(), at);
  }

  /** It was not to be reserved, or has lapsed: then it takes what is there, if that is enough. */
  private static Decision<InventoryEvent> allocateUnreserved(Known known, AllocateStock c) {
    var how = known.ended().of(c.order());
    if (how == How.SOLD) {
      return accept();
    }
    if (how == How.RELEASED || (how == null && known.ended().mayHaveForgotten(c.placedAt()))) {
      return Refusals.ended();
    }
    if (c.quantity() < 1 || c.quantity() > Books.MOST) {
      return Refusals.quantity();
    }
    return switch (known.policy()) {
      case NONE -> accept();
      case TRACK_ONLY -> take(known, c);
      case RESERVE_ON_CART, RESERVE_ON_ORDER, DEDUCT_ON_PAYMENT ->
          known.available() < c.quantity()
              ? Refusals.insufficient(c.product(), known.available())
              : take(known, c);
    };
  }

  private static Decision<InventoryEvent> take(Known known, AllocateStock c) {
    var free = new Holding.Free(known, c.product(), c.at());
    var from = free.take(c.quantity());
    return accept(
        new StockAllocated(
            c.product(), c.order(), c.quantity(), from, free.available(), null, c.at()));
  }

  /** Nothing here can be refused: the goods are on their way, and what follows waits for it. */
  static Decision<InventoryEvent> ship(Known known, ShipStock c) {
    var kept = known.orders().get(c.order());
    if (kept == null) {
      return shipUnkept(known, c);
    }
    var sold = new StockSold(c.product(), c.order(), kept.quantity(), known.available(), c.at());
    return kept.paid()
        ? accept(sold)
        : new Accepted<>(List.of(paidFor(known, kept, c.product(), c.order(), c.at()), sold));
  }

  /** What was given back by hand, and is sent all the same, is no more to be had by others. */
  private static Decision<InventoryEvent> shipUnkept(Known known, ShipStock c) {
    var how = known.ended().of(c.order());
    if (how == null || how == How.SOLD || known.policy() == StockPolicy.NONE) {
      return accept();
    }
    var free = new Holding.Free(known, c.product(), c.at());
    var there = Math.min(c.quantity(), known.available());
    var from = there > 0 ? free.take(there) : Map.<String, Long>of();
    return accept(
        new StockSent(c.product(), c.order(), c.quantity(), from, free.available(), c.at()));
  }

  /** From then on the order itself says when it is over, and only that. */
  static Decision<InventoryEvent> keep(Known known, KeepStock c) {
    var kept = known.orders().get(c.order());
    return kept == null || kept.until() == null
        ? accept()
        : accept(new StockKept(c.product(), c.order(), known.available(), kept.until(), c.at()));
  }

  static Decision<InventoryEvent> lapse(Known known, LapseReservation c) {
    var kept = known.orders().get(c.order());
    if (kept == null || kept.until() == null || c.at().isBefore(kept.until())) {
      return accept();
    }
    return accept(
        new StockLapsed(
            c.product(),
            c.order(),
            kept.quantity(),
            known.available() + kept.tracked(),
            kept.until(),
            c.at()));
  }
}
