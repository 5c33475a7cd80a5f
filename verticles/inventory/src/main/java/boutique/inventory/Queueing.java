package boutique.inventory;

import static boutique.kernel.Decision.accept;

import boutique.inventory.Stock.Known;
import boutique.kernel.Decision;
import boutique.language.inventory.InventoryCommand.CloseSale;
import boutique.language.inventory.InventoryCommand.JoinLine;
import boutique.language.inventory.InventoryCommand.LeaveLine;
import boutique.language.inventory.InventoryCommand.OpenSale;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.SaleOpened;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a flash sale. Tickets are given out in the order in which they are asked for, and
 * are served in that order: as long as something is left nobody waits, and whoever is next gets
 * what they want, or what there is.
 */
final class Queueing {
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  private Queueing() {}

  static Decision<InventoryEvent> open(Known known, OpenSale c) {
    var sale = known.sale();
    if (sale != null) {
      return sale.perCustomer() == c.perCustomer() && sale.window().equals(c.window())
          ? accept()
          : Refusals.saleRuns();
    }
    if (c.perCustomer() < 1
        || c.perCustomer() > Books.MOST
        || !c.window().isPositive()
        || c.window().compareTo(LONGEST_WINDOW) > 0) {
      return Refusals.quantity();
    }
    return known.policy().keeps()
        ? accept(
            new SaleOpened(c.product(), c.perCustomer(), c.window(), known.available(), c.at()))
        : Refusals.saleKeepsNothing();
  }

  static Decision<InventoryEvent> close(Known known, CloseSale c) {
    return known.sale() == null
        ? accept()
        : accept(new SaleClosed(c.product(), known.available(), c.at()));
  }

  /** Who waits or is admitted already has joined. */
  static Decision<InventoryEvent> join(Known known, JoinLine c) {
    var sale = known.sale();
    var shopper = c.shopper().value();
    if (sale == null) {
      return Refusals.noSale();
    }
    if (sale.waiting().containsKey(shopper) || known.carts().containsKey(shopper)) {
      return accept();
    }
    if (c.quantity() < 1) {
      return Refusals.quantity();
    }
    if (c.quantity() > sale.remaining(shopper)) {
      return Refusals.saleCap(sale.perCustomer(), sale.remaining(shopper));
    }
    if (known.isSoldOut()) {
      return Refusals.insufficient(c.product(), 0);
    }
    if (sale.isFull()) {
      return Refusals.lineFull();
    }
    return accept(
        new TicketTaken(
            c.product(), c.shopper(), sale.tickets() + 1, c.quantity(), known.available(), c.at()));
  }

  static Decision<InventoryEvent> leave(Known known, LeaveLine c) {
    var sale = known.sale();
    var shopper = c.shopper().value();
    var ticket = sale == null ? null : sale.waiting().get(shopper);
    if (ticket != null) {
      return accept(new LineLeft(c.product(), c.shopper(), ticket, known.available(), c.at()));
    }
    var hold = sale == null ? null : known.carts().get(shopper);
    return hold == null
        ? accept()
        : accept(
            new HoldEnded(
                c.product(),
                shopper,
                hold.quantity(),
                known.available() + hold.quantity(),
                hold.until(),
                c.at()));
  }

  /** Whose turn it is once something else has happened. */
  static List<InventoryEvent> admissions(Known known, InventoryEvent last, Instant at) {
    var sale = known.sale();
    if (sale == null || known.available() == 0) {
      return List.of();
    }
    var free = new Holding.Free(known, last.product(), at);
    var until = at.plus(sale.window());
    var admitted = new ArrayList<InventoryEvent>();
    for (var next : sale.line().entrySet()) {
      if (free.available() == 0) {
        break;
      }
      var from = free.take(next.getValue().quantity());
      admitted.add(
          new ShopperAdmitted(
              last.product(),
              new UserId(next.getValue().shopper()),
              next.getKey(),
              from,
              free.available(),
              until,
              at));
    }
    return admitted;
  }
}
