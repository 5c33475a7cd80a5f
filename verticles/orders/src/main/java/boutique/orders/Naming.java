package boutique.orders;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.language.orders.OrderCommand.NumberOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderNumbered;
import boutique.language.orders.OrderNumber;
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

/** The rules of an order's number: it gets one, whatever else becomes of it, and keeps it. */
final class Naming {
  private Naming() {}

  static Decision<OrderEvent> number(Order order, NumberOrder c) {
    return switch (order) {
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
      case Open(var placed, var _) -> number(placed, c);
      case Changing(var placed, var _) -> number(placed, c);
      case Paid(var placed, var _) -> number(placed, c);
      case Complete complete -> number(complete.placed(), c);
      case Cancelled(var placed, var _, var _, var _) -> number(placed, c);
    };
  }

  private static Decision<OrderEvent> number(Placed placed, NumberOrder c) {
    if (placed.number() == null) {
      return accept(
          new OrderNumbered(c.order(), placed.buyer(), c.number(), c.at(), placed.placedAt()));
    }
    return placed.number().equals(c.number())
        ? accept()
        : refuse("order.numbered", "The order bears another number already.");
  }

  static Order numbered(Order order, OrderNumber number) {
    return switch (order) {
      case Open(var placed, var paying) -> new Open(placed.numbered(number), paying);
      case Changing(var placed, var change) -> new Changing(placed.numbered(number), change);
      case Paid(var placed, var bill) -> new Paid(placed.numbered(number), bill);
      case Bought(var placed, var bill) -> new Bought(placed.numbered(number), bill);
      case Confirmed(var placed, var bill) -> new Confirmed(placed.numbered(number), bill);
      case Shipped(var placed, var bill, var shipment) ->
          new Shipped(placed.numbered(number), bill, shipment);
      case Delivered(var placed, var bill, var shipment, var returns) ->
          new Delivered(placed.numbered(number), bill, shipment, returns);
      case GivenBack(var placed, var bill, var shipment, var returns) ->
          new GivenBack(placed.numbered(number), bill, shipment, returns);
      case Cancelled(var placed, var because, var bill, var held) ->
          new Cancelled(placed.numbered(number), because, bill, held);
      case Absent _, CheckingOut _, Failed _ ->
          throw new IllegalStateException("what is no order has no number");
    };
  }
}
