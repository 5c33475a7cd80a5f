package boutique.backends.distributed;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpURLConnectionClient;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;

/**
 * Notices a failure that Stripe has kept for a key and gives again: asking once more would be
 * answered with it for ever.
 */
final class ReplayAwareClient extends HttpURLConnectionClient {
  private static final int FAILURE = 500;

  /** The same failure, again. */
  static final class Replayed extends ApiConnectionException {
    private static final long serialVersionUID = 1L;

    Replayed(String message) {
      super(message);
    }
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    var response = super.request(request);
    var replayed = response.headers().firstValue("Idempotent-Replayed").orElse("false");
    if (response.code() >= FAILURE && replayed.equals("true")) {
      throw new Replayed(response.code() + ", kept for this key");
    }
    return response;
  }
}
