package boutique.payments;

import boutique.kernel.payment.PaymentProvider;
import boutique.language.payments.Loose;
import boutique.language.payments.PaymentFace;
import io.vertx.core.json.JsonObject;

/**
 * Knows what stands in other books than those of the provider that is in use: another provider's,
 * or the same one's of the other mode. By the name that the charge has there, and by whether it was
 * for real money; so no payment has to say more than it always has.
 */
public record OtherBooks(PaymentProvider provider) {
  public boolean have(PaymentFace payment) {
    var reference = payment.reference();
    var attempt = payment.attempt();
    return reference == null
        ? attempt != null && attempt.live() != provider.live()
        : have(reference, payment.live());
  }

  /** As the list of payments has it; what is older than its words is in the books in use. */
  public boolean have(JsonObject document) {
    var reference = document.getString("reference");
    var live = document.getBoolean(PaymentList.LIVE);
    return reference != null && have(reference, live == null ? provider.live() : live);
  }

  boolean have(Loose loose) {
    return have(loose.reference(), loose.attempt().live());
  }

  private boolean have(String reference, boolean live) {
    return !reference.equals(PaymentFace.FREE) && !provider.mayHave(reference, live);
  }
}
