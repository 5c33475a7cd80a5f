package boutique.inventory;

import boutique.language.inventory.AuditFace;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.SaleOpened;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The auditor's eye on the line of a flash sale. Tickets are counted without a gap; whoever is
 * admitted has the lowest ticket of those who wait; nobody orders who was not admitted, nor gets
 * more than anybody may have; and nobody waits while something is left.
 */
final class LineLedger {
  private final Consumer<String> violations;
  private final TreeMap<Long, String> line = new TreeMap<>();
  private final Set<String> waiting = new HashSet<>();
  private final Map<String, Long> bought = new HashMap<>();
  private final Map<OrderId, StockReserved> orders = new HashMap<>();
  private @Nullable InventoryEvent before;
  private boolean open;
  private long perCustomer;
  private long last;
  private long tickets;
  private long admitted;
  private long left;

  LineLedger(Consumer<String> violations) {
    this.violations = violations;
  }

  void hear(InventoryEvent event) {
    switch (event) {
      case SaleOpened e -> {
        expect(!open, "opened twice", e);
        forget();
        open = true;
        perCustomer = e.perCustomer();
      }
      case SaleClosed e -> {
        expect(open, "closed without being open", e);
        left += line.size();
        forget();
      }
      case TicketTaken e -> {
        expect(open && e.ticket() == last + 1, "a ticket out of turn", e);
        expect(waiting.add(e.shopper().value()), "waits twice", e);
        line.put(e.ticket(), e.shopper().value());
        last = e.ticket();
        tickets++;
      }
      case LineLeft e -> {
        expect(leaves(e.ticket(), e.shopper()), "left without having waited", e);
        left++;
      }
      case ShopperAdmitted e -> admit(e);
      case StockReserved e when open -> order(e);
      case StockReleased e -> giveBack(e.order());
      case StockLapsed e -> giveBack(e.order());
      default -> {} // changes nobody's place
    }
    before = event;
  }

  /** Between two decisions. */
  void pause(long available) {
    if (!line.isEmpty() && available > 0) {
      violations.accept("%s waits while %d are left".formatted(line.firstEntry(), available));
    }
  }

  AuditFace.Line face() {
    return new AuditFace.Line(tickets, admitted, left, line.size());
  }

  private boolean leaves(long ticket, UserId shopper) {
    waiting.remove(shopper.value());
    return line.remove(ticket, shopper.value());
  }

  private void admit(ShopperAdmitted e) {
    expect(!line.isEmpty() && line.firstKey() == e.ticket(), "admitted out of turn", e);
    expect(leaves(e.ticket(), e.shopper()), "admitted without a ticket", e);
    var having = bought.getOrDefault(e.shopper().value(), 0L) + Shelves.sum(e.from());
    expect(having <= perCustomer, "admitted to more than anybody may have", e);
    admitted++;
  }

  /** What it takes must just have been let go by the hold of whoever orders. */
  private void order(StockReserved e) {
    expect(
        before instanceof HoldEnded hold
            && hold.cart().equals(e.cart())
            && hold.quantity() >= e.quantity(),
        "passed the line",
        e);
    if (e.cart() != null) {
      var all = bought.merge(e.cart(), e.quantity(), Math::addExact);
      expect(all <= perCustomer, "ordered more than anybody may have", e);
      orders.put(e.order(), e);
    }
  }

  private void giveBack(OrderId order) {
    var back = orders.remove(order);
    if (back != null && back.cart() != null) {
      bought.merge(back.cart(), -back.quantity(), Math::addExact);
    }
  }

  private void forget() {
    open = false;
    last = 0;
    line.clear();
    waiting.clear();
    bought.clear();
    orders.clear();
  }

  private void expect(boolean promised, String otherwise, InventoryEvent event) {
    if (!promised) {
      violations.accept(otherwise + ": " + event);
    }
  }
}
