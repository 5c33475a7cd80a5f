package boutique.language.orders;

import boutique.language.catalog.ProductId;
import boutique.language.pricing.Quote;
import java.util.List;

/**
 * What an order shall be like when one of its lines has another quantity.
 *
 * @param quantity 0 when the line shall go
 */
public record LineChange(ProductId product, long quantity, List<OrderLine> lines, Quote quote) {
  public LineChange {
    lines = List.copyOf(lines);
  }
}
