package boutique.backends.distributed;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpURLConnectionClient;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Notices what the library does not tell of: a failure that Stripe has kept for a key and gives
 * again, so that asking once more would be answered with it for ever; and that something was not
 * done because there is too much at a time, with the time to wait.
 */
final class ReplayAwareClient extends HttpURLConnectionClient {
  private static final int FAILURE = 500;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;

  /** Nobody waits longer on somebody else's word. */
  private static final long LONGEST_WAIT = 60;

  /** The same failure, again. */
  static final class Replayed extends ApiConnectionException {
    private static final long serialVersionUID = 1L;

    Replayed(String message) {
      super(message);
    }
  }

  /** Too much at a time, or still at it: the same may be asked again, after a while. */
  static final class NotYet extends ApiConnectionException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    NotYet(String message, Duration wait) {
      super(message);
      this.wait = wait;
    }

    /** For how long it wants to be asked nothing; zero where it does not say. */
    Duration pause() {
      return wait;
    }
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    var response = super.request(request);
    var replayed = response.headers().firstValue("Idempotent-Replayed").orElse("false");
    if (response.code() >= FAILURE && replayed.equals("true")) {
      throw new Replayed(response.code() + ", kept for this key");
    }
    if (response.code() == TOO_MANY || response.code() == CONFLICT) {
      var wait = wait(response.headers().firstValue("Retry-After"));
      throw new NotYet(response.code() + ", not yet", wait);
    }
    return response;
  }

  /** In seconds; a date is not said there, nor anything that is no number. */
  private static Duration wait(Optional<String> said) {
    return said.filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(text))))
        .orElse(Duration.ZERO);
  }
}
