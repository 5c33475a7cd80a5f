package boutique.language.carts;

import boutique.language.Money;
import boutique.language.catalog.ProductId;

/**
 * So many of one product, with the title and the unit price that the shopper was last shown.
 *
 * @param quantity 0 for a line that has left the cart
 * @param cut how many more the two carts held that became one, beyond what there is or may be
 */
public record CartLine(ProductId product, String title, Money price, long quantity, long cut) {
  /** The most of one product. */
  public static final long MOST = 99;

  public CartLine(ProductId product, String title, Money price, long quantity) {
    this(product, title, price, quantity, 0);
  }

  public CartLine of(long count) {
    return new CartLine(product, title, price, count);
  }
}
