package boutique.inventory;

import boutique.language.catalog.ProductId;
import boutique.language.inventory.AuditFace;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.ReservationChanged;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.SaleOpened;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockAdjusted;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockKept;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReceived;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.inventory.InventoryEvent.StockSent;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.StockWrittenOff;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import boutique.language.orders.OrderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An auditor of one product's stream: reckons from the events alone, by other means than the rules,
 * and says where they break a promise. Received is always available + reserved + allocated + sold +
 * written off, and none of these is below zero; what every event says is available is so; nobody is
 * promised what is not there, unless the policy is to turn nobody away; what is kept for somebody
 * begins once and ends once; and in a flash sale the order of arrival is kept.
 */
public final class Ledger {
  private static final int MOST_SHOWN = 20;

  private long received;
  private long available;
  private long sold;
  private long writtenOff;
  private long kept;
  private boolean low;
  private boolean limited = true;
  private final Map<OrderId, Long> reserved = new HashMap<>();
  private final Map<OrderId, Long> allocated = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private final Set<OrderId> over = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final LineLedger line = new LineLedger(violations::add);

  public void hear(InventoryEvent event) {
    switch (event) {
      case StockOpened e -> receive(e.available());
      case StockReceived e -> receive(e.quantity());
      case StockAdjusted e -> receive(sum(e.by()));
      case StockWrittenOff e -> {
        available -= sum(e.from());
        writtenOff += sum(e.from());
      }
      case StockReserved e -> {
        expect(!limited || e.quantity() == sum(e.from()), "reserved without having it", e);
        expect(!over.contains(e.order()), "reserved again after its end", e);
        expect(!allocated.containsKey(e.order()), "reserved when paid", e);
        keep(sum(e.from()));
        expect(reserved.put(e.order(), sum(e.from())) == null, "reserved twice", e);
      }
      case ReservationChanged e -> {
        var before = reserved.put(e.order(), sum(e.from()));
        expect(before != null, "changed when not reserved", e);
        expect(!limited || e.quantity() == sum(e.from()), "changed without having it", e);
        keep(sum(e.from()) - (before == null ? 0 : before));
      }
      case StockKept e -> expect(reserved.containsKey(e.order()), "kept when not reserved", e);
      case StockReleased e -> giveBack(e.order(), e);
      case StockLapsed e -> {
        expect(reserved.containsKey(e.order()), "lapsed when not reserved", e);
        giveBack(e.order(), e);
        over.remove(e.order()); // whoever pays all the same may have what is there
      }
      case StockAllocated e -> allocate(e);
      case StockSold e -> {
        var leaving = allocated.remove(e.order());
        expect(leaving != null, "sold when not paid", e);
        kept -= leaving == null ? 0 : leaving;
        sold += leaving == null ? 0 : leaving;
        over.add(e.order());
      }
      case StockSent e -> {
        expect(!keptFor().contains(e.order()), "sent beside what was kept", e);
        expect(sum(e.from()) <= e.quantity(), "more gone than sent", e);
        available -= sum(e.from());
        sold += sum(e.from());
        over.add(e.order());
      }
      case StockHeld e -> {
        keep(sum(e.from()));
        expect(held.put(e.cart(), sum(e.from())) == null, "held twice", e);
      }
      case HoldEnded e -> {
        var back = held.remove(e.cart());
        expect(back != null && back == e.quantity(), "let go of what was not held", e);
        keep(back == null ? 0 : -back);
      }
      case StockLow e -> {
        expect(!low && e.available() <= e.threshold(), "told low without a crossing", e);
        low = true;
      }
      case StockRecovered e -> {
        expect(low, "told recovered without a crossing", e);
        low = false;
      }
      case PolicySet e -> limited = e.policy().limits();
      case ShopperAdmitted e -> {
        keep(sum(e.from()));
        expect(held.put(e.shopper().value(), sum(e.from())) == null, "held twice", e);
      }
      case ThresholdSet _, SaleOpened _, SaleClosed _, TicketTaken _, LineLeft _ -> {}
    }
    line.hear(event);
    balance(event);
  }

  /** Between two decisions: what follows from the first has happened. */
  public void pause() {
    line.pause(available);
  }

  /** Each broken promise, with the event at which it broke. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** The orders for which something is kept, paid or not. */
  public Set<OrderId> keptFor() {
    var orders = new HashSet<>(reserved.keySet());
    orders.addAll(allocated.keySet());
    return orders;
  }

  public long received() {
    return received;
  }

  public long available() {
    return available;
  }

  /** What is promised to somebody or gone: never more than was received. */
  public long taken() {
    return kept + sold;
  }

  AuditFace face(ProductId product, long events) {
    return new AuditFace(
        product,
        events,
        received,
        available,
        sum(reserved) + sum(held),
        sum(allocated),
        sold,
        writtenOff,
        line.face(),
        violations.subList(0, Math.min(MOST_SHOWN, violations.size())));
  }

  private void receive(long quantity) {
    received += quantity;
    available += quantity;
  }

  private void keep(long quantity) {
    available -= quantity;
    kept += quantity;
  }

  private void allocate(StockAllocated e) {
    var before = reserved.remove(e.order());
    expect(
        !limited || before != null || e.quantity() == sum(e.from()), "paid without having it", e);
    expect(!over.contains(e.order()), "paid after its end", e);
    expect(!allocated.containsKey(e.order()), "paid twice", e);
    expect(before == null || before == sum(e.from()), "paid for something else", e);
    keep(before == null ? sum(e.from()) : 0);
    allocated.put(e.order(), sum(e.from()));
  }

  private void giveBack(OrderId order, InventoryEvent e) {
    var back = reserved.containsKey(order) ? reserved.remove(order) : allocated.remove(order);
    expect(back != null, "given back when nothing was kept", e);
    keep(back == null ? 0 : -back);
    over.add(order);
  }

  private void balance(InventoryEvent e) {
    expect(available >= 0 && sold >= 0 && writtenOff >= 0, "below zero", e);
    expect(received == available + taken() + writtenOff, "does not add up", e);
    expect(taken() <= received, "oversold", e);
    expect(e.available() == available, "says another number than " + available, e);
  }

  private void expect(boolean promised, String otherwise, InventoryEvent event) {
    if (!promised) {
      violations.add(otherwise + ": " + event);
    }
  }

  private static long sum(Map<?, Long> quantities) {
    return quantities.values().stream().reduce(0L, Math::addExact);
  }
}
