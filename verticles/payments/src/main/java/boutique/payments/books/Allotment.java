package boutique.payments.books;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that a round has, and who may use it: one part after the other, each no more than its
 * share of what is left beside those that are still to come. What one leaves is there for them, and
 * the last has all of it; so none is left without, however long another would like to take.
 */
final class Allotment {
  private final InstantSource clock;
  private final Instant end;
  private int shares;
  private Instant until;

  /**
   * From now on.
   *
   * @param shares how many all parts have together
   */
  Allotment(InstantSource clock, Duration all, int shares) {
    this.clock = clock;
    this.end = clock.instant().plus(all);
    this.shares = shares;
    this.until = end;
  }

  /** The next part begins, and has so many shares of those that are left. */
  void next(int share) {
    var now = clock.instant();
    var left = now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    until = now.plus(left.multipliedBy(share).dividedBy(shares));
    shares -= share;
  }

  /** The last part begins, whoever did not. */
  void last() {
    until = end;
  }

  /** Whether this part is to begin nothing more; what it is at, it brings to its end. */
  boolean isOver() {
    return !clock.instant().isBefore(until);
  }
}
