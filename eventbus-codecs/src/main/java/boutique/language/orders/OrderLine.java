package boutique.language.orders;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import java.util.List;

/** One line of an order, with the title and the price as they were when it was placed. */
public record OrderLine(ProductId product, String title, Money price, long quantity) {

  public Money total() {
    return price.times(quantity);
  }

  /** The sum of at least one line. */
  public static Money total(List<OrderLine> lines) {
    return lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
  }
}
