package boutique.language.pricing;

import boutique.language.Money;
import boutique.language.catalog.ProductId;

/** What somebody wants to pay for: so many of a product, at the price of one. */
public record Item(ProductId product, Money price, long quantity) {
  public Item {
    if (price.minor() < 0 || quantity < 1) {
      throw new IllegalArgumentException("at least one, and not below nothing");
    }
  }

  public Money base() {
    return price.times(quantity);
  }
}
