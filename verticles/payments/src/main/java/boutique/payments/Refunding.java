package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;
import static boutique.payments.PaymentDecider.id;
import static boutique.payments.PaymentDecider.key;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.Money;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.Refund;
import boutique.language.payments.Refund.Standing;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Giving money back: never more than was taken, and each refund once. */
final class Refunding {
  private static final String OUTSIDE = "provider";

  private Refunding() {}

  /** Where nothing was taken, or all is on its way back, there is nothing to do. */
  static Decision<PaymentEvent> rest(Payment payment, RefundPayment c) {
    if (!(payment instanceof Known known) || !(known.stage() instanceof Captured captured)) {
      return accept();
    }
    var left = captured.left(known.sale().amount());
    return left.minor() == 0
        ? accept()
        : accept(
            new RefundRequested(
                c.order(),
                id(c),
                "rest-" + (captured.refunds().size() + 1),
                key(c, known.keys().size()),
                left,
                c.why(),
                c.at()));
  }

  static Decision<PaymentEvent> part(Payment payment, RefundPart c) {
    if (!(payment instanceof Known known)) {
      return PaymentDecider.unknown();
    }
    if (!(known.stage() instanceof Captured captured)) {
      return refuse("payment.not-paid", "No money was taken that could be given back.");
    }
    var same = find(captured, c.refund());
    if (same.isPresent()) {
      return c.amount() == null || c.amount().equals(same.get().amount())
          ? accept()
          : refuse("idempotency.mismatch", "This idempotency key was used for another refund.");
    }
    var left = captured.left(known.sale().amount());
    var amount = c.amount() == null ? left : c.amount();
    return !amount.currency().equals(left.currency()) || amount.minor() > left.minor()
        ? tooMuch(left)
        : amount.minor() < 1
            ? nothing(left)
            : accept(
                new RefundRequested(
                    c.order(),
                    id(c),
                    c.refund(),
                    key(c, known.keys().size()),
                    amount,
                    c.why(),
                    c.at()));
  }

  private static Decision<PaymentEvent> tooMuch(Money left) {
    return refuse(
        "payment.refund-too-much",
        "No more can be given back than is left of what was taken.",
        Map.of("left", left.decimal().toPlainString(), "currency", left.currency()));
  }

  private static Decision<PaymentEvent> nothing(Money left) {
    return left.minor() == 0
        ? refuse("payment.refunded", "All of it was given back already.")
        : refuse("payment.refund-amount", "A refund is more than nothing.");
  }

  static Decision<PaymentEvent> done(Payment payment, RecordRefund c) {
    if (!(payment instanceof Known known)) {
      return PaymentDecider.unknown();
    }
    if (c.notice() != null && known.notices().contains(c.notice())) {
      return accept();
    }
    if (!(known.stage() instanceof Captured captured)) {
      return with(c, questioned(known, c));
    }
    var refund = find(captured, c.refund());
    if (refund.isEmpty()) {
      return with(
          c,
          Surplus.of(known, c)
              .map(charge -> Surplus.returned(known, charge, c))
              .orElseGet(() -> outside(known, captured, c)));
    }
    var open = refund.get().standing() != Standing.DONE;
    return with(
        c,
        !open
            ? List.of()
            : refund.get().amount().equals(c.amount()) && refund.get().standing() == Standing.ASKED
                ? List.of(created(c))
                : questioned(known, c));
  }

  /** Somebody has given money back at the provider's own desk. */
  private static List<PaymentEvent> outside(Known known, Captured captured, RecordRefund c) {
    var left = captured.left(known.sale().amount());
    return c.amount().currency().equals(left.currency())
            && c.amount().minor() > 0
            && c.amount().minor() <= left.minor()
        ? List.of(
            new RefundRequested(
                c.order(), id(c), c.refund(), c.reference(), c.amount(), OUTSIDE, c.at()),
            created(c))
        : questioned(known, c);
  }

  static Decision<PaymentEvent> denied(Payment payment, RecordDeniedRefund c) {
    return payment instanceof Known known && known.stage() instanceof Captured captured
        ? find(captured, c.refund())
            .filter(refund -> refund.standing() == Standing.ASKED)
            .<Decision<PaymentEvent>>map(refund ->
                accept(
                    new RefundFailed(
                        c.order(), id(c), refund.id(), refund.amount(), c.code(), c.at())))
            .orElse(accept())
        : accept();
  }

  private static Optional<Refund> find(Captured captured, String id) {
    return captured.refunds().stream().filter(refund -> refund.id().equals(id)).findFirst();
  }

  private static PaymentEvent created(RecordRefund c) {
    return new RefundCreated(c.order(), id(c), c.refund(), c.amount(), c.reference(), c.at());
  }

  private static List<PaymentEvent> questioned(Known known, RecordRefund c) {
    return known.questions().contains(PaymentLife.question("refund", c.reference()))
        ? List.of()
        : List.of(
            new PaymentQuestioned(c.order(), id(c), "refund", c.reference(), c.amount(), c.at()));
  }

  private static Decision<PaymentEvent> with(RecordRefund c, List<PaymentEvent> effect) {
    return c.notice() == null || effect.isEmpty()
        ? new Accepted<>(effect)
        : new Accepted<>(
            Stream.concat(
                    Stream.of(new NoticeTaken(c.order(), id(c), c.notice(), c.at())),
                    effect.stream())
                .toList());
  }
}
