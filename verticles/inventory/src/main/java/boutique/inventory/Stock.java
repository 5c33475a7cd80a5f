package boutique.inventory;

import boutique.inventory.Books.Part;
import boutique.inventory.Ended.How;
import boutique.language.inventory.StockPolicy;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPSet;
import org.pcollections.PMap;

/** The stock of one product. */
sealed interface Stock {

  /** Nobody has delivered it yet. */
  record Unknown() implements Stock {}

  /**
   * What is kept for an order.
   *
   * @param from how many of which location; less than the quantity where stock is only tracked
   * @param until when it lapses; null for never, as when it is paid, or its money held
   * @param at when it was reserved
   */
  record Reservation(
      long quantity, Map<String, Long> from, @Nullable Instant until, boolean paid, Instant at) {
    long tracked() {
      return Shelves.sum(from);
    }
  }

  /** What is kept for a cart. */
  record Hold(Map<String, Long> from, Instant until) {
    long quantity() {
      return Shelves.sum(from);
    }
  }

  /**
   * On the books. The maps share their structure with their predecessors: a hot product holds many.
   *
   * @param low whether it was told that few are left
   * @param changes the last deliveries and corrections, by the names they are known by
   * @param sale null as long as there is none
   */
  record Known(
      UserId seller,
      StockPolicy policy,
      long threshold,
      boolean low,
      Books books,
      Shelves shelves,
      PMap<OrderId, Reservation> orders,
      PMap<String, Hold> carts,
      Ended ended,
      OrderedPSet<String> changes,
      @Nullable Sale sale)
      implements Stock {
    private static final int MOST_CHANGES = 256;

    static Known opened(UserId seller, String location, long quantity) {
      return new Known(
          seller,
          StockPolicy.RESERVE_ON_ORDER,
          0,
          false,
          Books.EMPTY.received(quantity),
          Shelves.NONE.plus(Map.of(location, quantity)),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          Ended.NONE,
          OrderedPSet.empty(),
          null);
    }

    long available() {
      return books.available();
    }

    Known booked(String change, Map<String, Long> by) {
      return stored(books.received(Shelves.sum(by)), shelves.plus(by)).knowing(change);
    }

    Known writtenOff(String change, Map<String, Long> from) {
      return taken(Part.WRITTEN_OFF, from).knowing(change);
    }

    /** Whether nothing is left, and nothing can come back but from those who have paid. */
    boolean isSoldOut() {
      return books.available() == 0 && books.reserved() == 0;
    }

    Known reserved(OrderId order, Reservation reservation) {
      return taken(reservation.paid() ? Part.ALLOCATED : Part.RESERVED, reservation.from())
          .with(orders.plus(order, reservation), carts, ended.minus(order));
    }

    Known paid(OrderId order, Reservation before) {
      var paid = new Reservation(before.quantity(), before.from(), null, true, before.at());
      return stored(books.moved(Part.RESERVED, Part.ALLOCATED, before.tracked()), shelves)
          .with(orders.plus(order, paid), carts, ended);
    }

    Known kept(OrderId order, Reservation before) {
      var kept =
          new Reservation(before.quantity(), before.from(), null, before.paid(), before.at());
      return with(orders.plus(order, kept), carts, ended);
    }

    Known changed(OrderId order, Reservation before, long quantity, Map<String, Long> from) {
      var after = new Reservation(quantity, from, before.until(), false, before.at());
      return putBack(Part.RESERVED, before.from())
          .taken(Part.RESERVED, from)
          .with(orders.plus(order, after), carts, ended);
    }

    Known sold(OrderId order, Reservation paid) {
      return stored(books.moved(Part.ALLOCATED, Part.SOLD, paid.tracked()), shelves)
          .with(orders.minus(order), carts, ended.plus(order, How.SOLD, paid.at()));
    }

    /** It had ended before, and when it was reserved is remembered, unless it is forgotten. */
    Known sent(OrderId order, Map<String, Long> from, Instant at) {
      var past = ended.orders().get(order);
      return taken(Part.SOLD, from)
          .with(orders, carts, ended.plus(order, How.SOLD, past == null ? at : past.reserved()));
    }

    Known givenBack(OrderId order, Reservation reservation, How how) {
      return putBack(reservation.paid() ? Part.ALLOCATED : Part.RESERVED, reservation.from())
          .with(orders.minus(order), carts, ended.plus(order, how, reservation.at()));
    }

    Known held(String cart, Hold hold) {
      return taken(Part.RESERVED, hold.from()).with(orders, carts.plus(cart, hold), ended);
    }

    Known letGo(String cart, Hold hold) {
      return putBack(Part.RESERVED, hold.from()).with(orders, carts.minus(cart), ended);
    }

    Known watched(long watched) {
      return new Known(
          seller, policy, watched, low, books, shelves, orders, carts, ended, changes, sale);
    }

    Known under(StockPolicy other) {
      return new Known(
          seller, other, threshold, low, books, shelves, orders, carts, ended, changes, sale);
    }

    Known told(boolean nowLow) {
      return new Known(
          seller, policy, threshold, nowLow, books, shelves, orders, carts, ended, changes, sale);
    }

    /** The same with another line, or without one. */
    Known selling(@Nullable Sale next) {
      return new Known(
          seller, policy, threshold, low, books, shelves, orders, carts, ended, changes, next);
    }

    private Known taken(Part to, Map<String, Long> from) {
      return stored(books.moved(Part.AVAILABLE, to, Shelves.sum(from)), shelves.minus(from));
    }

    private Known putBack(Part from, Map<String, Long> quantities) {
      return stored(
          books.moved(from, Part.AVAILABLE, Shelves.sum(quantities)), shelves.plus(quantities));
    }

    private Known stored(Books sums, Shelves where) {
      return new Known(
          seller, policy, threshold, low, sums, where, orders, carts, ended, changes, sale);
    }

    private Known with(
        PMap<OrderId, Reservation> reservations, PMap<String, Hold> holds, Ended over) {
      return new Known(
          seller, policy, threshold, low, books, shelves, reservations, holds, over, changes, sale);
    }

    private Known knowing(String change) {
      var more = changes.plus(change);
      var known = more.size() > MOST_CHANGES ? more.minus(more.iterator().next()) : more;
      return new Known(
          seller, policy, threshold, low, books, shelves, orders, carts, ended, known, sale);
    }
  }
}
