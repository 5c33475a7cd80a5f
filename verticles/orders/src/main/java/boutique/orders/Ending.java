package boutique.orders;

import static boutique.kernel.Decision.accept;

import boutique.kernel.Decision;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderId;
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
import boutique.orders.Order.Placed;
import boutique.orders.Order.Shipped;
import java.time.Instant;

/**
 * The rules of calling an order off that is not paid; or of whose money nothing is left, as when a
 * dispute is lost, as long as it was not sent.
 */
final class Ending {
  private Ending() {}

  /** What is not theirs does not exist for a buyer; an operator sees everything. */
  static Decision<OrderEvent> cancel(Order order, CancelOrder c) {
    return switch (order) {
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
      case Open(var placed, var _) -> cancel(placed, c);
      case Changing(var placed, var _) -> cancel(placed, c);
      case Cancelled(var placed, var _, var _, var _) ->
          isFor(placed, c) ? accept() : Refusals.unknown();
      case Paid(var placed, var _) -> isFor(placed, c) ? Refusals.paid() : Refusals.unknown();
      case Complete complete ->
          isFor(complete.placed(), c) ? callOff(complete, c) : Refusals.unknown();
    };
  }

  /** Nothing is owed because of it: whose money it was, they have it. */
  private static Decision<OrderEvent> callOff(Complete complete, CancelOrder c) {
    return switch (complete) {
      case Bought(var placed, var bill) when bill.isGone() ->
          accept(calledOff(c.order(), placed, c.at()));
      case Confirmed(var placed, var bill) when bill.isGone() ->
          accept(calledOff(c.order(), placed, c.at()));
      case GivenBack(var _, var _, var shipment, var _) when shipment == null -> accept();
      case Bought _, Confirmed _, Shipped _, Delivered _, GivenBack _ -> Refusals.paid();
    };
  }

  private static Decision<OrderEvent> cancel(Placed placed, CancelOrder c) {
    return isFor(placed, c)
        ? accept(cancelled(c.order(), placed, c.because(), c.at()))
        : Refusals.unknown();
  }

  private static boolean isFor(Placed placed, CancelOrder c) {
    return c.because() == Cancellation.OPERATOR || placed.buyer().equals(c.by());
  }

  /**
   * Time alone ends no order whose money is held: it ends when that has been let go of, see {@link
   * Expiry}.
   */
  static Decision<OrderEvent> expire(Order order, ExpireOrder c) {
    return switch (order) {
      case Open open when !open.isHeld() && !c.at().isBefore(open.due()) ->
          accept(cancelled(c.order(), open.placed(), Cancellation.EXPIRED, c.at()));
      case Changing(var placed, var _) when !c.at().isBefore(placed.expiresAt()) ->
          accept(cancelled(c.order(), placed, Cancellation.EXPIRED, c.at()));
      case Open _, Changing _, Paid _, Complete _, Cancelled _, Absent _, CheckingOut _, Failed _ ->
          accept();
    };
  }

  static OrderCalledOff calledOff(OrderId order, Placed placed, Instant at) {
    return new OrderCalledOff(
        order, placed.buyer(), placed.lines(), placed.vouchers(), at, placed.placedAt());
  }

  static OrderCancelled cancelled(OrderId order, Placed placed, Cancellation because, Instant at) {
    return new OrderCancelled(
        order,
        placed.buyer(),
        placed.lines(),
        placed.vouchers(),
        because,
        at,
        placed.expiresAt(),
        placed.placedAt());
  }
}
