package boutique.users;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When those are told so who are not let in: a period after they asked and had their turn, however
 * quickly it was found out. How long that took depends on how the password of the account was once
 * hashed, and whether there is an account at all; so nobody may see it. What takes longer than a
 * period is told at the end of the next one.
 *
 * <p>Whoever waits for that holds no thread, and no place in the queue.
 */
final class Refusals {
  /** Longer than any hash takes that people bring along from other shops. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private final Alarm alarm;

  /**
   * To be told by this clock.
   *
   * @param nanos of a clock that only goes on
   */
  Refusals(LongSupplier nanos, Alarm alarm) {
    this.nanos = nanos;
    this.alarm = alarm;
  }

  Attempt begin() {
    return new Attempt(nanos.getAsLong());
  }

  /** Somebody tries to come in. */
  final class Attempt {
    private final long begun;
    private final AtomicLong waited = new AtomicLong();

    private Attempt(long begun) {
      this.begun = begun;
    }

    /** For so long others had their turn; that says nothing of this account. */
    void waited(long inQueue) {
      waited.addAndGet(inQueue);
    }

    /** What there is to say, when it is time to say it. */
    <T> Future<T> told(T refusal) {
      var spent = Math.max(0, nanos.getAsLong() - begun - waited.get());
      var periods = spent / PERIOD.toNanos() + 1;
      var told = Promise.<T>promise();
      alarm.ring(
          Duration.ofNanos(periods * PERIOD.toNanos() - spent), () -> told.complete(refusal));
      return told.future();
    }
  }
}
