package boutique.language.pricing;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import java.util.List;

/**
 * A price with its explanation. The lines add up to the total exactly, and each discount is the sum
 * of what it took off the lines.
 */
public record Quote(List<Line> lines, List<Discount> discounts, Money base, Money total) {
  public Quote {
    lines = List.copyOf(lines);
    discounts = List.copyOf(discounts);
  }

  /** From the price of the line, by each cut in turn, to what is paid for it. */
  public record Line(
      ProductId product, Money price, long quantity, Money base, List<Cut> cuts, Money total) {
    public Line {
      cuts = List.copyOf(cuts);
    }
  }

  /** What a rule took off a line. */
  public record Cut(String code, Money amount) {}

  /** A rule that was applied, as it was then, and what it took off the order. */
  public record Discount(Rule rule, Money amount) {}
}
