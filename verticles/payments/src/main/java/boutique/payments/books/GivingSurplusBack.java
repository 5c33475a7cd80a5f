package boutique.payments.books;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Statement.Entry;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import boutique.language.payments.SecondCharge;
import boutique.payments.Surplus;
import boutique.payments.books.Line.Theirs.Has;
import io.vertx.core.Future;
import java.time.Instant;

/**
 * Gives a second charge back, if there is no doubt: the provider shows that the first one is there,
 * whole, for the right money, and that nobody calls it wrong; and the second was asked for under a
 * key of ours, and nobody has begun to give it back. That it shall go back is written first. Then
 * it is looked for before it is asked for, under the written key, so that however often and by
 * whomever this is done, it goes back once.
 */
final class GivingSurplusBack {
  private final PaymentProvider provider;

  GivingSurplusBack(PaymentProvider provider) {
    this.provider = provider;
  }

  /** Completed with whether it is known what has come of it; else it is worth another try. */
  Future<Boolean> of(Bus bus, Line line, PaymentFace ours, Instant now, Context context) {
    return line.standsWithout()
            && line.theirs() instanceof Has(var second)
            && second.returned().minor() == 0
        ? giveBack(bus, second, ours, now, context)
        : Future.succeededFuture(true);
  }

  private Future<Boolean> giveBack(
      Bus bus, Entry second, PaymentFace ours, Instant now, Context context) {
    var wish =
        new ReturnSurplus(ours.order(), second.reference(), second.key(), second.taken(), now);
    return bus.ask(wish, context)
        .compose(reply ->
            reply instanceof Done(var _, PaymentFace face)
                ? face.aside()
                    .surplus(second.reference())
                    .map(one -> giveBack(bus, second, face, one, now, context))
                    .orElseGet(() -> Future.succeededFuture(true))
                : Future.succeededFuture(true));
  }

  private Future<Boolean> giveBack(
      Bus bus, Entry second, PaymentFace ours, SecondCharge asked, Instant now, Context context) {
    var wanted =
        new Return(
            asked.key(),
            ours.payment().value(),
            Surplus.refund(second.reference()),
            second.reference(),
            second.taken());
    return provider
        .findRefund(wanted)
        .compose(found ->
            switch (found) {
              case Returned.NotThere _, Returned.Stuck _ ->
                  asked.standing() == Refund.Standing.ASKED
                      ? ask(bus, ours, wanted, now, context)
                      : Future.succeededFuture(true);
              case Returned.Certain _, Returned.Unknown _ ->
                  note(bus, ours, wanted, found, now, context);
            });
  }

  private Future<Boolean> ask(
      Bus bus, PaymentFace ours, Return wanted, Instant now, Context context) {
    return provider
        .refund(wanted)
        .compose(answer ->
            answer instanceof Returned.Stuck
                ? stuck(bus, ours, wanted, now, context)
                : note(bus, ours, wanted, answer, now, context));
  }

  /**
   * What fails for ever may have been done nevertheless. Only if not, another key is written, under
   * which it is asked for in the next round; so many of them that it is over some day.
   */
  private Future<Boolean> stuck(
      Bus bus, PaymentFace ours, Return wanted, Instant now, Context context) {
    return provider
        .findRefund(wanted)
        .compose(found ->
            found instanceof Returned.NotThere
                ? bus.ask(new RenewKey(ours.order(), wanted.key(), now), context)
                    .map(reply -> !(reply instanceof Done))
                : note(bus, ours, wanted, found, now, context));
  }

  /**
   * What is not done now is tried in the next rounds. What has failed is not asked for again: its
   * card would not take it the next time either.
   */
  private static Future<Boolean> note(
      Bus bus, PaymentFace ours, Return wanted, Returned answer, Instant now, Context context) {
    return switch (answer) {
      case Returned.Done(var reference, var amount) ->
          bus.ask(new RecordRefund(ours.order(), wanted.refund(), amount, reference, now), context)
              .map(true);
      case Returned.Denied(var code) ->
          bus.ask(new RecordDeniedRefund(ours.order(), wanted.refund(), code, now), context)
              .map(true);
      case Returned.Pending _, Returned.NotThere _, Returned.Stuck _, Returned.Unknown _ ->
          Future.succeededFuture(false);
    };
  }
}
