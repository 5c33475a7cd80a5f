package boutique.backends.distributed;

import boutique.kernel.payment.Charge;
import boutique.kernel.payment.Return;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.PaymentIntentCreateParams.PaymentMethodData;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * What is wanted, in Stripe's words. The key goes along in the metadata too: by that a charge is
 * found again when the answer was lost.
 */
final class StripeWords {
  static final String KEY = "key";
  static final String PAYMENT = "payment";
  static final String REFUND = "refund";
  private static final String TOKEN = "tok_";

  private StripeWords() {}

  static PaymentIntentCreateParams create(Charge charge) {
    var intent =
        PaymentIntentCreateParams.builder()
            .setAmount(charge.amount().minor())
            .setCurrency(charge.amount().currency().toLowerCase(Locale.ROOT))
            .setConfirm(true)
            .setCaptureMethod(
                charge.captureLater() ? CaptureMethod.MANUAL : CaptureMethod.AUTOMATIC)
            .addPaymentMethodType("card")
            .putMetadata(KEY, charge.key())
            .putMetadata(PAYMENT, charge.payment());
    return charge.method().startsWith(TOKEN)
        ? intent.setPaymentMethodData(card(charge.method())).build()
        : intent.setPaymentMethod(charge.method()).build();
  }

  /** Tokens are older than payment methods, and are turned into one. */
  private static PaymentMethodData card(String token) {
    return PaymentMethodData.builder()
        .putExtraParam("type", "card")
        .putExtraParam("card", Map.of("token", token))
        .build();
  }

  static RefundCreateParams create(Return wanted) {
    return RefundCreateParams.builder()
        .setPaymentIntent(wanted.reference())
        .setAmount(wanted.amount().minor())
        .putMetadata(KEY, wanted.key())
        .putMetadata(PAYMENT, wanted.payment())
        .putMetadata(REFUND, wanted.refund())
        .build();
  }

  static RefundListParams refunds(String of, long page) {
    return RefundListParams.builder().setPaymentIntent(of).setLimit(page).build();
  }

  /** An intent says how much of it was given back only together with its charge. */
  static PaymentIntentRetrieveParams withCharge() {
    return PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
  }

  static PaymentIntentListParams list(Instant from, String after, long page) {
    var list =
        PaymentIntentListParams.builder()
            .setCreated(
                PaymentIntentListParams.Created.builder()
                    .setGte(Math.max(0, from.getEpochSecond()))
                    .build())
            .addExpand("data.latest_charge")
            .setLimit(page);
    return after.isEmpty() ? list.build() : list.setStartingAfter(after).build();
  }
}
