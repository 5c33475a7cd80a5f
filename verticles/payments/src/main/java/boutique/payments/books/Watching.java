package boutique.payments.books;

import static java.util.Objects.requireNonNullElse;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Statement;
import boutique.kernel.payment.Statement.Back;
import boutique.kernel.payment.Statement.Disputed;
import boutique.kernel.payment.Statement.Verdict;
import boutique.kernel.store.Views.Entry;
import boutique.language.Context;
import boutique.language.payments.Dispute;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordDispute;
import boutique.language.payments.PaymentCommand.RecordFailedRefund;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordPendingRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import boutique.language.payments.SecondCharge;
import boutique.payments.PaymentList;
import boutique.payments.Surplus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks what has become of money afterwards: a refund may fail weeks after it was done, somebody may
 * give money back at the provider's own desk, a payer may call a charge wrong, a hold may lapse. A
 * payment is asked after once a day as long as it is in question: while its money is held or
 * disputed, or was disputed and may be lost without its order knowing, and for sixty days after
 * something of it was given back. Its messages about any of that are only reasons to ask at once.
 * What the provider then says is written by commands, each of which does nothing the second time.
 */
final class Watching {
  static final Duration EVERY = Duration.ofDays(1);
  static final Duration WITHIN = Duration.ofDays(60);
  private static final int MOST_REMEMBERED = 50_000;

  private final PaymentProvider provider;

  /** Who was asked after, and when; whoever starts anew asks once too often. */
  private final Map<String, Instant> asked = new Remembered<>(MOST_REMEMBERED);

  Watching(PaymentProvider provider) {
    this.provider = provider;
  }

  boolean isDue(Entry payment, Instant now) {
    var last = asked.get(payment.key());
    return isInQuestion(payment.document(), now)
        && (last == null || !now.isBefore(last.plus(EVERY)));
  }

  void asked(Entry payment, Instant now) {
    asked.put(payment.key(), now);
  }

  private static boolean isInQuestion(JsonObject document, Instant now) {
    var returned = document.getString(PaymentList.RETURNED_AT);
    return document.getString("status").equals("authorized")
        || document.containsKey(PaymentList.DISPUTES)
        || (returned != null && now.isBefore(Instant.parse(returned).plus(WITHIN)));
  }

  /** Everything about one payment of which the provider has just said how one charge stands. */
  Future<Void> of(Bus bus, PaymentFace ours, Statement.Entry entry, Instant now) {
    return ask(bus, ours, lapsed(ours, entry, now).stream().toList())
        .compose(_ -> of(bus, ours, entry.reference(), now));
  }

  /** Everything about one payment: its charge, and the second ones that were to go back. */
  Future<Void> of(Bus bus, PaymentFace ours, Instant now) {
    return of(bus, ours, charges(ours, ours.reference()), now);
  }

  /** The same, about a charge that may be the one, where our books do not know of any. */
  Future<Void> of(Bus bus, PaymentFace ours, String charge, Instant now) {
    return of(bus, ours, charges(ours, requireNonNullElse(ours.reference(), charge)), now);
  }

  private static Stream<String> charges(PaymentFace ours, @Nullable String first) {
    return Stream.concat(
        Stream.ofNullable(first), ours.aside().surplus().stream().map(SecondCharge::charge));
  }

  private Future<Void> of(Bus bus, PaymentFace ours, Stream<String> charges, Instant now) {
    var done = Future.<Void>succeededFuture();
    for (var charge : charges.filter(provider::names).distinct().toList()) {
      done = done.compose(_ -> about(bus, ours, charge, now));
    }
    return done;
  }

  private Future<Void> about(Bus bus, PaymentFace ours, String charge, Instant now) {
    return provider
        .returns(charge)
        .compose(backs ->
            provider
                .disputes(charge)
                .compose(disputes ->
                    ask(
                        bus,
                        ours,
                        Stream.concat(
                                backs.reversed().stream()
                                    .flatMap(back -> told(ours, back, now).stream()),
                                disputes.stream().map(one -> told(ours, one, now)))
                            .toList())));
  }

  /** It was let go of, or all of it has gone back: this payment waits for it in vain. */
  static Optional<PaymentCommand> lapsed(PaymentFace ours, Statement.Entry entry, Instant now) {
    return entry.isOver() && ours.attempt() != null && entry.reference().equals(ours.reference())
        ? Optional.of(
            new RecordOutcome(
                ours.order(),
                ours.attempt().key(),
                new Outcome.Voided(entry.reference()),
                null,
                now))
        : Optional.empty();
  }

  private static Future<Void> ask(Bus bus, PaymentFace ours, List<PaymentCommand> commands) {
    var context = new Context("watching-" + ours.payment().value(), null, "payments");
    var done = Future.<Void>succeededFuture();
    for (var command : commands) {
      done = done.compose(_ -> bus.ask(command, context).mapEmpty());
    }
    return done;
  }

  static RecordDispute told(PaymentFace ours, Disputed disputed, Instant now) {
    return new RecordDispute(ours.order(), disputed.charge(), dispute(disputed), null, now);
  }

  /** Empty for a charge that is none of this payment's. */
  private static Optional<PaymentCommand> told(PaymentFace ours, Back back, Instant now) {
    var order = ours.order();
    return name(ours, back)
        .map(name ->
            switch (back.became()) {
              case Returned.Done(var reference, var amount) ->
                  new RecordRefund(order, name, amount, reference, now);
              case Returned.Pending(var reference, var amount) ->
                  new RecordPendingRefund(order, name, amount, reference, now);
              case Returned.Denied(var code) ->
                  new RecordFailedRefund(order, name, back.amount(), back.reference(), code, now);
            });
  }

  /** What was begun at the provider's own desk has no name but the provider's. */
  private static Optional<String> name(PaymentFace ours, Back back) {
    if (back.charge().equals(ours.reference())) {
      return Optional.of(back.refund().isEmpty() ? back.reference() : back.refund());
    }
    return ours.aside().surplus(back.charge()).map(one -> Surplus.refund(one.charge()));
  }

  /** Whether our books say of a refund what the provider says. */
  static boolean agrees(PaymentFace ours, Back back) {
    return name(ours, back).isEmpty()
        || ours.refunds().stream()
            .filter(refund -> back.reference().equals(refund.reference()))
            .anyMatch(refund ->
                switch (back.became()) {
                  case Returned.Done _ -> refund.standing() == Refund.Standing.DONE;
                  case Returned.Pending _ -> refund.standing() == Refund.Standing.PENDING;
                  case Returned.Denied _ -> !refund.counts();
                });
  }

  static boolean agrees(PaymentFace ours, Disputed disputed) {
    var theirs = dispute(disputed);
    return ours.aside().doubted().contains(theirs)
        || (ours.aside().disputes().contains(theirs)
            && (!isLoss(ours, disputed) || ours.aside().hasLost(disputed.reference())));
  }

  private static boolean isLoss(PaymentFace ours, Disputed disputed) {
    return disputed.verdict() == Verdict.THEIRS
        && disputed.charge().equals(ours.reference())
        && disputed.amount().currency().equals(ours.sale().amount().currency());
  }

  private static Dispute dispute(Disputed disputed) {
    var standing =
        switch (disputed.verdict()) {
          case OPEN -> Dispute.Standing.OPEN;
          case OURS -> Dispute.Standing.WON;
          case THEIRS -> Dispute.Standing.LOST;
        };
    return new Dispute(disputed.reference(), disputed.amount(), disputed.reason(), standing);
  }
}
