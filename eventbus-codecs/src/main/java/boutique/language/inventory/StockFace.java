package boutique.language.inventory;

import boutique.language.Face;
import boutique.language.catalog.ProductId;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product's books: {@code received = available + reserved + allocated + sold + writtenOff}.
 *
 * @param holding whether some is kept for carts, or for those whose turn it is
 * @param sale null as long as there is no flash sale of it
 * @param held what is kept for the cart of whoever asks; null when nothing is, or for nobody in
 *     particular
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
    @Nullable SaleFace sale,
    @Nullable Held held)
    implements Face {
  public StockFace {
    shelves = List.copyOf(shelves);
  }

  /** What is available in one location. */
  public record Shelf(String location, long available) {}

  /** So many, until then. */
  public record Held(long quantity, Instant until) {}

  /** How many can be bought now. */
  public long buyable() {
    return policy.buyable(available);
  }
}
