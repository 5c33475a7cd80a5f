package boutique.orders;

import static boutique.kernel.Decision.accept;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Accepted;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderCommand.AbandonOrder;
import boutique.language.orders.OrderCommand.AuthorizePayment;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.CompleteOrder;
import boutique.language.orders.OrderCommand.FailPayment;
import boutique.language.orders.OrderCommand.NoteLoss;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.NoteRefundReversal;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderAuthorized;
import boutique.language.orders.OrderEvent.OrderChangeFailed;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentBegun;
import boutique.language.orders.OrderEvent.OrderPaymentFailed;
import boutique.language.orders.OrderEvent.OrderPaymentLost;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderRefundReversed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.payments.PaymentId;
import boutique.orders.Order.Absent;
import boutique.orders.Order.Bought;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.Changing;
import boutique.orders.Order.CheckingOut;
import boutique.orders.Order.Complete;
import boutique.orders.Order.Confirmed;
import boutique.orders.Order.Delivered;
import boutique.orders.Order.Failed;
import boutique.orders.Order.GivenBack;
import boutique.orders.Order.Open;
import boutique.orders.Order.Paid;
import boutique.orders.Order.Paying;
import boutique.orders.Order.Placed;
import boutique.orders.Order.Shipped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The rules of money. Payment and expiry race for one append, so one of them wins; money that buys
 * nothing is owed to its payer, once.
 */
final class Settling {
  /** For how long beyond its deadline an order waits for a payment that was begun before it. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private Settling() {}

  static Decision<OrderEvent> begin(Order order, BeginPayment c) {
    return switch (order) {
      case Open open when open.placed().buyer().equals(c.by()) -> begin(open, c);
      case Changing(var placed, var _) when placed.buyer().equals(c.by()) ->
          Refusals.notPayable("The order is being changed. Try again.");
      case Paid(var placed, var bill) when placed.buyer().equals(c.by()) ->
          again(bill, c.payment());
      case Complete complete when complete.placed().buyer().equals(c.by()) ->
          again(complete.bill(), c.payment());
      case Cancelled(var placed, var _, var _, var _) when placed.buyer().equals(c.by()) ->
          Refusals.notPayable("The order is cancelled.");
      case Absent _, CheckingOut _, Failed _, Open _, Changing _, Paid _, Complete _, Cancelled _ ->
          Refusals.unknown();
    };
  }

  private static Decision<OrderEvent> begin(Open open, BeginPayment c) {
    var placed = open.placed();
    var paying = open.paying();
    if (!placed.quote().total().equals(c.amount())) {
      return Refusals.notPayable("The order costs another amount.");
    }
    if (paying != null && paying.isOf(c.payment()) && !c.at().isAfter(paying.since())) {
      return accept();
    }
    if (paying != null && paying.authorized()) {
      return held(placed, paying, c);
    }
    if (c.at().isBefore(placed.expiresAt())) {
      return accept(begun(placed, c));
    }
    return paying != null && paying.isOf(c.payment()) && goesOn(placed, paying, c)
        ? accept()
        : Refusals.notPayable("The time to pay is over.");
  }

  /** What was tried in time is brought to its end; nothing else is tried in the time for that. */
  private static boolean goesOn(Placed placed, Paying paying, BeginPayment c) {
    return c.tried().isBefore(placed.expiresAt()) && c.at().isBefore(paying.until());
  }

  /**
   * Whoever takes the attempt up again of which the money is held by now changes nothing. A later
   * one is made only when that money was let go of, even if the order has not heard of it yet.
   */
  private static Decision<OrderEvent> held(Placed placed, Paying paying, BeginPayment c) {
    if (!c.tried().isAfter(paying.since())) {
      return accept();
    }
    return c.at().isBefore(placed.expiresAt())
        ? new Accepted<>(
            List.of(
                failed(c.order(), placed, c.payment(), "payment.cancelled", c.at()),
                begun(placed, c)))
        : Refusals.notPayable("The time to pay is over.");
  }

  private static OrderPaymentBegun begun(Placed placed, BeginPayment c) {
    return new OrderPaymentBegun(
        c.order(),
        placed.buyer(),
        c.payment(),
        c.amount(),
        placed.expiresAt().plus(PATIENCE),
        c.at(),
        placed.placedAt());
  }

  private static Decision<OrderEvent> again(Bill bill, PaymentId payment) {
    return bill.payment().equals(payment)
        ? accept()
        : Refusals.notPayable("The order is paid already.");
  }

