package boutique.backends.distributed;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often somebody may be asked again. Who is unwell gets no better by being asked the same by
 * everybody who has had no answer, so a repeat costs a token. A fifth of one comes with each first
 * question that is answered and ten with every second, and only so many are saved: repeats are a
 * fifth of what is asked, beyond a few that do nobody any harm. Without a token nothing is lost:
 * nobody knows the outcome yet, and it is asked for later.
 */
final class RetryBudget {
  private static final long TOKEN = Duration.ofMillis(100).toNanos(); // so long it takes to come
  private static final long SHARE = TOKEN / 5;
  private static final long MOST = 50 * TOKEN;

  private final LongSupplier nanos;
  private long saved = MOST;
  private long seen;

  RetryBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.seen = nanos.getAsLong();
  }

  /** Whether there was a token. */
  synchronized boolean spend() {
    var now = nanos.getAsLong();
    save(now - seen);
    seen = now;
    if (saved < TOKEN) {
      return false;
    }
    saved -= TOKEN;
    return true;
  }

  /** For a first question that was answered. */
  synchronized void earn() {
    save(SHARE);
  }

  /** For a repeat that was not asked after all. */
  synchronized void giveBack() {
    save(TOKEN);
  }

  private void save(long more) {
    saved = more > MOST - saved ? MOST : saved + more;
  }
}
