package boutique.backends.embedded;

import java.util.Collection;
import java.util.Set;

/**
 * Somebody at the end of the log, who waits for news of some rooms and is not woken for those of
 * others: these are only counted as seen.
 */
final class Waiter {
  private final Set<String> rooms;
  private final Runnable wake;
  private volatile long seen;
  private volatile boolean woken;

  /**
   * Somebody who does not wait yet.
   *
   * @param seen everything below this number
   */
  Waiter(Set<String> rooms, long seen, Runnable wake) {
    this.rooms = rooms;
    this.seen = seen;
    this.wake = wake;
  }

  /** Everything below this is known, or of no interest. */
  long seen() {
    return seen;
  }

  /** Whether there is something to read. */
  boolean woken() {
    return woken;
  }

  boolean isInterestedIn(Collection<String> news) {
    return news.stream().anyMatch(rooms::contains);
  }

  /** The log has gone on from here to there, with nothing of interest in between. */
  void pass(long from, long to) {
    if (seen == from) {
      seen = to;
    }
  }

  void wake() {
    woken = true;
    wake.run();
  }
}
