package boutique.payments;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.payments.Attempt;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.AbandonPayment;
import boutique.language.payments.PaymentCommand.CancelPayment;
import boutique.language.payments.PaymentCommand.CapturePayment;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentCommand.OpenPayment;
import boutique.language.payments.PaymentCommand.OweRefund;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.ProvePayer;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordDispute;
import boutique.language.payments.PaymentCommand.RecordFailedRefund;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordPendingRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.RefundReturn;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentCommand.RequestPayment;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentCommand.WithdrawPayment;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Refund.Standing;
import boutique.payments.Payment.Absent;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Authorized;
import boutique.payments.Payment.Stage.Cancelled;
import boutique.payments.Payment.Stage.Cancelling;
import boutique.payments.Payment.Stage.Captured;
import boutique.payments.Payment.Stage.Capturing;
import boutique.payments.Payment.Stage.Challenged;
import boutique.payments.Payment.Stage.Charging;
import boutique.payments.Payment.Stage.Failed;
import boutique.payments.Payment.Stage.Open;

/** The rules of paying. */
public final class PaymentDecider implements Decider<PaymentCommand, Payment, PaymentEvent> {
  /**
   * So many tries, and so many keys for one of them or for one refund, are enough for anybody, and
   * too few to try stolen cards with.
   */
  static final int MOST_KEYS = 20;

  @Override
  public Payment initial() {
    return new Absent();
  }

  @Override
  public Decision<PaymentEvent> decide(Payment payment, PaymentCommand command) {
    return switch (command) {
      case OpenPayment _, PayOrder _, ProvePayer _, ResumePayment _ ->
          accept(); // only to learn where it stands
      case RequestPayment c -> request(payment, c);
      case CapturePayment c -> capture(payment, c);
      case CancelPayment c -> cancel(payment, c);
      case AbandonPayment c -> abandon(payment, c);
      case WithdrawPayment c -> withdraw(payment, c);
      case RefundPayment c -> Refunding.rest(payment, c);
      case RefundPart c -> Refunding.part(payment, c);
      case RefundReturn c -> Refunding.returned(payment, c);
      case OweRefund c -> Refunding.owed(payment, c);
      case HearNotice c -> Hearing.notice(payment, c);
      case RecordOutcome c -> Settling.outcome(payment, c);
      case RecordRefund c -> Returning.done(payment, c);
      case RecordPendingRefund c -> Returning.pending(payment, c);
      case RecordFailedRefund c -> Returning.failed(payment, c);
      case RecordDeniedRefund c -> Returning.denied(payment, c);
      case RecordDispute c -> Disputing.record(payment, c);
      case ReturnSurplus c -> Surplus.request(payment, c);
      case RenewKey c -> renew(payment, c);
    };
  }

  @Override
  public Payment evolve(Payment payment, PaymentEvent event) {
    return PaymentLife.after(payment, event);
  }

  /**
   * Paying twice is the first answer, as long as that is one for the order. What is called off for
   * an order that cannot be paid any more, and all that is left of one that is over, is none.
   */
  private static Decision<PaymentEvent> request(Payment payment, RequestPayment c) {
    if (c.over()) {
      return notPayable();
    }
    return switch (payment) {
      case Absent _ -> begin(c, Keys.NONE);
      case Known known ->
          switch (known.stage()) {
            case Open _ when c.method() == null && c.sale().equals(known.sale()) -> accept();
            case Open _, Failed _, Cancelled _ -> begin(c, known.keys());
            case Charging(var attempt) -> isAnother(c, attempt) ? processing() : accept();
            // What has not been proved is called off before this one is asked for.
            case Challenged(var attempt, var _) ->
                isAnother(c, attempt) ? begin(c, known.keys()) : accept();
            case Cancelling _ -> c.payable() ? accept() : notPayable();
            case Authorized _, Capturing _, Captured _ -> accept();
          };
    };
  }

  /** Whoever chooses another card does not mean the first; the same again is only impatience. */
  private static boolean isAnother(RequestPayment c, Attempt first) {
    return c.method() != null && !c.method().equals(first.method());
  }

