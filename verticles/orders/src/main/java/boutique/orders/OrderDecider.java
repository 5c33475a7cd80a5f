package boutique.orders;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.kernel.Decision.Declined;
import boutique.language.catalog.ProductId;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.ConfirmVoucher;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderLine;
import boutique.orders.Order.Absent;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.CheckingOut;
import boutique.orders.Order.Failed;
import boutique.orders.Order.Open;
import boutique.orders.Order.Placed;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules of ordering. */
public final class OrderDecider implements Decider<OrderCommand, Order, OrderEvent> {

  @Override
  public Order initial() {
    return new Absent();
  }

  @Override
  public Decision<OrderEvent> decide(Order order, OrderCommand command) {
    return switch (command) {
      case PlaceOrder c -> place(order, c);
      case ResumeCheckout _, ConfirmVoucher _ -> accept(); // only to learn where it stands
      case CompleteCheckout c -> complete(order, c);
      case FailCheckout c -> fail(order, c);
      case CancelOrder c -> cancel(order, c);
      case ExpireOrder c -> expire(order, c);
    };
  }

  @Override
  public Order evolve(Order order, OrderEvent event) {
    return switch (event) {
      case CheckoutStarted e ->
          new CheckingOut(new Placed(e.buyer(), e.lines(), e.quote(), e.placedAt(), e.expiresAt()));
      case CheckoutFailed e -> new Failed(placed(order), e.because());
      case OrderCreated _ -> new Open(placed(order));
      case OrderCancelled e -> new Cancelled(placed(order), e.because());
    };
  }

  private static Decision<OrderEvent> place(Order order, PlaceOrder c) {
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
                  c.at().plus(c.paymentWindow()),
                  c.at()));
      case CheckingOut(var placed) -> again(placed, c);
      case Open(var placed) -> again(placed, c);
      case Cancelled(var placed, var _) -> again(placed, c);
      case Failed(var placed, var because) -> isSame(placed, c) ? new Declined<>(because) : other();
    };
  }

  /** A retry is harmless, but the same key must not stand for something else. */
  private static Decision<OrderEvent> again(Placed placed, PlaceOrder c) {
    return isSame(placed, c) ? accept() : other();
  }

  private static boolean isSame(Placed placed, PlaceOrder c) {
    return wanted(placed.lines()).equals(wanted(c.lines()))
        && placed.vouchers().equals(Placed.vouchers(c.quote()));
  }

  private static Decision<OrderEvent> other() {
    return refuse(
        "idempotency.mismatch", "This idempotency key was used for another order already.");
  }

  private static long currencies(List<OrderLine> lines) {
    return lines.stream().map(line -> line.price().currency()).distinct().count();
  }

  private static Map<ProductId, Long> wanted(List<OrderLine> lines) {
    return lines.stream()
        .collect(Collectors.toMap(OrderLine::product, OrderLine::quantity, Math::addExact));
  }

  private static Decision<OrderEvent> complete(Order order, CompleteCheckout c) {
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
      case Open _ -> accept();
      case Cancelled _ -> refuse("order.cancelled", "The order has been cancelled meanwhile.");
      case Failed(var _, var because) -> new Declined<>(because);
      case Absent _ -> unknown();
    };
  }

  private static Decision<OrderEvent> fail(Order order, FailCheckout c) {
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
      case Open _, Cancelled _ -> refuse("order.exists", "The checkout has succeeded.");
      case Absent _ -> unknown();
    };
  }

  private static Decision<OrderEvent> cancel(Order order, CancelOrder c) {
    return switch (order) {
      case Open(var placed) when !placed.buyer().equals(c.by()) -> unknown();
      case Open(var placed) -> accept(ended(c, placed, Cancellation.USER));
      case Cancelled(var placed, var _) when placed.buyer().equals(c.by()) -> accept();
      case Absent _, CheckingOut _, Failed _, Cancelled _ -> unknown();
    };
  }

  private static Decision<OrderEvent> expire(Order order, ExpireOrder c) {
    return switch (order) {
      case Open(var placed) when !c.at().isBefore(placed.expiresAt()) ->
          accept(ended(c, placed, Cancellation.EXPIRED));
      case Open _, Cancelled _, Absent _, CheckingOut _, Failed _ -> accept();
    };
  }

  private static OrderCancelled ended(OrderCommand c, Placed placed, Cancellation because) {
    return new OrderCancelled(
        c.order(),
        placed.buyer(),
        placed.lines(),
        placed.vouchers(),
        because,
        c.at(),
        placed.expiresAt(),
        placed.placedAt());
  }

  private static Decision<OrderEvent> unknown() {
    return refuse("order.not-found", "There is no such order.");
  }

  private static Placed placed(Order order) {
    return switch (order) {
      case CheckingOut(var placed) -> placed;
      case Open(var placed) -> placed;
      case Failed(var placed, var _) -> placed;
      case Cancelled(var placed, var _) -> placed;
      case Absent _ -> throw new IllegalStateException("an event before the checkout");
    };
  }
}
