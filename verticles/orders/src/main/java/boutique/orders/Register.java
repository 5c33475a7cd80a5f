package boutique.orders;

import boutique.language.orders.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePVector;

/**
 * The numbers of one year, as a list of orders of which only the end is remembered. An order leaves
 * it no sooner than when it bears its number itself: so whoever is asked for a number finds it here
 * or there.
 *
 * @param given how many numbers were given in all
 */
record Register(long given, TreePVector<OrderId> last, PMap<OrderId, Long> positions) {
  static final Register EMPTY = new Register(0, TreePVector.empty(), HashTreePMap.empty());

  static Register of(long given, List<OrderId> last) {
    var register = new Register(given - last.size(), TreePVector.empty(), HashTreePMap.empty());
    for (var order : last) {
      register = register.next(order, last.size());
    }
    return register;
  }

  /** With one more, and no more than so many remembered. */
  Register next(OrderId order, int most) {
    var position = given + 1;
    if (last.size() < most) {
      return new Register(position, last.plus(order), positions.plus(order, position));
    }
    return new Register(
        position,
        last.minus(0).plus(order),
        positions.minus(last.getFirst()).plus(order, position));
  }

  /** Null when it is none of the last. */
  @Nullable Long positionOf(OrderId order) {
    return positions.get(order);
  }
}
