package boutique.language.orders;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.pricing.Item;

/** One line of an order, with the title and the price as they were when it was placed. */
public record OrderLine(ProductId product, String title, Money price, long quantity) {

  public Item item() {
    return new Item(product, price, quantity);
  }
}
