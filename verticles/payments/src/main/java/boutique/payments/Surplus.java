package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import boutique.language.payments.Refund.Standing;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import java.util.List;
import java.util.Optional;

/**
 * A second charge for an order that is paid: it goes back whole, once, and what the order was paid
 * with stays.
 */
final class Surplus {
  private static final String NAME = "surplus.";

  private Surplus() {}

  static Decision<PaymentEvent> request(Payment payment, ReturnSurplus c) {
    if (!(payment instanceof Known known) || !isSurplus(known, c)) {
      return refuse("payment.no-surplus", "This is no second charge of ours.");
    }
    return known.surplus().containsKey(c.charge())
        ? accept()
        : accept(
            new SurplusReturnRequested(
                c.order(), PaymentDecider.id(c), c.charge(), key(c), c.amount(), c.at()));
  }

  /** What the refund is called, here and at the provider. */
  static String refund(String charge) {
    return NAME + charge;
  }

  /** One charge goes back once, so its name makes the key, and for ever the same. */
  static String key(ReturnSurplus c) {
    return c.order().value() + "." + refund(c.charge());
  }

  /** Which charge a refund gives back, if it is such a one. */
  static Optional<String> of(Known known, RecordRefund c) {
    return Optional.of(c.refund())
        .filter(refund -> refund.startsWith(NAME))
        .map(refund -> refund.substring(NAME.length()))
        .filter(known.surplus()::containsKey);
  }

  static List<PaymentEvent> returned(Known known, String charge, RecordRefund c) {
    return known.surplus().get(charge) == Standing.DONE
        ? List.of()
        : List.of(
            new SurplusReturned(
                c.order(), PaymentDecider.id(c), charge, c.amount(), c.reference(), c.at()));
  }

  private static boolean isSurplus(Known known, ReturnSurplus c) {
    return known.stage() instanceof Captured(var counts, var _)
        && !counts.equals(c.charge())
        && known.keys().contains(c.key());
  }
}
