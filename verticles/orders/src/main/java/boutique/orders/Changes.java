package boutique.orders;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.LineChange;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.FailChange;
import boutique.language.orders.OrderCommand.FinishChange;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderChangeFailed;
import boutique.language.orders.OrderEvent.OrderChangeStarted;
import boutique.language.orders.OrderEvent.OrderChanged;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Quote;
import boutique.orders.Order.Absent;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.Changing;
import boutique.orders.Order.CheckingOut;
import boutique.orders.Order.Complete;
import boutique.orders.Order.Failed;
import boutique.orders.Order.Open;
import boutique.orders.Order.Paid;
import boutique.orders.Order.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of changing an order that is not paid, a line at a time. What a unit costs stays as it
 * was when the order was placed; the vouchers are applied anew, and those that do nothing any more
 * are given back.
 */
final class Changes {
  private Changes() {}

  static Decision<OrderEvent> start(Order order, ChangeLine c) {
    return switch (order) {
      case Open open when open.placed().buyer().equals(c.by()) -> start(open, c);
      case Changing(var placed, var change) when placed.buyer().equals(c.by()) ->
          change.product().equals(c.product()) && change.quantity() == c.quantity()
              ? accept()
              : refuse("order.changing", "Another line is being changed. Try again.");
      case Paid(var placed, var _) when placed.buyer().equals(c.by()) -> Refusals.paid();
      case Complete complete when complete.placed().buyer().equals(c.by()) -> Refusals.paid();
      case Cancelled(var placed, var _, var _, var _) when placed.buyer().equals(c.by()) ->
          Refusals.cancelled();
      case Absent _, CheckingOut _, Failed _, Open _, Changing _, Paid _, Complete _, Cancelled _ ->
          Refusals.unknown();
    };
  }

  private static Decision<OrderEvent> start(Open open, ChangeLine c) {
    var placed = open.placed();
    var line = find(placed.lines(), c);
    if (line == null) {
      return refuse(
          "line.not-found",
          "This product is not in the order.",
          Map.of("productId", c.product().value()));
    }
    if (line.quantity() == c.quantity()) {
      return accept();
    }
    if (open.paying() != null) {
      return refuse("order.paying", "A payment is on its way; nothing can be changed now.");
    }
    if (!c.at().isBefore(placed.expiresAt())) {
      return refuse("order.expired", "The time to pay is over.");
    }
    if (c.quantity() == 0 && placed.lines().size() == 1) {
      return refuse("order.empty", "An order needs at least one line; it can be cancelled.");
    }
    var lines = with(placed.lines(), line, c.quantity());
    return accept(
        new OrderChangeStarted(
            c.order(),
            placed.buyer(),
            new LineChange(c.product(), c.quantity(), lines, priced(lines, placed.quote())),
            c.at(),
            placed.placedAt()));
  }

  private static @Nullable OrderLine find(List<OrderLine> lines, ChangeLine c) {
    return lines.stream()
        .filter(line -> line.product().equals(c.product()))
        .findFirst()
        .orElse(null);
  }

  private static List<OrderLine> with(List<OrderLine> lines, OrderLine changed, long quantity) {
    var after = new ArrayList<OrderLine>();
    for (var line : lines) {
      if (!line.equals(changed)) {
        after.add(line);
      } else if (quantity > 0) {
        after.add(new OrderLine(line.product(), line.title(), line.price(), quantity));
      }
    }
    return after;
  }

  private static Quote priced(List<OrderLine> lines, Quote before) {
    return Pricing.quote(
            lines.stream().map(OrderLine::item).toList(),
            before.discounts().stream().map(Quote.Discount::rule).toList())
        .quote();
  }

  static Decision<OrderEvent> finish(Order order, FinishChange c) {
    return switch (order) {
      case Changing(var placed, var change) ->
          accept(
              new OrderChanged(
                  c.order(),
                  placed.buyer(),
                  change.lines(),
                  change.quote(),
                  released(placed, change.quote()),
                  c.at(),
                  placed.placedAt()));
      case Open _, Paid _, Complete _ -> accept();
      case Cancelled _ -> Refusals.cancelled();
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
    };
  }

  private static List<VoucherCode> released(Placed placed, Quote now) {
    var kept = Placed.vouchers(now);
    return placed.vouchers().stream().filter(code -> !kept.contains(code)).toList();
  }

  static Decision<OrderEvent> fail(Order order, FailChange c) {
    return switch (order) {
      case Changing(var placed, var _) ->
          accept(
              new OrderChangeFailed(
                  c.order(), placed.buyer(), c.because(), c.at(), placed.placedAt()));
      case Open _, Paid _, Complete _, Cancelled _ -> accept();
      case Absent _, CheckingOut _, Failed _ -> Refusals.unknown();
    };
  }
}
