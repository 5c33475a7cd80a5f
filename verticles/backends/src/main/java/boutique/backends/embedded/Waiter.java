package boutique.backends.embedded;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Somebody at the end of the log, who waits for news of some rooms and is not woken for those of
 * others: these are only counted as seen.
 */
final class Waiter {
  private final Set<String> rooms;
  private final Consumer<Waiter> goOn;
  private volatile long seen;
  private volatile boolean woken;

  /**
   * Somebody who does not wait yet.
   *
   * @param seen everything below this number
   */
  Waiter(Set<String> rooms, long seen, Consumer<Waiter> goOn) {
    this.rooms = rooms;
    this.seen = seen;
    this.goOn = goOn;
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
    goOn.accept(this);
  }

  /** Goes on although nothing has come. */
  void giveUp() {
    goOn.accept(this);
  }
}