  private static Decision<PaymentEvent> begin(RequestPayment c, Keys keys) {
    if (!c.payable()) {
      return notPayable();
    }
    if (c.method() == null) {
      return accept(new PaymentOpened(c.order(), id(c), c.sale(), c.at()));
    }
    if (keys.attempts() >= MOST_KEYS) {
      return refuse("payment.too-many-attempts", "This order was tried to be paid too often.");
    }
    var attempt =
        new Attempt(
            keys.size() + 1, key(c, keys.size()), c.method(), c.captureLater(), c.live(), c.at());
    return accept(new PaymentRequested(c.order(), id(c), c.sale(), attempt, c.at()));
  }

  private static Decision<PaymentEvent> capture(Payment payment, CapturePayment c) {
    return switch (payment) {
      case Absent _ -> unknown();
      case Known known ->
          switch (known.stage()) {
            case Authorized _ -> accept(new CaptureRequested(c.order(), id(c), c.at()));
            case Capturing _, Captured _ -> accept();
            case Open _, Charging _, Challenged _, Cancelling _, Failed _, Cancelled _ ->
                refuse("payment.not-authorized", "No money is held for this payment.");
          };
    };
  }

  private static Decision<PaymentEvent> cancel(Payment payment, CancelPayment c) {
    return switch (payment) {
      case Absent _ -> unknown();
      case Known known ->
          switch (known.stage()) {
            case Open _, Failed _ -> accept(new PaymentCancelled(c.order(), id(c), c.at()));
            case Challenged _, Authorized _ ->
                accept(new CancelRequested(c.order(), id(c), c.at()));
            case Cancelling _, Cancelled _ -> accept();
            case Charging _, Capturing _ -> processing();
            case Captured _ ->
                refuse("payment.paid", "The money was taken; it can be refunded only.");
          };
    };
  }

  /** What cannot be called off now is given back when it has succeeded: its order sees to that. */
  private static Decision<PaymentEvent> abandon(Payment payment, AbandonPayment c) {
    return switch (payment) {
      case Absent _ -> accept();
      case Known known ->
          switch (known.stage()) {
            case Open _ -> accept(new PaymentCancelled(c.order(), id(c), c.at()));
            case Challenged _, Authorized _ ->
                accept(new CancelRequested(c.order(), id(c), c.at()));
            case Charging _, Capturing _, Cancelling _, Captured _, Failed _, Cancelled _ ->
                accept();
          };
    };
  }

  /**
   * Nothing is taken for an order that is over. Whether it has been taken already the provider says
   * where it is to let go; what cannot be called off is given back, as above.
   */
  private static Decision<PaymentEvent> withdraw(Payment payment, WithdrawPayment c) {
    return payment instanceof Known known && known.stage() instanceof Capturing
        ? accept(new CancelRequested(c.order(), id(c), c.at()))
        : abandon(payment, new AbandonPayment(c.order(), c.at()));
  }

  private static Decision<PaymentEvent> renew(Payment payment, RenewKey c) {
    return switch (payment) {
      case Absent _ -> accept();
      case Known known when !isAskedWith(known, c.key()) -> accept();
      case Known known when known.keys().renewals(c.key()) + 1 >= MOST_KEYS ->
          refuse("payment.too-many-attempts", "The provider has failed under too many keys.");
      case Known known ->
          accept(new KeyRenewed(c.order(), id(c), c.key(), key(c, known.keys().size()), c.at()));
    };
  }

  private static boolean isAskedWith(Known known, String key) {
    return switch (known.stage()) {
      case Charging(var attempt) -> attempt.key().equals(key);
      case Captured(var _, var refunds) ->
          refunds.stream()
                  .anyMatch(one -> one.standing() == Standing.ASKED && one.key().equals(key))
              || known.aside().surplus().stream()
                  .anyMatch(one -> one.standing() == Standing.ASKED && one.key().equals(key));
      case Open _, Challenged _, Authorized _, Capturing _, Cancelling _, Failed _, Cancelled _ ->
          false;
    };
  }

  static PaymentId id(PaymentCommand c) {
    return PaymentId.of(c.order());
  }

  /** Never the same twice for one payment, and for ever the same in its history. */
  static String key(PaymentCommand c, int keys) {
    return c.order().value() + "." + (keys + 1);
  }

  private static Decision<PaymentEvent> notPayable() {
    return refuse("order.not-payable", "This order cannot be paid any more.");
  }

  /** Nobody knows yet what has become of what the provider was asked for. */
  private static Decision<PaymentEvent> processing() {
    return refuse("payment.processing", "The provider is being asked. Try again shortly.");
  }

  static Decision<PaymentEvent> unknown() {
    return refuse("payment.not-found", "There is no such payment.");
  }
}
