package boutique.kernel.payment;

import boutique.language.Money;
import java.time.Instant;
import java.util.List;

/**
 * A page of a provider's books.
 *
 * @param end where the next page goes on
 */
public record Statement(List<Entry> entries, String end, boolean more) {
  public Statement {
    entries = List.copyOf(entries);
  }

  /**
   * What it has of one charge.
   *
   * @param payment what it was for; empty if the provider was not told
   * @param taken zero if the money was not taken
   */
  public record Entry(
      String reference,
      String key,
      String payment,
      Money taken,
      Money returned,
      boolean held,
      boolean live,
      Instant at) {}

  /**
   * Money that was given back.
   *
   * @param refund what it is called here; empty if the provider was not told
   */
  public record Back(String reference, String refund, Money amount) {}
}
