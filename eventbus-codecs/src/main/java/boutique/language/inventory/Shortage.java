package boutique.language.inventory;

import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import java.util.Map;

/** How it is said, wherever it is noticed, that there is not enough. */
public final class Shortage {
  private Shortage() {}

  public static Refused of(ProductId product, long available) {
    return new Refused(
        "stock.insufficient",
        available == 0 ? "It is sold out." : "Only " + available + " are left.",
        Map.of("productId", product.value(), "available", Long.toString(available)));
  }

  /** Whoever orders without having been admitted would pass those who wait. */
  public static Refused passing() {
    return new Refused("sale.line", "It is in a flash sale: order it when it is your turn.");
  }
}
