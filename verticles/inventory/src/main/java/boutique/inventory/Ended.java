package boutique.inventory;

import boutique.language.orders.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pcollections.OrderedPMap;

/**
 * The last orders that hold nothing here any more, so that a command which comes late does not
 * begin anew for them. Of what it has forgotten, it knows that it is over: those orders were placed
 * no later than {@code closed}.
 */
record Ended(OrderedPMap<OrderId, Past> orders, Instant closed) {
  static final int MOST = 10_000;
  static final Ended NONE = new Ended(OrderedPMap.empty(), Instant.MIN);

  enum How {
    RELEASED,
    LAPSED,
    SOLD
  }

  /**
   * An order's end.
   *
   * @param reserved when its stock was reserved: not before it was placed
   */
  record Past(How how, Instant reserved) {}

  Ended plus(OrderId order, How how, Instant reserved) {
    var more = orders.minus(order).plus(order, new Past(how, reserved));
    if (more.size() <= MOST) {
      return new Ended(more, closed);
    }
    var eldest = more.entrySet().iterator().next();
    var forgotten = eldest.getValue().reserved();
    return new Ended(more.minus(eldest.getKey()), forgotten.isAfter(closed) ? forgotten : closed);
  }

  /** The order has stock again. */
  Ended minus(OrderId order) {
    return orders.containsKey(order) ? new Ended(orders.minus(order), closed) : this;
  }

  @Nullable How of(OrderId order) {
    var past = orders.get(order);
    return past == null ? null : past.how();
  }

  /** Whether an order of which nothing is known may have been here before. */
  boolean mayHaveForgotten(Instant placedAt) {
    return !placedAt.isAfter(closed);
  }
}
