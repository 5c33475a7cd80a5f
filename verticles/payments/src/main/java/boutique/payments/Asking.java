package boutique.payments;

import boutique.kernel.Bus;
import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Answer.Certain;
import boutique.kernel.payment.Answer.NotThere;
import boutique.kernel.payment.Answer.Stuck;
import boutique.kernel.payment.Answer.Unknown;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.room.Desk;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderFace;
import boutique.language.payments.Attempt;
import boutique.language.payments.Loose;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentCommand.WithdrawPayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import boutique.language.payments.Standing;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Asks the provider for what is written, and writes what it answers. What may have been asked
 * before is looked for first; the key is the written one; and an answer that is not certain changes
 * nothing, so that it is asked for again.
 */
final class Asking {
  /** Nothing was done under the last key, and there is none after it: this attempt is over. */
  private static final Answer SPENT = new Answer.Denied(null, "keys_spent");

  private final Desk<PaymentCommand> till;
  private final Bus bus;
  private final PaymentProvider provider;
  private final OtherBooks others;
  private final InstantSource clock;
  private final GivingBack givingBack;

  Asking(Desk<PaymentCommand> till, Bus bus, PaymentProvider provider, InstantSource clock) {
    this.till = till;
    this.bus = bus;
    this.provider = provider;
    this.others = new OtherBooks(provider);
    this.clock = clock;
    this.givingBack = new GivingBack(till, provider, clock);
  }

  /** Completed with how it stands then. */
  Future<Reply> about(PaymentFace face, boolean fresh, Context context) {
    return switch (face.standing()) {
      case PROCESSING -> fresh ? begin(face, context) : resume(face, context);
      case ACTION_REQUIRED ->
          provider.find(charge(face)).compose(answer -> record(face, answer, context));
      case CAPTURING -> capture(face, context);
      case CANCELLING -> cancel(face, context);
      case OPEN, AUTHORIZED, FAILED, CANCELLED, PAID, PARTIALLY_REFUNDED, REFUNDED ->
          stands(face, context);
    };
  }

  /**
   * Each time the order is looked at first: for one that is over the money is let go of instead,
   * even where the fact that it is over has not come by yet.
   */
  private Future<Reply> capture(PaymentFace face, Context context) {
    return bus.look(face.order().stream())
        .compose(seen ->
            seen.face() instanceof OrderFace order && order.status().equals(OrderFace.CANCELLED)
                ? withdraw(face, context)
                : provider
                    .capture(charge(face), reference(face))
                    .compose(answer -> record(face, answer, context)));
  }

  private Future<Reply> withdraw(PaymentFace face, Context context) {
    return till.handle(new WithdrawPayment(face.order(), now()), context)
        .compose(reply ->
            reply instanceof Done(var _, PaymentFace after)
                    && after.standing() == Standing.CANCELLING
                ? cancel(after, context)
                : Future.succeededFuture(reply));
  }

  private Future<Reply> cancel(PaymentFace face, Context context) {
    return provider
        .cancel(charge(face), reference(face))
        .compose(answer -> record(face, answer, context));
  }

  /** Completed with how it stands when this refund has come to its end, or nobody knows. */
  Future<Reply> about(PaymentFace face, Refund refund, Context context) {
    return givingBack.of(face, refund, context).compose(_ -> stands(face, context));
  }

  /** The buyer says that they have proved who they are; the provider knows. */
  Future<Reply> proved(PaymentFace face, Context context) {
    return face.standing() == Standing.ACTION_REQUIRED
        ? provider
            .proved(charge(face), reference(face))
            .compose(answer -> record(face, answer, context))
        : stands(face, context);
  }

  /** It may have been asked before, so it is looked for; only what is not there is asked for. */
  private Future<Reply> resume(PaymentFace face, Context context) {
    return isFree(face)
        ? begin(face, context)
        : provider
            .find(charge(face))
            .compose(answer ->
                switch (answer) {
                  case Certain certain -> record(face, certain, context);
                  case NotThere _, Stuck _ -> begin(face, context);
                  case Unknown _ -> stands(face, context);
                });
  }

  /**
   * What was tried before and could still be proved late is called off first: so the next charge is
   * asked for only when nothing can come of those before it. What has been quicker is the payment.
   */
  private Future<Reply> begin(PaymentFace face, Context context) {
    var loose = face.aside().loose().stream().filter(one -> !others.have(one)).toList();
    return begin(face, loose, context);
  }

