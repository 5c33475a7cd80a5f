package boutique.language.orders;

import boutique.language.Event;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.discounts.VoucherCode;
import boutique.language.payments.PaymentId;
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
      CartLock lock,
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

  /** It has a number, by which people call it. */
  record OrderNumbered(
      OrderId order, UserId buyer, OrderNumber number, Instant at, Instant placedAt)
      implements OrderEvent {}

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

  /** The intent to change a line, written before its stock is touched. */
  record OrderChangeStarted(
      OrderId order, UserId buyer, LineChange change, Instant at, Instant placedAt)
      implements OrderEvent {}

  /**
   * A line has another quantity, and the order another price.
   *
   * @param released vouchers that do nothing for it any more
   */
  record OrderChanged(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      Quote quote,
      List<VoucherCode> released,
      Instant at,
      Instant placedAt)
      implements OrderEvent {
    public OrderChanged {
      lines = List.copyOf(lines);
      released = List.copyOf(released);
    }
  }

  /** The line stays as it was. */
  record OrderChangeFailed(
      OrderId order, UserId buyer, Refused because, Instant at, Instant placedAt)
      implements OrderEvent {}

  /** A payment is on its way. Until then the order does not expire, so that no money comes late. */
  record OrderPaymentBegun(
      OrderId order,
      UserId buyer,
      PaymentId payment,
      Money amount,
      Instant until,
      Instant at,
      Instant placedAt)
      implements OrderEvent {}

  /**
   * The money is held for us, and not ours yet. What that means for the order is in {@link
   * OrderHeld}, which is written with it; orders from before have this one alone, and others who
   * read facts know it by this name.
   */
  record OrderAuthorized(
      OrderId order, UserId buyer, PaymentId payment, Instant at, Instant placedAt)
      implements OrderEvent {}

  /**
   * The order is placed on money that is held for it: whatever it buys stays kept until then, and
   * if nobody has captured the money by then, the order is over.
   */
  record OrderHeld(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      List<VoucherCode> vouchers,
      PaymentId payment,
      Instant until,
      Instant at,
      Instant expiresAt,
      Instant placedAt)
      implements OrderEvent {
    public OrderHeld {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }

  /** A payment has come to nothing; the order can be paid in another way until its deadline. */
  record OrderPaymentFailed(
      OrderId order, UserId buyer, PaymentId payment, String code, Instant at, Instant placedAt)
      implements OrderEvent {}

  /** The money is there. What was bought is not the buyer's yet: next its stock is allocated. */
  record OrderPaid(
      OrderId order, UserId buyer, PaymentId payment, Money amount, Instant at, Instant placedAt)
      implements OrderEvent {}

  /** It is paid, and all that it bought is kept for its buyer. */
  record OrderCompleted(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      List<VoucherCode> vouchers,
      PaymentId payment,
      Money total,
      Instant completedAt,
      Instant expiresAt,
      Instant placedAt)
      implements OrderEvent {
    public OrderCompleted {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }

  /**
   * Money has come that buys nothing, because the order was over or costs another amount: all of it
   * has to go back.
   *
   * @param because a stable code
   */
  record OrderRefundOwed(
      OrderId order,
      UserId buyer,
      PaymentId payment,
      Money amount,
      String because,
      Instant at,
      Instant placedAt)
      implements OrderEvent {}

  /**
   * Money that this order had was given back.
   *
   * @param refund by which it is known when it is said again
   * @param amount how much this time
   * @param refunded how much in all
   * @param unshipped the lines that nobody will send any more, because all of the money is back
   */
  record OrderRefunded(
      OrderId order,
      UserId buyer,
      PaymentId payment,
      String refund,
      Money amount,
      Money refunded,
      List<OrderLine> unshipped,
      Instant at,
      Instant placedAt)
      implements OrderEvent {
    public OrderRefunded {
      unshipped = List.copyOf(unshipped);
    }
  }

  /**
   * Money that was given back has not reached the buyer, and is still owed.
   *
   * @param refund which is never counted again
   * @param refunded how much is given back in all, without it
   */
  record OrderRefundReversed(
      OrderId order,
      UserId buyer,
      PaymentId payment,
      String refund,
      Money amount,
      Money refunded,
      Instant at,
      Instant placedAt)
      implements OrderEvent {}

  /**
   * A dispute of what it was paid with is lost: the buyer has that money back from their bank, and
   * nobody has given it back.
   *
   * @param dispute the provider's name of it
   * @param lost how much is lost in all
   */
  record OrderPaymentLost(
      OrderId order,
      UserId buyer,
      PaymentId payment,
      String dispute,
      Money amount,
      Money lost,
      Instant at,
      Instant placedAt)
      implements OrderEvent {}

  /**
   * Nobody will send it any more, because nothing is left of its money.
   *
   * @param vouchers what it has used, and gives back
   */
  record OrderCalledOff(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      List<VoucherCode> vouchers,
      Instant at,
      Instant placedAt)
      implements OrderEvent {
    public OrderCalledOff {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }

  /** Somebody in the shop has looked at it, and will pack it. */
  record OrderConfirmed(OrderId order, UserId buyer, Instant at, Instant placedAt)
      implements OrderEvent {}

  /** The goods have left the house. */
  record OrderShipped(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      Shipment shipment,
      Instant at,
      Instant placedAt)
      implements OrderEvent {
    public OrderShipped {
      lines = List.copyOf(lines);
    }
  }

  record OrderDelivered(OrderId order, UserId buyer, Instant at, Instant placedAt)
      implements OrderEvent {}

  /**
   * Goods have come back.
   *
   * @param request by what the return is known when it is said again
   * @param restock whether they can be sold once more
   * @param refund what was paid for them: as much of it goes back as the payment still has
   * @param whole whether nothing is left with the buyer
   */
  record OrderReturned(
      OrderId order,
      UserId buyer,
      String request,
      List<Returned> items,
      boolean restock,
      ReturnReason because,
      PaymentId payment,
      Money refund,
      boolean whole,
      Instant at,
      Instant placedAt)
      implements OrderEvent {
    public OrderReturned {
      items = List.copyOf(items);
    }
  }
}
