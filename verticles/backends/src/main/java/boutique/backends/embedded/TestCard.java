package boutique.backends.embedded;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a test token stands for. The names are Stripe's, so that what was tried here does the same
 * there.
 *
 * @param challenged whether the buyer has to prove who they are first
 * @param denial why it is declined; empty if it is not
 * @param later what comes afterwards
 */
record TestCard(boolean challenged, String denial, Later later) {
  /** What a charge has in store. */
  enum Later {
    NOTHING,

    /** Its payer says that it is wrong. */
    DISPUTED,

    /** What is given back arrives only after a while. */
    REFUND_PENDS,

    /** What is given back comes back. */
    REFUND_FAILS
  }

  static final String UNKNOWN = "resource_missing";
  private static final TestCard GOOD = new TestCard(false, "");

  private static final Set<String> BRANDS =
      Set.of(
          "visa",
          "visa_debit",
          "mastercard",
          "mastercard_debit",
          "mastercard_prepaid",
          "amex",
          "discover",
          "diners",
          "jcb",
          "unionpay",
          "us",
          "bypassPending");

  private static final Brand VISA = new Brand("visa", "4242");

  private static final Map<String, String> PRINTED =
      Map.of(
          "mastercard", "4444",
          "amex", "8431",
          "discover", "1117",
          "diners", "0004",
          "jcb", "0505",
          "unionpay", "0005");

  private static final Map<String, TestCard> CARDS =
      Map.ofEntries(
          Map.entry("chargeDeclined", declined("card_declined")),
          Map.entry("chargeDeclinedInsufficientFunds", declined("insufficient_funds")),
          Map.entry("chargeDeclinedLostCard", declined("lost_card")),
          Map.entry("chargeDeclinedStolenCard", declined("stolen_card")),
          Map.entry("chargeDeclinedExpiredCard", declined("expired_card")),
          Map.entry("chargeDeclinedIncorrectCvc", declined("incorrect_cvc")),
          Map.entry("chargeDeclinedProcessingError", declined("processing_error")),
          Map.entry("chargeDeclinedFraudulent", declined("fraudulent")),
          Map.entry("chargeDeclinedVelocityLimitExceeded", declined("card_velocity_exceeded")),
          Map.entry("radarBlock", declined("fraudulent")),
          Map.entry("createDispute", new TestCard(false, "", Later.DISPUTED)),
          Map.entry("pendingRefund", new TestCard(false, "", Later.REFUND_PENDS)),
          Map.entry("refundFail", new TestCard(false, "", Later.REFUND_FAILS)),
          Map.entry("threeDSecureRequired", new TestCard(true, "")),
          Map.entry("threeDSecure2Required", new TestCard(true, "")),
          Map.entry("authenticationRequired", new TestCard(true, "")),
          Map.entry("threeDSecureRequiredChargeDeclined", new TestCard(true, "card_declined")));

  TestCard(boolean challenged, String denial) {
    this(challenged, denial, Later.NOTHING);
  }

  static TestCard of(String method) {
    return plain(method)
        .map(name -> BRANDS.contains(name) ? GOOD : CARDS.getOrDefault(name, declined(UNKNOWN)))
        .orElse(declined(UNKNOWN));
  }

  /**
   * What is printed on a card.
   *
   * @param last4 the last digits of the test card's number
   */
  record Brand(String name, String last4) {}

  /** What a good card is known by; the names of the others say what they do, and they are visas. */
  static Brand brand(String method) {
    return plain(method).map(TestCard::named).orElse(VISA);
  }

  private static Brand named(String name) {
    return PRINTED.entrySet().stream()
        .filter(brand -> name.startsWith(brand.getKey()))
        .map(brand -> new Brand(brand.getKey(), brand.getValue()))
        .findFirst()
        .orElse(VISA);
  }

  /** Tokens and payment methods have the same names behind different prefixes. */
  private static Optional<String> plain(String method) {
    for (var prefix : new String[] {"tok_visa_charge", "pm_card_visa_charge"}) {
      if (method.startsWith(prefix)) {
        return Optional.of("charge" + method.substring(prefix.length()));
      }
    }
    for (var prefix : new String[] {"tok_", "pm_card_"}) {
      if (method.startsWith(prefix)) {
        return Optional.of(method.substring(prefix.length()));
      }
    }
    return Optional.empty();
  }

  private static TestCard declined(String code) {
    return new TestCard(false, code);
  }
}