  private Future<Reply> begin(PaymentFace face, List<Loose> loose, Context context) {
    if (loose.isEmpty()) {
      return ordered(face, context);
    }
    var first = loose.getFirst();
    return provider
        .cancel(charge(face, first.attempt()), first.reference())
        .compose(answer ->
            switch (answer) {
              case Answer.Voided _ -> begin(face, loose.subList(1, loose.size()), context);
              case Answer.Taken taken -> record(face, first.attempt(), taken, context);
              case Answer.Denied _,
                  Answer.Challenge _,
                  Answer.Held _,
                  NotThere _,
                  Stuck _,
                  Unknown _ ->
                  stands(face, context);
            });
  }

  /** The order has the last word on whether it may be paid. */
  private Future<Reply> ordered(PaymentFace face, Context context) {
    var sale = face.sale();
    var begin =
        new BeginPayment(
            face.order(), sale.buyer(), face.payment(), sale.amount(), attempt(face).at(), now());
    return bus.ask(begin, context)
        .compose(reply ->
            switch (reply) {
              case Done _ -> take(face, context);
              case Refused(var code, var _, var _) ->
                  record(face, new Answer.Denied(null, code), context);
            });
  }

  private Future<Reply> take(PaymentFace face, Context context) {
    if (isFree(face)) {
      var free = new Answer.Taken(PaymentFace.FREE, face.sale().amount(), attempt(face).live());
      return record(face, free, context);
    }
    return provider
        .charge(charge(face))
        .compose(answer ->
            switch (answer) {
              case Certain certain -> record(face, certain, context);
              case Stuck _ -> stuck(face, context);
              case NotThere _, Unknown _ -> stands(face, context);
            });
  }

  /** What fails for ever may have been done nevertheless. Only if not, another key is due. */
  private Future<Reply> stuck(PaymentFace face, Context context) {
    return provider
        .find(charge(face))
        .compose(answer ->
            switch (answer) {
              case Certain certain -> record(face, certain, context);
              case NotThere _ -> renew(face, context);
              case Stuck _, Unknown _ -> stands(face, context);
            });
  }

  private Future<Reply> renew(PaymentFace face, Context context) {
    return till.handle(new RenewKey(face.order(), attempt(face).key(), now()), context)
        .compose(reply ->
            switch (reply) {
              case Done(var _, PaymentFace renewed)
                  when renewed.standing() == Standing.PROCESSING ->
                  begin(renewed, context);
              case Done _ -> stands(face, context);
              case Refused _ -> record(face, SPENT, context);
            });
  }

  private Future<Reply> record(PaymentFace face, Answer answer, Context context) {
    return answer instanceof Certain certain
        ? record(face, attempt(face), certain, context)
        : stands(face, context);
  }

  private Future<Reply> record(PaymentFace face, Attempt attempt, Certain answer, Context context) {
    return till.handle(
            new RecordOutcome(face.order(), attempt.key(), outcome(answer), null, now()), context)
        .map(reply -> acting(reply, answer));
  }

  /** Where or with what buyers prove who they are is not written: it is told to whoever waits. */
  private static Reply acting(Reply reply, Certain answer) {
    return answer instanceof Answer.Challenge(var reference, var _, var _, var action)
            && reply instanceof Done(var version, PaymentFace face)
            && face.standing() == Standing.ACTION_REQUIRED
            && reference.equals(face.reference())
        ? new Done(version, face.acting(action))
        : reply;
  }

  private Future<Reply> stands(PaymentFace face, Context context) {
    return till.handle(new ResumePayment(face.order(), now()), context);
  }

  private static Outcome outcome(Certain answer) {
    return switch (answer) {
      case Answer.Denied(var reference, var code) -> new Outcome.Denied(reference, code);
      case Answer.Voided(var reference) -> new Outcome.Voided(reference);
      case Answer.Challenge(var reference, var amount, var live, var _) ->
          new Outcome.Challenge(reference, amount, live);
      case Answer.Held(var reference, var amount, var live) ->
          new Outcome.Held(reference, amount, live);
      case Answer.Taken(var reference, var amount, var live) ->
          new Outcome.Taken(reference, amount, live);
    };
  }

  private static boolean isFree(PaymentFace face) {
    return face.sale().amount().minor() == 0;
  }

  private static Charge charge(PaymentFace face) {
    return charge(face, attempt(face));
  }

  private static Charge charge(PaymentFace face, Attempt attempt) {
    return new Charge(
        attempt.key(),
        face.payment().value(),
        face.sale().buyer().value(),
        face.sale().amount(),
        attempt.method(),
        attempt.captureLater(),
        attempt.at());
  }

  private static Attempt attempt(PaymentFace face) {
    if (face.attempt() == null) {
      throw new IllegalStateException(face.standing() + " without an attempt");
    }
    return face.attempt();
  }

  private static String reference(PaymentFace face) {
    if (face.reference() == null) {
      throw new IllegalStateException(face.standing() + " without a reference");
    }
    return face.reference();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
