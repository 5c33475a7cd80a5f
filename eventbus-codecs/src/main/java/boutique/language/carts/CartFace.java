package boutique.language.carts;

import boutique.language.Face;
import boutique.language.orders.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in a cart.
 *
 * @param leftOut what the last merge could not take over; until the shopper's next change
 * @param vouchers their codes, in the order in which they were put in
 * @param lockedBy the order that is being bought
 * @param movedTo the cart that a guest's has become part of: these lines are there now
 */
public record CartFace(
    CartId cart,
    List<CartLine> lines,
    List<CartLine> leftOut,
    List<String> vouchers,
    @Nullable OrderId lockedBy,
    @Nullable CartId movedTo)
    implements Face {
  public CartFace {
    lines = List.copyOf(lines);
    leftOut = List.copyOf(leftOut);
    vouchers = List.copyOf(vouchers);
  }
}
