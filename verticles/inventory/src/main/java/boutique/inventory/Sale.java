package boutique.inventory;

import boutique.language.inventory.SaleFace;
import boutique.language.inventory.SaleFace.Turn;
import boutique.language.orders.OrderId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * A flash sale: who waits, and how many everybody has had of it. Whoever is admitted has a hold, as
 * a cart has, so a shopper is named here as their cart is.
 *
 * @param perCustomer how many anybody may have
 * @param window how long whoever is admitted may take to order
 * @param tickets how many were given out
 * @param left how many of them were given back unserved
 * @param line who waits, by ticket
 * @param waiting the same by shopper
 * @param bought how many each has ordered, and not given back
 * @param orders which of these may still come back
 */
record Sale(
    long perCustomer,
    Duration window,
    long tickets,
    long left,
    TreePMap<Long, Place> line,
    PMap<String, Long> waiting,
    PMap<String, Long> bought,
    PMap<OrderId, Place> orders) {

  /** So many wait at most: a delivery admits them all in one commit. */
  static final int LONGEST_LINE = 20_000;

  /** So many of something, for a shopper. */
  record Place(String shopper, long quantity) {}

  static Sale opened(long perCustomer, Duration window) {
    return new Sale(
        perCustomer,
        window,
        0,
        0,
        TreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty());
  }

  boolean isFull() {
    return line.size() >= LONGEST_LINE;
  }

  /** How many a shopper may have beside what they have ordered. */
  long remaining(String shopper) {
    return Math.max(0, perCustomer - bought.getOrDefault(shopper, 0L));
  }

  Sale joined(long ticket, String shopper, long quantity) {
    return new Sale(
        perCustomer,
        window,
        ticket,
        left,
        line.plus(ticket, new Place(shopper, quantity)),
        waiting.plus(shopper, ticket),
        bought,
        orders);
  }

  /** Out of the line, because it is their turn. */
  Sale served(long ticket, String shopper) {
    return without(ticket, shopper, left);
  }

  /** Out of the line by themselves. */
  Sale leaving(long ticket, String shopper) {
    return without(ticket, shopper, left + 1);
  }

  private Sale without(long ticket, String shopper, long unserved) {
    return new Sale(
        perCustomer,
        window,
        tickets,
        unserved,
        line.minus(ticket),
        waiting.minus(shopper),
        bought,
        orders);
  }

  Sale ordered(OrderId order, String shopper, long quantity) {
    var more = bought.getOrDefault(shopper, 0L) + quantity;
    return with(bought.plus(shopper, more), orders.plus(order, new Place(shopper, quantity)));
  }

  /** What an order gives back may be bought again, by the same shopper too. */
  Sale givenBack(OrderId order) {
    var back = orders.get(order);
    if (back == null) {
      return this;
    }
    var still = bought.getOrDefault(back.shopper(), 0L) - back.quantity();
    return with(
        still > 0 ? bought.plus(back.shopper(), still) : bought.minus(back.shopper()),
        orders.minus(order));
  }

  Sale sold(OrderId order) {
    return with(bought, orders.minus(order));
  }

  private Sale with(PMap<String, Long> counted, PMap<OrderId, Place> open) {
    return new Sale(perCustomer, window, tickets, left, line, waiting, counted, open);
  }

  /** As it looks to everybody, or to the one who asks. */
  SaleFace face(boolean soldOut, @Nullable Turn turn) {
    var head = line.isEmpty() ? tickets + 1 : line.firstKey();
    return new SaleFace(perCustomer, window, tickets, left, head, line.size(), soldOut, turn);
  }

  /** How many somebody waits for. */
  long wanted(long ticket) {
    var place = line.get(ticket);
    return place == null ? 0 : place.quantity();
  }

  /** How many wait up to and with this ticket. */
  long place(long ticket) {
    return line.headMap(ticket, true).size();
  }
}
