package boutique.payments.books;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderCommand.NoteLoss;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.NoteRefundReversal;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderId;
import boutique.language.payments.Loss;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentCommand.WithdrawPayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import boutique.payments.books.Line.Theirs.Has;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts right what the rooms' own commands put right without any risk. Each of them does nothing the
 * second time, so that it does not matter who else is at it; whether it has helped is seen in the
 * next round.
 */
final class Mending {
  private final Watching watching;
  private final GivingSurplusBack surplus;

  Mending(PaymentProvider provider, Watching watching) {
    this.watching = watching;
    this.surplus = new GivingSurplusBack(provider);
  }

  /**
   * Completed with whether somebody has answered. It fails, or nobody has, where somebody could not
   * be asked: then nothing was refused, and it is worth another try.
   */
  Future<Boolean> of(Bus bus, Discrepancy wrong, Line line, Instant now) {
    var ours = line.ours();
    return ours == null
        ? Future.succeededFuture(true)
        : of(
            bus,
            wrong,
            line,
            ours,
            now,
            new Context("reconciling-" + wrong.payment(), null, "payments"));
  }

  private Future<Boolean> of(
      Bus bus, Discrepancy wrong, Line line, PaymentFace ours, Instant now, Context context) {
    return switch (wrong.kind()) {
      case CHARGED_TWICE -> surplus.of(bus, line, ours, now, context);
      case REFUND_UNRECORDED, REFUND_MISSING -> watching.of(bus, ours, now).map(true);
      case CHARGE_UNRECORDED -> all(bus, recorded(line, ours.order(), now), context);
      case HOLD_GONE -> all(bus, gone(line, ours, now), context);
      case REFUND_DUE ->
          all(
              bus,
              List.of(
                  settle(ours, now),
                  new RefundPayment(ours.order(), ours.payment(), "order.cancelled", now)),
              context);
      case ORDER_INCOMPLETE, REFUND_UNNOTED -> all(bus, told(ours, now), context);
      case HOLD_LEFT -> all(bus, List.of(new WithdrawPayment(ours.order(), now)), context);
      case PAYMENT_STUCK -> all(bus, List.of(new ResumePayment(ours.order(), now)), context);
      case CHARGE_WITHOUT_PAYMENT,
          PAYMENT_WITHOUT_CHARGE,
          CHARGED_INSTEAD,
          AMOUNT_DIFFERS,
          CURRENCY_DIFFERS,
          MODE_DIFFERS,
          REFUND_DENIED,
          REFUND_FAILED,
          SURPLUS_FAILED,
          DISPUTED,
          VERDICT_DIFFERS,
          ORDER_MISSING,
          ORDER_UNPAID,
          ORDER_HELD,
          HOLD_UNKNOWN,
          HELD_ELSEWHERE,
          HOLD_LEFT_ELSEWHERE,
          STUCK_ELSEWHERE,
          STUCK_UNHEARD,
          NOTICE_UNHEARD ->
          Future.succeededFuture(true);
    };
  }

  private static Future<Boolean> all(Bus bus, List<? extends Command> commands, Context context) {
    var done = Future.succeededFuture(true);
    for (var command : commands) {
      done =
          done.compose(
              answered -> bus.ask(command, context).map(reply -> answered && isAnswer(reply)));
    }
    return done;
  }

  /** A room that still does not know what the provider has done was not answered either. */
  private static boolean isAnswer(Reply reply) {
    return switch (reply) {
      case Done(var _, PaymentFace face) -> !Comparing.isAsking(face);
      case Done _, Refused _ -> true;
    };
  }

  /** As if the provider's message had come. */
  private static List<? extends Command> recorded(Line line, OrderId order, Instant now) {
    return line.theirs() instanceof Has(var entry)
        ? List.of(
            new RecordOutcome(
                order,
                entry.key(),
                new Outcome.Taken(entry.reference(), entry.taken(), entry.live()),
                null,
                now))
        : List.of();
  }

  private static List<? extends Command> gone(Line line, PaymentFace ours, Instant now) {
    return line.theirs() instanceof Has(var entry)
        ? Watching.lapsed(ours, entry, now).stream().toList()
        : List.of();
  }

  private static List<? extends Command> told(PaymentFace ours, Instant now) {
    return Stream.of(
            Stream.<Command>of(settle(ours, now)),
            ours.refunds().stream().flatMap(refund -> told(ours, refund, now)),
            ours.aside().losses().stream().map(loss -> told(ours, loss, now)))
        .<Command>flatMap(commands -> commands)
        .toList();
  }

  private static NoteLoss told(PaymentFace ours, Loss loss, Instant now) {
    return new NoteLoss(ours.order(), ours.payment(), loss.dispute(), loss.amount(), now);
  }

  private static Stream<Command> told(PaymentFace ours, Refund refund, Instant now) {
    return switch (refund.standing()) {
      case ASKED, PENDING -> Stream.of();
      case DONE ->
          Stream.of(
              new NoteRefund(ours.order(), ours.payment(), refund.id(), refund.amount(), now));
      case DENIED, REPLACED ->
          Stream.of(
              new NoteRefundReversal(
                  ours.order(), ours.payment(), refund.id(), refund.amount(), now));
    };
  }

  /** What the order has not heard, or has not brought to its end. */
  private static SettlePayment settle(PaymentFace ours, Instant now) {
    return new SettlePayment(ours.order(), ours.payment(), ours.sale().amount(), now);
  }
}
