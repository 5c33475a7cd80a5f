package boutique.payments;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Statement.Back;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.AbandonPayment;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Refund;
import boutique.payments.Discrepancy.Kind;
import boutique.payments.Line.Theirs.Has;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts right what the rooms' own commands put right without any risk. Each of them does nothing the
 * second time, so that it does not matter who else is at it; whether it has helped is seen in the
 * next round.
 */
final class Mending {
  private final PaymentProvider provider;
  private final GivingSurplusBack surplus;

  Mending(PaymentProvider provider) {
    this.provider = provider;
    this.surplus = new GivingSurplusBack(provider);
  }

  Future<Void> of(Bus bus, Discrepancy wrong, Line line, Instant now) {
    var ours = line.ours();
    if (!wrong.kind().mends || ours == null) {
      return Future.succeededFuture();
    }
    var context = context(wrong.payment());
    return wrong.kind() == Kind.CHARGED_TWICE
        ? surplus.of(bus, line, ours, now, context)
        : commands(wrong, line, ours, now).compose(commands -> all(bus, commands, context));
  }

  /** Of second charges that are to go back, and have not as far as anybody has heard. */
  Future<Void> surplus(Bus bus, String payment, Set<String> charges, Instant now) {
    var done = Future.<Void>succeededFuture();
    for (var charge : charges) {
      done =
          done.compose(
              _ -> surplus.heard(bus, new PaymentId(payment), charge, now, context(payment)));
    }
    return done;
  }

  private static Context context(String payment) {
    return new Context("reconciling-" + payment, null, "payments");
  }

  private static Future<Void> all(Bus bus, List<? extends Command> commands, Context context) {
    var done = Future.<Void>succeededFuture();
    for (var command : commands) {
      done = done.compose(_ -> bus.ask(command, context).mapEmpty());
    }
    return done;
  }

  private Future<List<? extends Command>> commands(
      Discrepancy wrong, Line line, PaymentFace ours, Instant now) {
    var order = ours.order();
    return switch (wrong.kind()) {
      case CHARGE_UNRECORDED -> Future.succeededFuture(recorded(line, order, now));
      case REFUND_UNRECORDED ->
          provider
              .returns(wrong.about())
              .map(all -> all.stream().flatMap(back -> noted(ours, back, now)).toList());
      case REFUND_DUE ->
          Future.succeededFuture(
              List.of(
                  settle(ours, now),
                  new RefundPayment(order, ours.payment(), "order.cancelled", now)));
      case ORDER_INCOMPLETE, REFUND_UNNOTED -> Future.succeededFuture(told(ours, now));
      case HOLD_LEFT -> Future.succeededFuture(List.of(new AbandonPayment(order, now)));
      case PAYMENT_STUCK -> Future.succeededFuture(List.of(new ResumePayment(order, now)));
      case CHARGE_WITHOUT_PAYMENT,
          PAYMENT_WITHOUT_CHARGE,
          AMOUNT_DIFFERS,
          CURRENCY_DIFFERS,
          MODE_DIFFERS,
          CHARGED_TWICE,
          REFUND_MISSING,
          REFUND_DENIED,
          ORDER_MISSING,
          ORDER_UNPAID,
          HOLD_UNKNOWN,
          NOTICE_UNHEARD ->
          Future.succeededFuture(List.of());
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

  private static Stream<RecordRefund> noted(PaymentFace ours, Back back, Instant now) {
    var name = back.refund().isEmpty() ? back.reference() : back.refund();
    return Stream.of(
        new RecordRefund(ours.order(), name, back.amount(), back.reference(), null, now));
  }

  private static List<? extends Command> told(PaymentFace ours, Instant now) {
    return Stream.concat(
            Stream.<Command>of(settle(ours, now)),
            ours.refunds().stream()
                .filter(refund -> refund.standing() == Refund.Standing.DONE)
                .map(refund ->
                    new NoteRefund(
                        ours.order(), ours.payment(), refund.id(), refund.amount(), now)))
        .toList();
  }

  /** What the order has not heard, or has not brought to its end. */
  private static SettlePayment settle(PaymentFace ours, Instant now) {
    return new SettlePayment(ours.order(), ours.payment(), ours.sale().amount(), now);
  }
}
