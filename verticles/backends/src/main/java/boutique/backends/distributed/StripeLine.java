package boutique.backends.distributed;

import boutique.backends.distributed.ReplayAwareClient.NotYet;
import boutique.kernel.Unavailable;
import com.stripe.exception.StripeException;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The line to Stripe: each question on a thread of its own that costs next to nothing, only so many
 * at a time, each with a deadline, and none at all for a while when nothing comes back. What Stripe
 * would do only later is asked once or twice more before the deadline, as it says when; and nothing
 * is asked again that the budget has no token for.
 */
final class StripeLine {
  private static final int MOST_AT_ONCE = 64;
  private static final int FAILURES = 8;
  private static final Duration REST = Duration.ofSeconds(5);
  private static final int FAILURE = 500;
  private static final int MOST_REPEATS = 2;
  private static final Duration A_WHILE = Duration.ofMillis(300);
  private static final Duration TO_ANSWER = Duration.ofSeconds(1);

  private final CircuitBreaker breaker;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final RetryBudget budget = new RetryBudget(System::nanoTime);
  private final Duration deadline;
  private final Recognition recognition;

  /** Until when Stripe wants to be asked nothing, by the clock that only counts. */
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  /** Something that blocks until it is answered. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws StripeException;
  }

  StripeLine(Vertx vertx, Duration deadline, Recognition recognition) {
    this.deadline = deadline;
    this.recognition = recognition;
    this.breaker =
        CircuitBreaker.create(
                "stripe",
                vertx,
                new CircuitBreakerOptions()
                    .setMaxFailures(FAILURES)
                    .setMaxRetries(0)
                    .setTimeout(deadline.toMillis())
                    .setResetTimeout(REST.toMillis()))
            .failurePolicy(StripeLine::isSilence);
  }

  /**
   * Asks, and always has an answer: what Stripe says, what its refusal means, or that nobody knows.
   *
   * @param again whether this was asked before, and is asked once more because nobody knows
   */
  <T> Future<T> asked(
      boolean again,
      Question<? extends T> question,
      Function<StripeException, ? extends T> refusal,
      Function<String, ? extends T> silence) {
    return this.<T>told(again, last -> answered(() -> patiently(again, question, last), refusal))
        .otherwise(failure -> silence.apply(String.valueOf(failure.getMessage())));
  }

  private static <T> T answered(
      Question<? extends T> question, Function<StripeException, ? extends T> refusal)
      throws StripeException {
    try {
      return question.ask();
    } catch (StripeException failure) {
      if (isSilence(failure)) {
        throw failure;
      }
      return refusal.apply(failure);
    }
  }

  /** A refusal is an answer. */
  private static boolean isSilence(Future<Object> answer) {
    return answer.failed()
        && !(answer.cause() instanceof StripeException failure && !isSilence(failure));
  }

  /** No answer, or the kind that says that Stripe itself is unwell. */
  private static boolean isSilence(StripeException failure) {
    if (failure instanceof ReplayAwareClient.Replayed || failure instanceof NotYet) {
      return false;
    }
    var status = failure.getStatusCode();
    return status == null || status == 0 || status >= FAILURE;
  }

  /** Fails when nothing comes back. */
  <T> Future<T> told(Question<T> question) {
    return told(false, last -> patiently(false, question, last));
  }

  /** Something to ask until the last moment. */
  @FunctionalInterface
  private interface Asking<T> {
    T until(long last) throws StripeException;
  }

  private <T> Future<T> told(boolean again, Asking<T> asking) {
    var last = System.nanoTime() + deadline.toNanos();
    if (!fits(quiet(), last)) {
      return Future.failedFuture(new Unavailable("Stripe wants to be asked later"));
    }
    if (!places.tryAcquire()) { // which says nothing of Stripe
      return Future.failedFuture(new Unavailable("too many questions at a time"));
    }
    if (again && !budget.spend()) {
      places.release();
      return Future.failedFuture(new Unavailable("enough was asked again for now"));
    }
    var begun = new AtomicBoolean();
    return breaker
        .<T>execute(answer -> {
          begun.set(true);
          begin(() -> asking.until(last), answer);
        })
        .onFailure(_ -> {
          if (!begun.get()) {
            notAsked(again);
          }
        })
        .recover(failure ->
            Future.failedFuture(
                new Unavailable("Stripe does not answer: " + failure.getMessage(), failure)));
  }

  private void notAsked(boolean again) {
    places.release();
    if (again) {
      budget.giveBack();
    }
  }

  private <T> void begin(Question<T> question, Promise<T> answer) {
    Thread.ofVirtual()
        .name("stripe")
        .start(() -> {
          try {
            answer.tryComplete(question.ask());
          } catch (StripeException | RuntimeException failure) {
            answer.tryFail(failure);
          } finally {
            places.release();
          }
        });
  }

  /** What is not done yet is asked again before the last moment, if it may be. */
  private <T> T patiently(boolean again, Question<T> question, long last) throws StripeException {
    for (var repeats = 0; ; repeats++) {
      keepQuiet(last);
      try {
        var answer = known(question);
        if (!again && repeats == 0) {
          budget.earn();
        }
        return answer;
      } catch (NotYet refusal) {
        heed(refusal.pause());
        var pause = longer(quiet(), A_WHILE.multipliedBy(repeats + 1L));
        if (repeats == MOST_REPEATS || !fits(pause, last) || !budget.spend()) {
          throw refusal;
        }
        pause(pause);
      }
    }
  }

  private <T> T known(Question<T> question) throws StripeException {
    try {
      var answer = question.ask();
      recognition.answered();
      return answer;
    } catch (StripeException refusal) {
      recognition.refused(refusal);
      throw refusal;
    }
  }

  /** Asked for by one answer, and kept by all who ask. */
  private void heed(Duration wait) {
    if (wait.isPositive()) {
      var until = System.nanoTime() + wait.toNanos();
      quietUntil.updateAndGet(before -> before - until > 0 ? before : until);
    }
  }

  /** Others may have been told meanwhile to wait longer than there is time. */
  private void keepQuiet(long last) throws NotYet {
    var rest = quiet();
    if (!fits(rest, last)) {
      throw new NotYet("it wants to be asked later", rest);
    }
    pause(rest);
  }

  /** Whether there is time to be answered after a pause; without one, there is. */
  private static boolean fits(Duration pause, long last) {
    return pause.isZero() || pause.plus(TO_ANSWER).compareTo(until(last)) < 0;
  }

  private Duration quiet() {
    return until(quietUntil.get());
  }

  private static Duration until(long moment) {
    return Duration.ofNanos(Math.max(0, moment - System.nanoTime()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** And a little longer, so that not everybody comes back at the same moment. */
  private static void pause(Duration pause) {
    if (pause.isZero()) {
      return;
    }
    try {
      Thread.sleep(pause.plusNanos(ThreadLocalRandom.current().nextLong(A_WHILE.toNanos())));
    } catch (InterruptedException interrupted) { // nobody does
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
