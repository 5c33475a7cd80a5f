package boutique.language.numbers;

import boutique.language.Face;
import boutique.language.orders.OrderId;
import java.util.List;

/**
 * The register of a year.
 *
 * @param given how many numbers were given in all
 * @param last the orders that have the last of them, in their order
 */
public record RegisterFace(int year, long given, List<OrderId> last) implements Face {

  /** The position of an order; 0 when it is none of the last. */
  public long positionOf(OrderId order) {
    var place = last.lastIndexOf(order);
    return place < 0 ? 0 : given - last.size() + place + 1;
  }
}
