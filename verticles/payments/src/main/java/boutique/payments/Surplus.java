package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import boutique.language.payments.SecondCharge;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import boutique.payments.Returning.Told;
import java.util.List;
import java.util.Optional;

/**
 * A second charge for an order that is paid: it goes back whole, once, and what the order was paid
 * with stays. What its refund is called is for whoever has the provider asked for it, too.
 */
public final class Surplus {
  private static final String NAME = "surplus.";

  private Surplus() {}

  static Decision<PaymentEvent> request(Payment payment, ReturnSurplus c) {
    if (!(payment instanceof Known known) || !isSurplus(known, c)) {
      return refuse("payment.no-surplus", "This is no second charge of ours.");
    }
    return known.aside().surplus(c.charge()).isPresent()
        ? accept()
        : accept(
            new SurplusReturnRequested(
                c.order(), PaymentDecider.id(c), c.charge(), key(c), c.amount(), c.at()));
  }

  /** What the refund is called, here and at the provider. */
  public static String refund(String charge) {
    return NAME + charge;
  }

  /** One charge goes back once, so its name makes the first key, and for ever the same. */
  private static String key(ReturnSurplus c) {
    return c.order().value() + "." + refund(c.charge());
  }

  /** Which charge a refund gives back, if it is such a one. */
  static Optional<SecondCharge> of(Known known, String refund) {
    return Optional.of(refund)
        .filter(one -> one.startsWith(NAME))
        .map(one -> one.substring(NAME.length()))
        .flatMap(known.aside()::surplus);
  }

  /** One that has failed may have been given back by another, but not by itself. */
  static List<PaymentEvent> returned(SecondCharge charge, Told told) {
    var is =
        switch (charge.standing()) {
          case ASKED, PENDING -> true;
          case DONE -> false;
          case DENIED, REPLACED -> !told.reference().equals(charge.reference());
        };
    return is
        ? List.of(
            new SurplusReturned(
                told.by().order(),
                PaymentDecider.id(told.by()),
                charge.charge(),
                told.amount(),
                told.reference(),
                told.at()))
        : List.of();
  }

  /** It is with the provider again. Whoever looks after the shop gives it back another way. */
  static List<PaymentEvent> failed(SecondCharge charge, Told told, String code) {
    var is =
        switch (charge.standing()) {
          case ASKED, PENDING -> true;
          case DONE -> told.reference().equals(charge.reference());
          case DENIED, REPLACED -> false;
        };
    return is
        ? List.of(
            new SurplusReturnFailed(
                told.by().order(),
                PaymentDecider.id(told.by()),
                charge.charge(),
                told.amount(),
                code,
                told.at()))
        : List.of();
  }

  private static boolean isSurplus(Known known, ReturnSurplus c) {
    return known.stage() instanceof Captured(var counts, var _)
        && !counts.equals(c.charge())
        && known.keys().contains(c.key());
  }
}