  /**
   * The order is placed then, and waits for the money to be captured: reckoned from before it was
   * asked for, so that nobody waits for longer than it is held.
   */
  static Decision<OrderEvent> authorize(Order order, AuthorizePayment c, Duration captureWithin) {
    return order instanceof Open(var placed, var paying)
            && paying != null
            && paying.isOf(c.payment())
            && !paying.authorized()
            && !c.at().isBefore(paying.since())
        ? new Accepted<>(
            List.of(
                new OrderAuthorized(
                    c.order(), placed.buyer(), c.payment(), c.at(), placed.placedAt()),
                new OrderHeld(
                    c.order(),
                    placed.buyer(),
                    placed.lines(),
                    placed.vouchers(),
                    c.payment(),
                    paying.since().plus(captureWithin),
                    c.at(),
                    placed.expiresAt(),
                    placed.placedAt())))
        : accept();
  }

  /**
   * What is said of an earlier attempt says nothing of the one after it. When held money is let go
   * of, by whomever, and the time to pay is over, so is the order: in one fact, so that it is still
   * known of it that money was held.
   */
  static Decision<OrderEvent> fail(Order order, FailPayment c) {
    return order instanceof Open open
            && open.paying() != null
            && open.paying().isOf(c.payment())
            && !c.at().isBefore(open.paying().since())
        ? accept(
            open.isHeld() && !c.at().isBefore(open.placed().expiresAt())
                ? Ending.cancelled(c.order(), open.placed(), Cancellation.EXPIRED, c.at())
                : failed(c.order(), open.placed(), c.payment(), c.code(), c.at()))
        : accept();
  }

  private static OrderPaymentFailed failed(
      OrderId order, Placed placed, PaymentId payment, String code, Instant at) {
    return new OrderPaymentFailed(order, placed.buyer(), payment, code, at, placed.placedAt());
  }

  /** Money that is not exactly what the order costs buys nothing, and the order is over. */
  static Decision<OrderEvent> settle(Order order, SettlePayment c) {
    return switch (order) {
      case Open(var placed, var _) ->
          placed.quote().total().equals(c.amount())
              ? accept(paid(placed, c))
              : refused(c.order(), placed, c.payment(), c.amount(), "amount.differs", c.at());
      case Changing(var placed, var _) ->
          placed.quote().total().equals(c.amount())
              ? new Accepted<>(List.of(unchanged(placed, c), paid(placed, c)))
              : refused(c.order(), placed, c.payment(), c.amount(), "amount.differs", c.at());
      case Paid _, Complete _ -> accept();
      case Cancelled(var placed, var _, var bill, var _) ->
          bill == null
              ? accept(owed(c.order(), placed, c.payment(), c.amount(), "order.cancelled", c.at()))
              : accept();
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
    };
  }

  private static OrderPaid paid(Placed placed, SettlePayment c) {
    return new OrderPaid(
        c.order(), placed.buyer(), c.payment(), c.amount(), c.at(), placed.placedAt());
  }

  private static OrderChangeFailed unchanged(Placed placed, SettlePayment c) {
    var because = new Refused("order.paid", "The order was paid meanwhile.");
    return new OrderChangeFailed(c.order(), placed.buyer(), because, c.at(), placed.placedAt());
  }

  private static Decision<OrderEvent> refused(
      OrderId order, Placed placed, PaymentId payment, Money amount, String because, Instant at) {
    return new Accepted<>(
        List.of(
            Ending.cancelled(order, placed, Cancellation.PAYMENT_FAILED, at),
            owed(order, placed, payment, amount, because, at)));
  }

  static Decision<OrderEvent> complete(Order order, CompleteOrder c) {
    return switch (order) {
      case Paid(var placed, var bill) when bill.isGone() ->
          accept(Ending.cancelled(c.order(), placed, Cancellation.PAYMENT_FAILED, c.at()));
      case Paid(var placed, var bill) ->
          accept(
              new OrderCompleted(
                  c.order(),
                  placed.buyer(),
                  placed.lines(),
                  placed.vouchers(),
                  bill.payment(),
                  placed.quote().total(),
                  c.at(),
                  placed.expiresAt(),
                  placed.placedAt()));
      case Complete _ -> accept();
      case Cancelled _ -> Refusals.cancelled();
      case Absent _, CheckingOut _, Failed _, Open _, Changing _ -> Refusals.unknown();
    };
  }

