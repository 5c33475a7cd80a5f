package boutique.payments;

import boutique.language.payments.Aside;
import boutique.language.payments.Attempt;
import boutique.language.payments.Dispute;
import boutique.language.payments.Loose;
import boutique.language.payments.Loss;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.ChargeLost;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import boutique.language.payments.Refund;
import boutique.language.payments.Refund.Standing;
import boutique.language.payments.SecondCharge;
import boutique.language.payments.Unfit;
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
import boutique.payments.Payment.UnderWay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What each event makes of a payment. */
final class PaymentLife {
  private PaymentLife() {}

  static Payment after(Payment payment, PaymentEvent event) {
    var after = changed(payment, event);
    return after.after(after.before().at(event.at()));
  }

  private static Known changed(Payment payment, PaymentEvent event) {
    return switch (event) {
      case PaymentOpened e ->
          switch (payment) {
            case Absent _ -> Known.opened(e.sale());
            case Known known -> known.of(e.sale(), known.live()).at(new Open());
          };
      case PaymentRequested e ->
          attempted(payment instanceof Known known ? left(known) : Known.opened(e.sale()), e);
      case PaymentChallenged e ->
          fitting(known(payment)).at(new Challenged(attempt(payment), e.reference()));
      case PaymentAuthorized e ->
          fitting(known(payment)).at(new Authorized(attempt(payment), e.reference()));
      case CaptureRequested _ ->
          known(payment).at(new Capturing(attempt(payment), reference(payment)));
      case CancelRequested _ ->
          known(payment).at(new Cancelling(attempt(payment), reference(payment)));
      case PaymentCreated e ->
          known(payment)
              .at(new Captured(e.reference(), List.of()))
              .beside(known(payment).aside().tied().fitting());
      case PaymentFailed e -> fitting(left(known(payment))).at(new Failed(e.code()));
      case PaymentCancelled _ -> fitting(calledOff(known(payment))).at(new Cancelled());
      case RefundRequested e ->
          refunds(
              known(payment).under(known(payment).keys().refund(e.key())),
              refunds ->
                  Stream.concat(
                      replaced(refunds, e),
                      Stream.of(Refund.asked(e.refund(), e.key(), e.amount()))));
      case RefundPending e -> each(payment, e.refund(), refund -> refund.pending(e.reference()));
      case RefundCreated e -> each(payment, e.refund(), refund -> refund.done(e.reference()));
      case RefundFailed e -> each(payment, e.refund(), refund -> refund.failed(e.code()));
      case RefundReversed e -> each(payment, e.refund(), refund -> refund.failed(e.code()));
      case SurplusReturnRequested e ->
          beside(
              payment,
              aside -> aside.with(new SecondCharge(e.charge(), e.key(), Standing.ASKED, null)));
      case SurplusReturned e -> second(payment, e.charge(), second -> second.done(e.reference()));
      case SurplusReturnFailed e -> second(payment, e.charge(), SecondCharge::failed);
      case PaymentDisputed e ->
          beside(
              payment,
              aside ->
                  aside.with(
                      new Dispute(e.dispute(), e.amount(), e.reason(), Dispute.Standing.OPEN)));
      case DisputeClosed e -> beside(payment, aside -> closed(aside, e));
      case PaymentLost e -> beside(payment, aside -> aside.with(new Loss(e.dispute(), e.amount())));
      case ChargeLost e -> known(payment).after(known(payment).before().lost(e));
      case KeyRenewed e -> renewed(known(payment), e);
      case NoticeTaken e -> known(payment).noticed(e.notice());
      case NoticeHeard e -> known(payment).noticed(e.notice());
      case PaymentQuestioned e -> questioned(known(payment), e);
    };
  }

  static String question(String code, String reference) {
    return code + " " + reference;
  }

  private static Known questioned(Known known, PaymentQuestioned e) {
    var asked = known.questioned(question(e.code(), e.reference()));
    if (Disputing.VERDICTS.containsKey(e.code())) {
      return asked.beside(asked.aside().doubting(e.reference(), Disputing.VERDICTS.get(e.code())));
    }
    return known.stage() instanceof UnderWay && Settling.UNFIT.contains(e.code())
        ? asked.beside(asked.aside().with(new Unfit(e.reference(), e.amount())))
        : asked;
  }

