package boutique.language.inventory;

import boutique.language.Face;
import boutique.language.catalog.ProductId;
import boutique.language.users.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product's books: {@code received = available + reserved + allocated + sold + writtenOff}.
 *
 * @param holding whether some is kept for carts, or for those whose turn it is
 * @param sale null as long as there is no flash sale of it
 */
public record StockFace(
    ProductId product,
    UserId seller,
    StockPolicy policy,
    long threshold,
    boolean low,
    long received,
    long available,
    long reserved,
    long allocated,
    long sold,
    long writtenOff,
    List<Shelf> shelves,
    boolean holding,
    @Nullable SaleFace sale)
    implements Face {
  public StockFace {
    shelves = List.copyOf(shelves);
  }

  /** What is available in one location. */
  public record Shelf(String location, long available) {}

  /** How many can be bought now. */
  public long buyable() {
    return policy.buyable(available);
  }
}
