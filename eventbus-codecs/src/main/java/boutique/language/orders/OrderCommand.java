package boutique.language.orders;

import boutique.language.Command;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.discounts.VoucherCode;
import boutique.language.pricing.Quote;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What may be asked of an order. */
public sealed interface OrderCommand extends Command {
  OrderId order();

  @Override
  default StreamId stream() {
    return order().stream();
  }

  /**
   * Begins the checkout. The answer comes when the order is created or the checkout has failed.
   *
   * @param quote what the lines cost, under the rules of the vouchers that it names
   */
  record PlaceOrder(
      OrderId order,
      UserId buyer,
      List<OrderLine> lines,
      Quote quote,
      Duration paymentWindow,
      Instant at)
      implements OrderCommand {
    public PlaceOrder {
      lines = List.copyOf(lines);
    }
  }

  /** Takes up a checkout again that may have been left half done. */
  record ResumeCheckout(OrderId order, Instant at) implements OrderCommand {}

  /**
   * Says that a voucher is used for an order. If the order has come to nothing meanwhile, the
   * voucher is given back.
   */
  record ConfirmVoucher(OrderId order, VoucherCode voucher, Instant at) implements OrderCommand {}

  /** Every voucher is redeemed and every line reserved: the order exists. */
  record CompleteCheckout(OrderId order, Instant at) implements OrderCommand {}

  /**
   * A step was refused. What was done until then is given back once this is written.
   *
   * @param reserved the lines whose stock is reserved already
   */
  record FailCheckout(OrderId order, List<OrderLine> reserved, Refused because, Instant at)
      implements OrderCommand {
    public FailCheckout {
      reserved = List.copyOf(reserved);
    }
  }

  /** Calls an unpaid order off. */
  record CancelOrder(OrderId order, UserId by, Cancellation because, Instant at)
      implements OrderCommand {}

  /** Says that the time to pay may be over. */
  record ExpireOrder(OrderId order, Instant at) implements OrderCommand {}
}
