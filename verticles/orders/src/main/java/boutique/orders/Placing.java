package boutique.orders;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Declined;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderLine;
import boutique.orders.Order.Absent;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.Changing;
import boutique.orders.Order.CheckingOut;
import boutique.orders.Order.Complete;
import boutique.orders.Order.Failed;
import boutique.orders.Order.Open;
import boutique.orders.Order.Paid;
import boutique.orders.Order.Placed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules of a checkout: it begins once, and ends once, in an order or in a reason. */
final class Placing {
  private Placing() {}

  static Decision<OrderEvent> place(Order order, PlaceOrder c) {
    return switch (order) {
      case Absent _ when c.lines().isEmpty() ->
          refuse("order.empty", "An order needs at least one line.");
      case Absent _ when currencies(c.lines()) > 1 ->
          refuse("order.mixed-currency", "All lines of an order must be in one currency.");
      case Absent _ ->
          accept(
              new CheckoutStarted(
                  c.order(),
                  c.buyer(),
                  c.lines(),
                  c.quote(),
                  c.lock(),
                  c.at().plus(c.paymentWindow()),
                  c.at()));
      case Failed(var placed, var because) ->
          isSame(placed, c) ? new Declined<>(because) : Refusals.otherOrder();
      case CheckingOut(var placed) -> again(placed, c);
      case Open(var placed, var _) -> again(placed, c);
      case Changing(var placed, var _) -> again(placed, c);
      case Paid(var placed, var _) -> again(placed, c);
      case Complete complete -> again(complete.placed(), c);
      case Cancelled(var placed, var _, var _, var _) -> again(placed, c);
    };
  }

  /** A retry is harmless, but the same key must not stand for something else. */
  private static Decision<OrderEvent> again(Placed placed, PlaceOrder c) {
    return isSame(placed, c) ? accept() : Refusals.otherOrder();
  }

  private static boolean isSame(Placed placed, PlaceOrder c) {
    return wanted(placed.lines()).equals(wanted(c.lines()))
        && placed.vouchers().equals(Placed.vouchers(c.quote()));
  }

  private static long currencies(List<OrderLine> lines) {
    return lines.stream().map(line -> line.price().currency()).distinct().count();
  }

  private static Map<ProductId, Long> wanted(List<OrderLine> lines) {
    return lines.stream()
        .collect(Collectors.toMap(OrderLine::product, OrderLine::quantity, Math::addExact));
  }

  static Decision<OrderEvent> complete(Order order, CompleteCheckout c) {
    return switch (order) {
      case CheckingOut(var placed) ->
          accept(
              new OrderCreated(
                  c.order(),
                  placed.buyer(),
                  placed.lines(),
                  placed.quote(),
                  placed.quote().total(),
                  placed.expiresAt(),
                  placed.placedAt()));
      case Open _, Changing _, Paid _, Complete _ -> accept();
      case Cancelled _ -> Refusals.cancelled();
      case Failed(var _, var because) -> new Declined<>(because);
      case Absent _ -> Refusals.unknown();
    };
  }

  static Decision<OrderEvent> fail(Order order, FailCheckout c) {
    return switch (order) {
      case CheckingOut(var placed) ->
          accept(
              new CheckoutFailed(
                  c.order(),
                  placed.buyer(),
                  c.reserved(),
                  placed.vouchers(),
                  c.because(),
                  c.at(),
                  placed.placedAt()));
      case Failed _ -> accept();
      case Open _, Changing _, Paid _, Complete _, Cancelled _ ->
          refuse("order.exists", "The checkout has succeeded.");
      case Absent _ -> Refusals.unknown();
    };
  }
}