  static Decision<OrderEvent> abandon(Order order, AbandonOrder c) {
    return switch (order) {
      case Paid(var placed, var bill) ->
          refused(c.order(), placed, bill.payment(), bill.amount(), c.because().code(), c.at());
      case Cancelled _ -> accept();
      case Complete _ -> Refusals.paid();
      case Absent _, CheckingOut _, Failed _, Open _, Changing _ -> Refusals.unknown();
    };
  }

  /** Who gets all that is left back before anything was sent gets nothing sent any more. */
  static Decision<OrderEvent> refund(Order order, NoteRefund c) {
    return switch (order) {
      case Complete complete -> {
        var after = complete.bill().refunded(c.refund(), c.amount());
        var unshipped = after.isGone() ? unshipped(complete) : List.<OrderLine>of();
        yield refund(c, complete.placed(), complete.bill(), unshipped);
      }
      case Cancelled(var placed, var _, var bill, var _) when bill != null ->
          refund(c, placed, bill, List.of());
      case Paid(var placed, var bill) -> refund(c, placed, bill, List.of());
      case Open _, Changing _, Cancelled _ -> accept(); // it was never on the bill
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
    };
  }

  private static Decision<OrderEvent> refund(
      NoteRefund c, Placed placed, Bill bill, List<OrderLine> unshipped) {
    if (bill.refunds().contains(c.refund()) || bill.reversed().contains(c.refund())) {
      return accept();
    }
    var refunded =
        new OrderRefunded(
            c.order(),
            placed.buyer(),
            c.payment(),
            c.refund(),
            c.amount(),
            bill.refunded().plus(c.amount()),
            unshipped,
            c.at(),
            placed.placedAt());
    return unshipped.isEmpty()
        ? accept(refunded)
        : new Accepted<>(List.of(refunded, Ending.calledOff(c.order(), placed, c.at())));
  }

  /** What was called off because its money went back stays so: only the money is owed again. */
  static Decision<OrderEvent> reverse(Order order, NoteRefundReversal c) {
    return switch (order) {
      case Complete complete -> reverse(c, complete.placed(), complete.bill());
      case Cancelled(var placed, var _, var bill, var _) when bill != null ->
          reverse(c, placed, bill);
      case Paid(var placed, var bill) -> reverse(c, placed, bill);
      case Open _, Changing _, Cancelled _ -> accept(); // it was never on the bill
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
    };
  }

  private static Decision<OrderEvent> reverse(NoteRefundReversal c, Placed placed, Bill bill) {
    return bill.refunds().contains(c.refund())
        ? accept(
            new OrderRefundReversed(
                c.order(),
                placed.buyer(),
                c.payment(),
                c.refund(),
                c.amount(),
                bill.refunded().minus(c.amount()),
                c.at(),
                placed.placedAt()))
        : accept();
  }

  /** It changes nothing of what is sent: people decide that, who see it. */
  static Decision<OrderEvent> lose(Order order, NoteLoss c) {
    return switch (order) {
      case Complete complete -> lose(c, complete.placed(), complete.bill());
      case Cancelled(var placed, var _, var bill, var _) when bill != null -> lose(c, placed, bill);
      case Paid(var placed, var bill) -> lose(c, placed, bill);
      case Open _, Changing _, Cancelled _ -> accept(); // it was never on the bill
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
    };
  }

  private static Decision<OrderEvent> lose(NoteLoss c, Placed placed, Bill bill) {
    return bill.disputes().contains(c.dispute())
        ? accept()
        : accept(
            new OrderPaymentLost(
                c.order(),
                placed.buyer(),
                c.payment(),
                c.dispute(),
                c.amount(),
                bill.lost().plus(c.amount()),
                c.at(),
                placed.placedAt()));
  }

  private static List<OrderLine> unshipped(Complete complete) {
    return switch (complete) {
      case Bought bought -> bought.placed().lines();
      case Confirmed confirmed -> confirmed.placed().lines();
      case Shipped _, Delivered _, GivenBack _ -> List.of();
    };
  }

  private static OrderRefundOwed owed(
      OrderId order, Placed placed, PaymentId payment, Money amount, String because, Instant at) {
    return new OrderRefundOwed(
        order, placed.buyer(), payment, amount, because, at, placed.placedAt());
  }
}
