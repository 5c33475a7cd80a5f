package boutique.orders;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderCommand.ConfirmOrder;
import boutique.language.orders.OrderCommand.DeliverOrder;
import boutique.language.orders.OrderCommand.ReturnItems;
import boutique.language.orders.OrderCommand.ShipOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderConfirmed;
import boutique.language.orders.OrderEvent.OrderDelivered;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderEvent.OrderShipped;
import boutique.language.orders.Returned;
import boutique.language.pricing.Quote;
import boutique.orders.Order.Absent;
import boutique.orders.Order.Bought;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.Changing;
import boutique.orders.Order.CheckingOut;
import boutique.orders.Order.Confirmed;
import boutique.orders.Order.Delivered;
import boutique.orders.Order.Failed;
import boutique.orders.Order.GivenBack;
import boutique.orders.Order.Open;
import boutique.orders.Order.Paid;
import boutique.orders.Order.Return;
import boutique.orders.Order.Shipped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of what becomes of the goods, once they are paid. Of whose money nothing is left by
 * then is not sent: it is called off.
 */
final class Fulfilling {
  private Fulfilling() {}

  static Decision<OrderEvent> confirm(Order order, ConfirmOrder c) {
    return switch (order) {
      case Bought(var _, var bill) when bill.isGone() -> Refusals.nothingLeft();
      case Bought(var placed, var _) ->
          accept(new OrderConfirmed(c.order(), placed.buyer(), c.at(), placed.placedAt()));
      case Confirmed _ -> accept();
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
      case Open _, Changing _, Paid _, Cancelled _, Shipped _, Delivered _, GivenBack _ ->
          notNow(order, "complete");
    };
  }

  static Decision<OrderEvent> ship(Order order, ShipOrder c) {
    return switch (order) {
      case Confirmed(var _, var bill) when bill.isGone() -> Refusals.nothingLeft();
      case Confirmed(var placed, var _) ->
          accept(
              new OrderShipped(
                  c.order(),
                  placed.buyer(),
                  placed.lines(),
                  c.shipment(),
                  c.at(),
                  placed.placedAt()));
      case Shipped(var _, var _, var shipment) when shipment.equals(c.shipment()) -> accept();
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
      case Open _, Changing _, Paid _, Cancelled _, Bought _, Shipped _, Delivered _, GivenBack _ ->
          notNow(order, "confirmed");
    };
  }

  static Decision<OrderEvent> deliver(Order order, DeliverOrder c) {
    return switch (order) {
      case Shipped(var placed, var _, var _) ->
          accept(new OrderDelivered(c.order(), placed.buyer(), c.at(), placed.placedAt()));
      case Delivered _ -> accept();
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
      case Open _, Changing _, Paid _, Cancelled _, Bought _, Confirmed _, GivenBack _ ->
          notNow(order, "shipped");
    };
  }

  static Decision<OrderEvent> takeBack(Order order, ReturnItems c) {
    return switch (order) {
      case Delivered delivered ->
          isKnown(delivered.returns(), c) ? accept() : takeBack(delivered, c);
      case GivenBack(var _, var _, var _, var returns) when isKnown(returns, c) -> accept();
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
      case Open _, Changing _, Paid _, Cancelled _, Bought _, Confirmed _, Shipped _, GivenBack _ ->
          notNow(order, "delivered");
    };
  }

  private static Decision<OrderEvent> takeBack(Delivered delivered, ReturnItems c) {
    var left = left(delivered);
    var items = c.items().isEmpty() ? all(left) : c.items();
    for (var item : items) {
      var there = left.get(item.product());
      if (there == null || item.quantity() < 1 || item.quantity() > there) {
        return refuse(
            "return.too-many",
            "The buyer does not have that many of it.",
            Map.of(
                "productId",
                item.product().value(),
                "quantity",
                Long.toString(there == null ? 0 : there)));
      }
      left.put(item.product(), there - item.quantity());
    }
    var placed = delivered.placed();
    return accept(
        new OrderReturned(
            c.order(),
            placed.buyer(),
            c.request(),
            items,
            c.restock(),
            c.because(),
            delivered.bill().payment(),
            paidFor(delivered, items),
            left.values().stream().allMatch(count -> count == 0),
            c.at(),
            placed.placedAt()));
  }

  /** How many of each product the buyer has. */
  private static Map<ProductId, Long> left(Delivered delivered) {
    var left = new LinkedHashMap<ProductId, Long>();
    for (var line : delivered.placed().lines()) {
      left.merge(
          line.product(),
          line.quantity() - Return.of(delivered.returns(), line.product()),
          Math::addExact);
    }
    return left;
  }

  private static List<Returned> all(Map<ProductId, Long> left) {
    var all = new ArrayList<Returned>();
    left.forEach((product, count) -> {
      if (count > 0) {
        all.add(new Returned(product, count));
      }
    });
    return all;
  }

  /**
   * What was paid for these, to the cent: all parts of a line together give what was paid for it.
   * How much of that is still there to go back, only the payment knows: it hears of refunds that
   * have failed, and of what the buyer has in another way.
   */
  private static Money paidFor(Delivered delivered, List<Returned> items) {
    var sum = 0L;
    var gone = new HashMap<ProductId, Long>();
    for (var item : items) {
      var before =
          gone.getOrDefault(item.product(), 0L) + Return.of(delivered.returns(), item.product());
      for (var line : delivered.placed().quote().lines()) {
        if (line.product().equals(item.product())) {
          sum += share(line, before + item.quantity()) - share(line, before);
        }
      }
      gone.merge(item.product(), item.quantity(), Math::addExact);
    }
    return new Money(sum, delivered.bill().amount().currency());
  }

  private static long share(Quote.Line line, long quantity) {
    return BigInteger.valueOf(line.total().minor())
        .multiply(BigInteger.valueOf(quantity))
        .divide(BigInteger.valueOf(line.quantity()))
        .longValueExact();
  }

  private static boolean isKnown(List<Return> returns, ReturnItems c) {
    return returns.stream().anyMatch(one -> one.request().equals(c.request()));
  }

  private static Decision<OrderEvent> notNow(Order order, String wanted) {
    var fulfilment = Stages.fulfilment(order);
    return Refusals.tooEarlyOrLate(
        fulfilment.equals(Stages.NONE) ? Stages.status(order) : fulfilment, wanted);
  }
}
