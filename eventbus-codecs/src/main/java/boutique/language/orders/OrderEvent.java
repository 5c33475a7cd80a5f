package boutique.language.orders;

import boutique.language.Event;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.discounts.VoucherCode;
import boutique.language.pricing.Quote;
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
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      Quote quote,
      Instant expiresAt,
      Instant placedAt)
      implements OrderEvent {
    public CheckoutStarted {
      lines = List.copyOf(lines);
    }
  }

  /**
   * There will be no such order.
   *
   * @param reserved of which lines stock may be kept for it still
   * @param vouchers what it may have used
   */
  record CheckoutFailed(
      OrderId order,
      UserId buyer,
      List<OrderLine> reserved,
      List<VoucherCode> vouchers,
      Refused because,
      Instant failedAt,
      Instant placedAt)
      implements OrderEvent {
    public CheckoutFailed {
      reserved = List.copyOf(reserved);
      vouchers = List.copyOf(vouchers);
    }
  }

  /**
   * The order exists.
   *
   * @param quote why it costs what it costs: kept for ever, whatever becomes of the vouchers
   */
  record OrderCreated(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      Quote quote,
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
      List<VoucherCode> vouchers,
      Cancellation because,
      Instant cancelledAt,
      Instant expiresAt,
      Instant placedAt)
      implements OrderEvent {
    public OrderCancelled {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }
}
