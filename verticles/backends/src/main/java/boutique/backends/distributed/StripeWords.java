package boutique.backends.distributed;

import boutique.kernel.payment.Charge;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.ShopMark;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.PaymentIntentCreateParams.PaymentMethodData;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentListParams.Created;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is wanted, in Stripe's words. The key goes along in the metadata too: by that a charge is
 * found again when the answer was lost.
 */
final class StripeWords {
  static final String KEY = "key";
  static final String PAYMENT = "payment";
  static final String REFUND = "refund";

  /** Whose it is, where several shops share an account. */
  static final String SHOP = "shop";

  private static final String TOKEN = "tok_";

  private StripeWords() {}

  static boolean isToken(String method) {
    return method.startsWith(TOKEN);
  }

  /** Whether it may be a card that somebody has left: the test cards belong to nobody. */
  static boolean isOwned(String method) {
    return method.startsWith("pm_") && !method.startsWith("pm_card_");
  }

  /**
   * A charge.
   *
   * @param customer who the buyer is there; empty when they have never left a card
   */
  static PaymentIntentCreateParams create(Charge charge, Optional<String> customer, ShopMark mark) {
    var intent =
        PaymentIntentCreateParams.builder()
            .setAmount(charge.amount().minor())
            .setCurrency(charge.amount().currency().toLowerCase(Locale.ROOT))
            .setConfirm(true)
            .setCaptureMethod(
                charge.captureLater() ? CaptureMethod.MANUAL : CaptureMethod.AUTOMATIC)
            .addPaymentMethodType("card")
            .putMetadata(KEY, charge.key())
            .putMetadata(PAYMENT, charge.payment())
            .putMetadata(SHOP, mark.value());
    customer.ifPresent(intent::setCustomer);
    return isToken(charge.method())
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

  static PaymentMethodCreateParams method(String token) {
    return PaymentMethodCreateParams.builder()
        .putExtraParam("type", "card")
        .putExtraParam("card", Map.of("token", token))
        .build();
  }

  static PaymentMethodAttachParams attach(String customer) {
    return PaymentMethodAttachParams.builder().setCustomer(customer).build();
  }

  static PaymentMethodListParams cards(String customer, long most) {
    return PaymentMethodListParams.builder()
        .setCustomer(customer)
        .setType(PaymentMethodListParams.Type.CARD)
        .setLimit(most)
        .build();
  }

  static CustomerCreateParams customer(String owner) {
    return CustomerCreateParams.builder().putMetadata("user", owner).build();
  }

  static RefundCreateParams create(Return wanted, ShopMark mark) {
    return RefundCreateParams.builder()
        .setPaymentIntent(wanted.reference())
        .setAmount(wanted.amount().minor())
        .putMetadata(KEY, wanted.key())
        .putMetadata(PAYMENT, wanted.payment())
        .putMetadata(REFUND, wanted.refund())
        .putMetadata(SHOP, mark.value())
        .build();
  }

  static RefundListParams refunds(String of, String after, long page) {
    var list =
        RefundListParams.builder()
            .setPaymentIntent(of)
            .addExpand("data.payment_intent")
            .setLimit(page);
    return after.isEmpty() ? list.build() : list.setStartingAfter(after).build();
  }

  /** Together with the intents, which say what they were for. */
  static RefundListParams refunds(Instant from, String after, long page) {
    var list =
        RefundListParams.builder()
            .setCreated(RefundListParams.Created.builder().setGte(second(from)).build())
            .addExpand("data.payment_intent")
            .setLimit(page);
    return after.isEmpty() ? list.build() : list.setStartingAfter(after).build();
  }

  static DisputeListParams disputes(String of, long page) {
    return DisputeListParams.builder()
        .setPaymentIntent(of)
        .addExpand("data.payment_intent")
        .setLimit(page)
        .build();
  }

  static DisputeListParams disputes(Instant from, String after, long page) {
    var list =
        DisputeListParams.builder()
            .setCreated(DisputeListParams.Created.builder().setGte(second(from)).build())
            .addExpand("data.payment_intent")
            .setLimit(page);
    return after.isEmpty() ? list.build() : list.setStartingAfter(after).build();
  }

  /** An intent says how much of it was given back only together with its charge. */
  static PaymentIntentRetrieveParams withCharge() {
    return PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
  }

  static PaymentIntentListParams list(Instant from, String after, long page) {
    return list(Created.builder().setGte(second(from)).build(), after, page);
  }

  static PaymentIntentListParams list(Instant from, Instant to, String after, long page) {
    var between = Created.builder().setGte(second(from)).setLte(second(to)).build();
    return list(between, after, page);
  }

  private static PaymentIntentListParams list(Created created, String after, long page) {
    var list =
        PaymentIntentListParams.builder()
            .setCreated(created)
            .addExpand("data.latest_charge")
            .setLimit(page);
    return after.isEmpty() ? list.build() : list.setStartingAfter(after).build();
  }

  private static long second(Instant at) {
    return Math.max(0, at.getEpochSecond());
  }
}
