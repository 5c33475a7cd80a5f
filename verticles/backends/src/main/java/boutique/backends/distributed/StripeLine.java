package boutique.backends.distributed;

import boutique.kernel.Unavailable;
import com.stripe.exception.StripeException;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The line to Stripe: each question on a thread of its own that costs next to nothing, only so many
 * at a time, each with a deadline, and none at all for a while when nothing comes back.
 */
final class StripeLine {
  private static final int MOST_AT_ONCE = 64;
  private static final int FAILURES = 8;
  private static final Duration REST = Duration.ofSeconds(5);
  private static final int FAILURE = 500;

  private final CircuitBreaker breaker;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /** Something that blocks until it is answered. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws StripeException;
  }

  StripeLine(Vertx vertx, Duration deadline) {
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
   */
  <T> Future<T> asked(
      Question<? extends T> question,
      Function<StripeException, ? extends T> refusal,
      Function<String, ? extends T> silence) {
    return this.<T>told(() -> answered(question, refusal))
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
    if (failure instanceof ReplayAwareClient.Replayed) {
      return false;
    }
    var status = failure.getStatusCode();
    return status == null || status == 0 || status >= FAILURE;
  }

  /** Fails when nothing comes back. */
  <T> Future<T> told(Question<T> question) {
    if (!places.tryAcquire()) { // which says nothing of Stripe
      return Future.failedFuture(new Unavailable("too many questions at a time"));
    }
    var begun = new AtomicBoolean();
    return breaker
        .<T>execute(answer -> {
          begun.set(true);
          begin(question, answer);
        })
        .onFailure(_ -> {
          if (!begun.get()) {
            places.release();
          }
        })
        .recover(failure ->
            Future.failedFuture(
                new Unavailable("Stripe does not answer: " + failure.getMessage(), failure)));
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
}
