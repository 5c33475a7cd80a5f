package boutique.language.orders;

import boutique.language.Event;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;

/** What has happened to an order. */
public sealed interface OrderEvent extends Event {
  OrderId order();

  UserId buyer();

  /** When the buyer placed it: the same in all of its events. */
  Instant placedAt();

  /** The intent, written before the first effect, so that a dead checkout can be taken up. */
  record CheckoutStarted(
      OrderId order, UserId buyer, List<OrderLine> lines, Instant expiresAt, Instant placedAt)
      implements OrderEvent {
    public CheckoutStarted {
      lines = List.copyOf(lines);
    }
  }

  record CheckoutFailed(OrderId order, UserId buyer, Refused because, Instant placedAt)
      implements OrderEvent {}

  record OrderCreated(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      Money total,
      Instant expiresAt,
      Instant placedAt)
      implements OrderEvent {
    public OrderCreated {
      lines = List.copyOf(lines);
    }
  }

  record OrderCancelled(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      Cancellation because,
      Instant cancelledAt,
      Instant expiresAt,
      Instant placedAt)
      implements OrderEvent {
    public OrderCancelled {
      lines = List.copyOf(lines);
    }
  }
}