  private static Known calledOff(Known known) {
    return known.stage() instanceof UnderWay now && now.reference() != null
        ? known.after(known.before().calledOff(now.reference()))
        : known;
  }

  private static Known fitting(Known known) {
    return known.beside(known.aside().fitting());
  }

  private static Known attempted(Known known, PaymentRequested e) {
    return known
        .of(e.sale(), e.attempt().live())
        .under(known.keys().attempt(e.attempt().key()))
        .at(new Charging(e.attempt()));
  }

  /** Whom the provider has asked who they are could still prove it, however late. */
  private static Known left(Known known) {
    return known.stage() instanceof Challenged(var attempt, var reference)
        ? known.beside(known.aside().with(new Loose(attempt, reference)))
        : known;
  }

  private static Stream<Refund> replaced(Stream<Refund> refunds, RefundRequested by) {
    var before = refunds.filter(one -> !one.id().equals(by.refund())).toList();
    var failed = new LinkedHashMap<String, Long>();
    before.stream()
        .filter(one -> one.standing() == Standing.DENIED)
        .forEach(one -> failed.put(one.id(), one.amount().minor()));
    var replaced = Refunding.replaced(failed, Refunding.reach(by));
    return before.stream().map(one -> replaced.contains(one.id()) ? one.replaced() : one);
  }

  private static Known beside(Payment payment, UnaryOperator<Aside> change) {
    return known(payment).beside(change.apply(known(payment).aside()));
  }

  private static Known second(Payment payment, String charge, UnaryOperator<SecondCharge> change) {
    return beside(
        payment,
        aside -> aside.surplus(charge).map(one -> aside.with(change.apply(one))).orElse(aside));
  }

  private static Aside closed(Aside aside, DisputeClosed e) {
    var reason = aside.dispute(e.dispute()).map(Dispute::reason).orElse("");
    var standing = e.won() ? Dispute.Standing.WON : Dispute.Standing.LOST;
    return aside.with(new Dispute(e.dispute(), e.amount(), reason, standing));
  }

  private static Known renewed(Known known, KeyRenewed e) {
    var asked = known.under(known.keys().renewed(e.key(), e.next()));
    return known.stage() instanceof Charging(var attempt)
        ? asked.at(new Charging(attempt.under(e.next())))
        : refunds(
            asked.beside(asked.aside().renewed(e.key(), e.next())),
            refunds ->
                refunds.map(
                    refund -> refund.key().equals(e.key()) ? refund.under(e.next()) : refund));
  }

  private static Known each(Payment payment, String refund, UnaryOperator<Refund> change) {
    return refunds(
        known(payment),
        refunds -> refunds.map(one -> one.id().equals(refund) ? change.apply(one) : one));
  }

  private static Known refunds(Known known, UnaryOperator<Stream<Refund>> change) {
    return known.stage() instanceof Captured(var reference, var refunds)
        ? known.at(new Captured(reference, change.apply(refunds.stream()).toList()))
        : known;
  }

  private static Known known(Payment payment) {
    return switch (payment) {
      case Known known -> known;
      case Absent _ -> throw new IllegalStateException("an event before the payment");
    };
  }

  private static Attempt attempt(Payment payment) {
    if (known(payment).stage() instanceof UnderWay underWay) {
      return underWay.attempt();
    }
    throw impossible(payment);
  }

  private static String reference(Payment payment) {
    return switch (known(payment).stage()) {
      case Challenged(var _, var reference) -> reference;
      case Authorized(var _, var reference) -> reference;
      case Capturing(var _, var reference) -> reference;
      case Cancelling(var _, var reference) -> reference;
      case Captured(var reference, var _) -> reference;
      case Open _, Charging _, Failed _, Cancelled _ -> throw impossible(payment);
    };
  }

  private static IllegalStateException impossible(Payment payment) {
    return new IllegalStateException("no such event after " + payment);
  }
}
