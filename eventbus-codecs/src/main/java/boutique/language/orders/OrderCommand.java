package boutique.language.orders;

import boutique.language.Command;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.carts.CartId;
import boutique.language.catalog.ProductId;
import boutique.language.discounts.VoucherCode;
import boutique.language.payments.PaymentId;
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
      CartLock lock,
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

  /**
   * Says that a cart is locked for an order. If the order is over meanwhile, the cart is unlocked.
   */
  record ConfirmLock(OrderId order, CartId cart, Instant at) implements OrderCommand {}

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

  /**
   * Calls an order off that is not paid, or of whose money nothing is left before it is sent.
   *
   * @param because by its buyer or by an operator
   */
  record CancelOrder(OrderId order, UserId by, Cancellation because, Instant at)
      implements OrderCommand {}

  /**
   * Gives a line of an unpaid order another quantity. The answer comes when its stock is reserved
   * and the order priced anew, or when nothing has changed.
   *
   * @param quantity 0 to take the line out
   */
  record ChangeLine(OrderId order, UserId by, ProductId product, long quantity, Instant at)
      implements OrderCommand {}

  /** Takes up a change again that may have been left half done. */
  record ResumeChange(OrderId order, Instant at) implements OrderCommand {}

  /** The stock of the line is as wanted. */
  record FinishChange(OrderId order, Instant at) implements OrderCommand {}

  record FailChange(OrderId order, Refused because, Instant at) implements OrderCommand {}

  /** Says which number the register has given to it. */
  record NumberOrder(OrderId order, OrderNumber number, Instant at) implements OrderCommand {}

  /**
   * Undoes the steps that have begun and not ended: the checkout fails, the change is dropped, or
   * the order is cancelled and its money owed. An order that has none is left as it is.
   */
  record CompensateOrder(OrderId order, Instant at) implements OrderCommand {}

  /** Says that the time to pay may be over. */
  record ExpireOrder(OrderId order, Instant at) implements OrderCommand {}

  /**
   * Asks whether a payment may be taken now, before anybody is charged. Accepted as long as the
   * order may be paid, by its buyer, with exactly what it costs; refused as {@code
   * order.not-payable} otherwise. The order then does not expire for a while.
   *
   * @param tried when the attempt was written down: the same however often it is taken up
   */
  record BeginPayment(
      OrderId order, UserId by, PaymentId payment, Money amount, Instant tried, Instant at)
      implements OrderCommand {}

  /** Says that the money of a payment is held for us, and not ours yet. */
  record AuthorizePayment(OrderId order, PaymentId payment, Instant at) implements OrderCommand {}

  /** Says that a payment has come to nothing. */
  record FailPayment(OrderId order, PaymentId payment, String code, Instant at)
      implements OrderCommand {}

  /** Says that the money of a payment is there: it buys the order, or has to go back. */
  record SettlePayment(OrderId order, PaymentId payment, Money amount, Instant at)
      implements OrderCommand {}

  /** Takes up a paid order again whose stock may not be allocated yet. */
  record ResumeSettlement(OrderId order, Instant at) implements OrderCommand {}

  /** The stock of every line is allocated. */
  record CompleteOrder(OrderId order, Instant at) implements OrderCommand {}

  /** A paid order cannot have what it bought. */
  record AbandonOrder(OrderId order, Refused because, Instant at) implements OrderCommand {}

  /**
   * Says that money was given back.
   *
   * @param refund by which it is known when it is said again
   */
  record NoteRefund(OrderId order, PaymentId payment, String refund, Money amount, Instant at)
      implements OrderCommand {}

  /** Notes that money which had been given back has come back: it has not reached the buyer. */
  record NoteRefundReversal(
      OrderId order, PaymentId payment, String refund, Money amount, Instant at)
      implements OrderCommand {}

  /**
   * Notes that money is lost: its payer has it back from their bank.
   *
   * @param dispute by which it is known when it is said again
   */
  record NoteLoss(OrderId order, PaymentId payment, String dispute, Money amount, Instant at)
      implements OrderCommand {}

  record ConfirmOrder(OrderId order, Instant at) implements OrderCommand {}

  record ShipOrder(OrderId order, Shipment shipment, Instant at) implements OrderCommand {}

  record DeliverOrder(OrderId order, Instant at) implements OrderCommand {}

  /**
   * Takes goods back.
   *
   * @param request by what the return is known when it is said again
   * @param items empty for all that is left with the buyer
   */
  record ReturnItems(
      OrderId order,
      String request,
      List<Returned> items,
      boolean restock,
      ReturnReason because,
      Instant at)
      implements OrderCommand {
    public ReturnItems {
      items = List.copyOf(items);
    }
  }
}
