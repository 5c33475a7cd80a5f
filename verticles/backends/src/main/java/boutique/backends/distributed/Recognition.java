package boutique.backends.distributed;

import com.stripe.exception.StripeException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Stripe knows us by our key. What it refuses because of the key says nothing of a payment:
 * that stays as unknown as it was, and goes on when the key is right. So whoever runs the shop has
 * to be told: once, and again when it was right meanwhile. And nothing more is begun until then.
 */
public final class Recognition {
  private static final Logger LOG = LoggerFactory.getLogger(Recognition.class);
  private static final int UNKNOWN = 401;
  private static final int FORBIDDEN = 403;
  private static final int FAILURE = 500;

  private final Consumer<String> tell;
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicBoolean unknown = new AtomicBoolean();
  private final AtomicBoolean forbidden = new AtomicBoolean();

  public Recognition() {
    this(LOG::error);
  }

  Recognition(Consumer<String> tell) {
    this.tell = tell;
  }

  /** How many questions were refused because of the key. */
  public long refusals() {
    return refusals.get();
  }

  /** Whether it knew us when it answered last, or has not answered yet. */
  boolean isKnown() {
    return !unknown.get();
  }

  /** It knows us then, which is not that we may do everything. */
  void answered() {
    if (unknown.get() && unknown.compareAndSet(true, false)) {
      tell.accept("Stripe knows payments.stripe.key again: what has waited goes on");
    }
  }

  void refused(StripeException refusal) {
    var status = refusal.getStatusCode();
    if (status == null || status >= FAILURE) {
      return; // which says nothing of the key
    }
    if (status != UNKNOWN) {
      answered();
    }
    if (status == UNKNOWN || status == FORBIDDEN) {
      refusals.incrementAndGet();
    }
    if (status == UNKNOWN && unknown.compareAndSet(false, true)) {
      tell.accept(
          "Stripe does not know payments.stripe.key, it is wrong or was revoked: nobody can pay, and"
              + " what is under way waits. Put the right key there and start the shop again");
    }
    if (status == FORBIDDEN && forbidden.compareAndSet(false, true)) {
      tell.accept(
          "payments.stripe.key may not do all that the shop asks of Stripe: give it the rights that"
              + " it lacks there, or use another key. Stripe says: "
              + refusal.getMessage());
    }
  }
}
