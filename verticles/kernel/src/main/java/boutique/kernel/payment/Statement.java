package boutique.kernel.payment;

import boutique.language.Money;
import java.time.Instant;
import java.util.List;

/**
 * A page of a provider's books.
 *
 * @param end where the next page goes on
 * @param unread how many more lines are on it that cannot be read
 */
public record Statement(List<Entry> entries, String end, boolean more, int unread) {
  public Statement {
    entries = List.copyOf(entries);
  }

  /**
   * What it has of one charge.
   *
   * @param payment what it was for; empty if the provider was not told
   * @param taken zero if the money was not taken
   * @param returned what was given back of it, or is on its way
   * @param held what is held and can still be taken; zero if nothing is
   * @param voided whether nothing of it will ever be taken
   */
  public record Entry(
      String reference,
      String key,
      String payment,
      Money taken,
      Money returned,
      Money held,
      boolean voided,
      boolean live,
      Instant at) {

    public boolean isHeld() {
      return held.minor() > 0;
    }

    /** Whether none of its money is there, and none will come. */
    public boolean isOver() {
      return voided || (taken.minor() > 0 && returned.minor() >= taken.minor());
    }
  }

  /**
   * Money that was to be given back, whoever has wanted that.
   *
   * @param charge what it was taken with
   * @param payment what that was for; empty if the provider was not told
   * @param refund what it is called here; empty if the provider was not told
   * @param became how far it is
   */
  public record Back(
      String reference,
      String charge,
      String payment,
      String refund,
      Money amount,
      Returned.Certain became) {}

  /**
   * A charge of which its payer says that it is wrong.
   *
   * @param payment what it was for; empty if the provider was not told
   * @param reason in the provider's words
   */
  public record Disputed(
      String reference,
      String charge,
      String payment,
      Money amount,
      String reason,
      Verdict verdict) {}

  /** Whose disputed money is. */
  public enum Verdict {
    OPEN,
    OURS,
    THEIRS
  }
}
