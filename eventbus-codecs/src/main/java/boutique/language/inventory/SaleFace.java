package boutique.language.inventory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A flash sale as everybody sees it, and how it stands with whoever asks.
 *
 * @param perCustomer how many anybody may have
 * @param window how long whoever is admitted may take to order
 * @param tickets how many were given out
 * @param left how many of them were given back by whoever had them, instead of being served
 * @param head the ticket that is next; one that nobody has yet when nobody waits
 * @param soldOut whether nothing is left and nothing can come back unpaid
 * @param turn null for nobody in particular
 */
public record SaleFace(
    long perCustomer,
    Duration window,
    long tickets,
    long left,
    long head,
    long waiting,
    boolean soldOut,
    @Nullable Turn turn) {

  /** How many are out of the line, served or not. */
  public long gone() {
    return tickets - waiting;
  }

  /** How many were served. */
  public long admitted() {
    return gone() - left;
  }

  /**
   * Where a shopper stands.
   *
   * @param ticket null when they do not wait
   * @param place 1 for whoever is next; 0 when they do not wait
   * @param kept how many they may order now, until then
   * @param remaining how many they may have beside what they wait for, may order, or have ordered
   */
  public record Turn(
      @Nullable Long ticket, long place, long kept, @Nullable Instant until, long remaining) {}
}
