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
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentFace;
import boutique.payments.Surplus;
import boutique.payments.books.Line.Theirs.Has;
import io.vertx.core.Future;
import java.time.Instant;

/**
 * Gives a second charge back, if there is no doubt: the provider shows that the first one is there,
 * whole, for the right money, and that nobody calls it wrong; and the second was asked for under a
 * key of ours, and nobody has begun to give it back. That it shall go back is written first. Then
 * it is looked for before it is asked for, under a key that stays, so that however often and by
 * whomever this is done, it goes back once.
 */
final class GivingSurplusBack {
  private final PaymentProvider provider;

  GivingSurplusBack(PaymentProvider provider) {
    this.provider = provider;
  }

  Future<Void> of(Bus bus, Line line, PaymentFace ours, Instant now, Context context) {
    return line.standsWithout()
            && line.theirs() instanceof Has(var second)
            && second.returned().minor() == 0
        ? giveBack(bus, second, ours, now, context)
        : Future.succeededFuture();
  }

  private Future<Void> giveBack(
      Bus bus, Entry second, PaymentFace ours, Instant now, Context context) {
    var wish =
        new ReturnSurplus(ours.order(), second.reference(), second.key(), second.taken(), now);
    var wanted =
        new Return(
            Surplus.key(wish),
            ours.payment().value(),
            Surplus.refund(second.reference()),
            second.reference(),
            second.taken());
    return bus.ask(wish, context)
        .compose(reply ->
            reply instanceof Done
                ? returned(wanted).compose(answer -> note(bus, ours, wanted, answer, now, context))
                : Future.succeededFuture());
  }

  private Future<Returned> returned(Return wanted) {
    return provider
        .findRefund(wanted)
        .compose(found ->
            found instanceof Returned.NotThere
                ? provider.refund(wanted)
                : Future.succeededFuture(found));
  }

  /**
   * What is not done now is tried in the next rounds, and left to people after so many. What has
   * failed is not asked for again: its card would not take it the next time either.
   */
  private static Future<Void> note(
      Bus bus, PaymentFace ours, Return wanted, Returned answer, Instant now, Context context) {
    return switch (answer) {
      case Returned.Done(var reference, var amount) ->
          bus.ask(new RecordRefund(ours.order(), wanted.refund(), amount, reference, now), context)
              .mapEmpty();
      case Returned.Denied(var code) ->
          bus.ask(new RecordDeniedRefund(ours.order(), wanted.refund(), code, now), context)
              .mapEmpty();
      case Returned.Pending _, Returned.NotThere _, Returned.Stuck _, Returned.Unknown _ ->
          Future.succeededFuture();
    };
  }
}
