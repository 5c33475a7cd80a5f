package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.payments.PaymentDecider.id;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.Money;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordFailedRefund;
import boutique.language.payments.PaymentCommand.RecordPendingRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.Refund;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of a refund, as the provider says when it is asked: it is on its way, it is done, or
 * it has failed, which may be weeks after it was done. A refund that has failed is over: its money
 * goes back with another one.
 */
final class Returning {
  private static final String OUTSIDE = "provider";

  private Returning() {}

  /** What the provider says, whichever of the commands it is in. */
  record Told(PaymentCommand by, String refund, Money amount, String reference, Instant at) {

    Told called(String name) {
      return new Told(by, name, amount, reference, at);
    }

    PaymentEvent requested() {
      return new RefundRequested(by.order(), id(by), refund, reference, amount, OUTSIDE, at);
    }

    PaymentEvent pending() {
      return new RefundPending(by.order(), id(by), refund, amount, reference, at);
    }

    PaymentEvent created() {
      return new RefundCreated(by.order(), id(by), refund, amount, reference, at);
    }

    List<PaymentEvent> questioned(Known known) {
      return known.questions().contains(PaymentLife.question("refund", reference))
          ? List.of()
          : List.of(new PaymentQuestioned(by.order(), id(by), "refund", reference, amount, at));
    }
  }

  static Decision<PaymentEvent> done(Payment payment, RecordRefund c) {
    var told = new Told(c, c.refund(), c.amount(), c.reference(), c.at());
    return heard(payment, known -> done(known, told));
  }

  private static List<PaymentEvent> done(Known known, Told told) {
    if (!(known.stage() instanceof Captured captured)) {
      return told.questioned(known);
    }
    var refund = find(captured, told);
    if (refund.isPresent()) {
      return isAnother(refund.get(), told)
          ? twice(known, captured, told, Told::created)
          : done(known, refund.get(), told);
    }
    var charge = Surplus.of(known, told.refund());
    return charge.isPresent()
        ? Surplus.returned(charge.get(), told)
        : outside(known, captured, told, told.created());
  }

  /** Who is called by the provider's name is meant, whatever the provider was told to call it. */
  private static Optional<Refund> find(Captured captured, Told told) {
    return Refunding.find(captured, told.reference())
        .or(() -> Refunding.find(captured, told.refund()));
  }

  /** The provider has done this one, or is at it, and now tells of one more of the same name. */
  private static boolean isAnother(Refund refund, Told told) {
    return switch (refund.standing()) {
      case PENDING, DONE -> !told.reference().equals(refund.reference());
      case ASKED, DENIED, REPLACED -> false;
    };
  }

  /**
   * It was done under two keys, because one of them was taken for dead: the money has left twice.
   * The second has no name but the provider's, as what was begun at its own desk.
   */
  private static List<PaymentEvent> twice(
      Known known, Captured captured, Told told, Function<Told, PaymentEvent> effect) {
    var second = told.called(told.reference());
    return outside(known, captured, second, effect.apply(second));
  }

  private static List<PaymentEvent> done(Known known, Refund refund, Told told) {
    return switch (refund.standing()) {
      case ASKED, PENDING ->
          refund.amount().equals(told.amount())
              ? List.of(told.called(refund.id()).created())
              : told.questioned(known);
      case DONE -> List.of();
      // What has failed is over; if the provider says otherwise, something is wrong.
      case DENIED, REPLACED -> told.questioned(known);
    };
  }

  static Decision<PaymentEvent> pending(Payment payment, RecordPendingRefund c) {
    var told = new Told(c, c.refund(), c.amount(), c.reference(), c.at());
    return heard(payment, known -> pending(known, told));
  }

  private static List<PaymentEvent> pending(Known known, Told told) {
    if (!(known.stage() instanceof Captured captured)) {
      return told.questioned(known);
    }
    var refund = find(captured, told);
    if (refund.isEmpty()) {
      return Surplus.of(known, told.refund()).isPresent()
          ? List.of()
          : outside(known, captured, told, told.pending());
    }
    if (isAnother(refund.get(), told)) {
      return twice(known, captured, told, Told::pending);
    }
    return switch (refund.get().standing()) {
      case ASKED ->
          refund.get().amount().equals(told.amount())
              ? List.of(told.called(refund.get().id()).pending())
              : told.questioned(known);
      case PENDING, DONE, DENIED, REPLACED -> List.of();
    };
  }

  /** Somebody gives money back at the provider's own desk. */
  private static List<PaymentEvent> outside(
      Known known, Captured captured, Told told, PaymentEvent effect) {
    var left = captured.left(known.sale().amount());
    return told.amount().currency().equals(left.currency())
            && told.amount().minor() > 0
            && told.amount().minor() <= left.minor()
        ? List.of(told.requested(), effect)
        : told.questioned(known);
  }

  static Decision<PaymentEvent> failed(Payment payment, RecordFailedRefund c) {
    var told = new Told(c, c.refund(), c.amount(), c.reference(), c.at());
    return heard(payment, known -> failed(known, told, c.code()));
  }

  /** Of what we have never asked for, nothing has failed. */
  private static List<PaymentEvent> failed(Known known, Told told, String code) {
    if (!(known.stage() instanceof Captured captured)) {
      return List.of();
    }
    var refund = find(captured, told);
    return refund.isPresent()
        ? failed(known, refund.get(), told, code)
        : Surplus.of(known, told.refund())
            .map(charge -> Surplus.failed(charge, told, code))
            .orElse(List.of());
  }

  private static List<PaymentEvent> failed(Known known, Refund refund, Told told, String code) {
    var by = told.by();
    var fits = refund.reference() == null || refund.reference().equals(told.reference());
    return switch (refund.standing()) {
      case ASKED ->
          List.of(
              new RefundFailed(by.order(), id(by), refund.id(), refund.amount(), code, told.at()));
      case PENDING ->
          fits
              ? List.of(
                  new RefundFailed(
                      by.order(), id(by), refund.id(), refund.amount(), code, told.at()))
              : told.questioned(known);
      case DONE ->
          fits
              ? List.of(
                  new RefundReversed(
                      by.order(),
                      id(by),
                      refund.id(),
                      refund.amount(),
                      told.reference(),
                      code,
                      told.at()))
              : told.questioned(known);
      case DENIED, REPLACED -> List.of();
    };
  }

  /** The provider would not even begin it. */
  static Decision<PaymentEvent> denied(Payment payment, RecordDeniedRefund c) {
    return payment instanceof Known known ? new Accepted<>(denied(known, c)) : accept();
  }

  private static List<PaymentEvent> denied(Known known, RecordDeniedRefund c) {
    if (!(known.stage() instanceof Captured captured)) {
      return List.of();
    }
    var refund = Refunding.find(captured, c.refund());
    if (refund.isPresent()) {
      return refund
          .filter(Refund::isUnderWay)
          .<PaymentEvent>map(
              one -> new RefundFailed(c.order(), id(c), one.id(), one.amount(), c.code(), c.at()))
          .stream()
          .toList();
    }
    var told = new Told(c, c.refund(), known.sale().amount(), "", c.at());
    return Surplus.of(known, c.refund())
        .map(charge -> Surplus.failed(charge, told, c.code()))
        .orElse(List.of());
  }

  /** What it does with a payment that is there. */
  @FunctionalInterface
  private interface Effect {
    List<PaymentEvent> on(Known known);
  }

  private static Decision<PaymentEvent> heard(Payment payment, Effect effect) {
    return switch (payment) {
      case Payment.Absent _ -> PaymentDecider.unknown();
      case Known known -> new Accepted<>(effect.on(known));
    };
  }
}
