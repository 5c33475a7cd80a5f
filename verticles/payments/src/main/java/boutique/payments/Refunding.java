package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;
import static boutique.payments.PaymentDecider.id;
import static boutique.payments.PaymentDecider.key;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.kernel.Decision.Declined;
import boutique.language.Money;
import boutique.language.payments.PaymentCommand.OweRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.RefundReturn;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.Refund;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Giving money back: never more than is left of what was taken, and each refund once. One that has
 * failed leaves its money, and may be asked for again as another. What a payer has back from their
 * bank is not given back to them once more.
 */
final class Refunding {
  private static final String RETURNED = "returned";

  private Refunding() {}

  /** Where nothing was taken, or all is on its way back, there is nothing to do. */
  static Decision<PaymentEvent> rest(Payment payment, RefundPayment c) {
    if (!(payment instanceof Known known) || !(known.stage() instanceof Captured captured)) {
      return accept();
    }
    var left = left(known, captured);
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
    var left = left(known, captured);
    var amount = c.amount() == null ? left : c.amount();
    if (!amount.currency().equals(left.currency())) {
      return refuse(
          "payment.refund-currency",
          "Money goes back in the currency in which it was taken.",
          Map.of("currency", left.currency()));
    }
    return amount.minor() > left.minor()
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

  /** Goods were returned: of what they have cost, as much as is left. */
  static Decision<PaymentEvent> returned(Payment payment, RefundReturn c) {
    if (!(payment instanceof Known known)) {
      return PaymentDecider.unknown();
    }
    if (!(known.stage() instanceof Captured captured) || find(captured, c.refund()).isPresent()) {
      return accept();
    }
    var left = left(known, captured);
    var amount = c.amount().minor() < left.minor() ? c.amount() : left;
    return amount.minor() < 1
        ? accept()
        : accept(
            new RefundRequested(
                c.order(),
                id(c),
                c.refund(),
                key(c, known.keys().size()),
                amount,
                RETURNED,
                c.at()));
  }

  /** In one commit: nobody ever sees it asked for where nobody can be asked. */
  static Decision<PaymentEvent> owed(Payment payment, OweRefund c) {
    var asked =
        c.refund() == null || c.amount() == null
            ? rest(payment, new RefundPayment(c.order(), id(c), c.why(), c.at()))
            : returned(payment, new RefundReturn(c.order(), c.refund(), c.amount(), c.at()));
    return switch (asked) {
      case Accepted(var events) ->
          new Accepted<>(events.stream().flatMap(Refunding::undone).toList());
      case Declined<PaymentEvent> declined -> declined;
    };
  }

  private static Stream<PaymentEvent> undone(PaymentEvent asked) {
    return asked instanceof RefundRequested e
        ? Stream.of(
            e,
            new RefundFailed(e.order(), e.payment(), e.refund(), e.amount(), "other_books", e.at()))
        : Stream.of(asked);
  }

  private static Money left(Known known, Captured captured) {
    var taken = known.sale().amount();
    var left = captured.left(taken).minus(known.aside().lost(taken.currency()));
    return left.minor() < 0 ? new Money(0, left.currency()) : left;
  }

  private static Decision<PaymentEvent> tooMuch(Money left) {
    return refuse(
        "payment.refund-too-much",
        "No more can be given back than is left of what was taken.",
        Map.of("left", left.decimal().toPlainString(), "currency", left.currency()));
  }

  private static Decision<PaymentEvent> nothing(Money left) {
    return left.minor() == 0
        ? refuse("payment.refunded", "Nothing is left of it that could be given back.")
        : refuse("payment.refund-amount", "A refund is more than nothing.");
  }

  /**
   * How much of what has failed before it a refund can stand in the place of. That of goods stands
   * in nobody's: what was promised for others that came back is owed beside it.
   */
  static long reach(RefundRequested e) {
    return e.why().equals(RETURNED) ? 0 : e.amount().minor();
  }

  /**
   * A refund stands in the place of those before it that have failed, as far as it reaches: they
   * are nobody's business any more.
   *
   * @param failed how much each of them is, in the order in which they were asked for
   * @param reach how much it is itself
   */
  static Set<String> replaced(SequencedMap<String, Long> failed, long reach) {
    var replaced = new HashSet<String>();
    var left = reach;
    for (var one : failed.sequencedEntrySet()) {
      if (one.getValue() <= left) {
        left -= one.getValue();
        replaced.add(one.getKey());
      }
    }
    return replaced;
  }

  static Optional<Refund> find(Captured captured, String id) {
    return captured.refunds().stream().filter(refund -> refund.id().equals(id)).findFirst();
  }
}
