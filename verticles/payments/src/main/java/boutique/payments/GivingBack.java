package boutique.payments;

import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordPendingRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Has the provider give back what is to be given back, each refund under its written key. What it
 * has begun is only asked after.
 */
final class GivingBack {
  /** It was not done under the last key, and there is none after it: people see to it. */
  private static final Returned SPENT = new Returned.Denied("keys_spent");

  private final Desk<PaymentCommand> till;
  private final PaymentProvider provider;
  private final InstantSource clock;

  GivingBack(Desk<PaymentCommand> till, PaymentProvider provider, InstantSource clock) {
    this.till = till;
    this.provider = provider;
    this.clock = clock;
  }

  /** It may have been asked for before, so it is looked for first. */
  Future<Void> of(PaymentFace face, Refund refund, Context context) {
    return face.reference() == null
        ? Future.failedFuture(new IllegalStateException("paid without a reference"))
        : find(face, refund, wanted(face, refund, face.reference()), context);
  }

  private Future<Void> find(PaymentFace face, Refund refund, Return wanted, Context context) {
    return provider
        .findRefund(wanted)
        .compose(found ->
            switch (found) {
              case Returned.NotThere _, Returned.Stuck _ ->
                  refund.standing() == Refund.Standing.ASKED
                      ? ask(face, refund, wanted, context)
                      : Future.succeededFuture();
              case Returned.Certain _, Returned.Unknown _ -> record(face, refund, found, context);
            });
  }

  private Future<Void> ask(PaymentFace face, Refund refund, Return wanted, Context context) {
    return provider
        .refund(wanted)
        .compose(answer ->
            answer instanceof Returned.Stuck
                ? stuck(face, refund, wanted, context)
                : record(face, refund, answer, context));
  }

  /** What fails for ever may have been done nevertheless. Only if not, another key is due. */
  private Future<Void> stuck(PaymentFace face, Refund refund, Return wanted, Context context) {
    return provider
        .findRefund(wanted)
        .compose(found ->
            found instanceof Returned.NotThere
                ? renew(face, refund, context)
                : record(face, refund, found, context));
  }

  private Future<Void> renew(PaymentFace face, Refund refund, Context context) {
    return till.handle(new RenewKey(face.order(), refund.key(), now()), context)
        .compose(reply ->
            switch (reply) {
              case Done(var _, PaymentFace renewed) -> again(renewed, refund, context);
              case Done _ -> Future.succeededFuture();
              case Refused _ -> record(face, refund, SPENT, context);
            });
  }

  private Future<Void> again(PaymentFace face, Refund refund, Context context) {
    return face.refunds().stream()
        .filter(one -> one.id().equals(refund.id()) && one.isUnderWay())
        .findFirst()
        .map(one -> of(face, one, context))
        .orElseGet(Future::succeededFuture);
  }

  private Future<Void> record(PaymentFace face, Refund refund, Returned answer, Context context) {
    return switch (answer) {
      case Returned.Done(var reference, var amount) ->
          till.handle(
                  new RecordRefund(face.order(), refund.id(), amount, reference, now()), context)
              .mapEmpty();
      case Returned.Pending(var reference, var amount) ->
          till.handle(
                  new RecordPendingRefund(face.order(), refund.id(), amount, reference, now()),
                  context)
              .mapEmpty();
      case Returned.Denied(var code) ->
          till.handle(new RecordDeniedRefund(face.order(), refund.id(), code, now()), context)
              .mapEmpty();
      case Returned.NotThere _, Returned.Stuck _, Returned.Unknown _ -> Future.succeededFuture();
    };
  }

  private static Return wanted(PaymentFace face, Refund refund, String reference) {
    return new Return(
        refund.key(), face.payment().value(), refund.id(), reference, refund.amount());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
