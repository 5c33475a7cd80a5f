package boutique.orders;

import static boutique.kernel.Decision.accept;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.AbandonOrder;
import boutique.language.orders.OrderCommand.AuthorizePayment;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.CompensateOrder;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.CompleteOrder;
import boutique.language.orders.OrderCommand.ConfirmLock;
import boutique.language.orders.OrderCommand.ConfirmOrder;
import boutique.language.orders.OrderCommand.ConfirmVoucher;
import boutique.language.orders.OrderCommand.DeliverOrder;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailChange;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.FailPayment;
import boutique.language.orders.OrderCommand.FinishChange;
import boutique.language.orders.OrderCommand.NoteLoss;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.NoteRefundReversal;
import boutique.language.orders.OrderCommand.NumberOrder;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderCommand.ResumeChange;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderCommand.ResumeSettlement;
import boutique.language.orders.OrderCommand.ReturnItems;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderCommand.ShipOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderAuthorized;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderChangeFailed;
import boutique.language.orders.OrderEvent.OrderChangeStarted;
import boutique.language.orders.OrderEvent.OrderChanged;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderConfirmed;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderDelivered;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderEvent.OrderNumbered;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentBegun;
import boutique.language.orders.OrderEvent.OrderPaymentFailed;
import boutique.language.orders.OrderEvent.OrderPaymentLost;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderRefundReversed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderEvent.OrderShipped;
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
import boutique.orders.Order.Paying;
import boutique.orders.Order.Placed;
import boutique.orders.Order.Return;
import boutique.orders.Order.Shipped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** The rules of an order: which ones apply, and what each event makes of it. */
public final class OrderDecider implements Decider<OrderCommand, Order, OrderEvent> {
  private final Duration captureWithin;

  /**
   * The rules, where money that is held may be captured within this time from when it was asked
   * for.
   */
  public OrderDecider(Duration captureWithin) {
    this.captureWithin = captureWithin;
  }

  @Override
  public Order initial() {
    return new Absent();
  }

  @Override
  public Decision<OrderEvent> decide(Order order, OrderCommand command) {
    return switch (command) {
      case PlaceOrder c -> Placing.place(order, c);
      case ResumeCheckout _,
          ConfirmVoucher _,
          ConfirmLock _,
          ResumeChange _,
          ResumeSettlement _,
          CompensateOrder _ ->
          accept(); // only to learn where it stands
      case CompleteCheckout c -> Placing.complete(order, c);
      case FailCheckout c -> Placing.fail(order, c);
      case ChangeLine c -> Changes.start(order, c);
      case FinishChange c -> Changes.finish(order, c);
      case FailChange c -> Changes.fail(order, c);
      case CancelOrder c -> Ending.cancel(order, c);
      case NumberOrder c -> Naming.number(order, c);
      case ExpireOrder c -> Ending.expire(order, c);
      case BeginPayment c -> Settling.begin(order, c);
      case AuthorizePayment c -> Settling.authorize(order, c, captureWithin);
      case FailPayment c -> Settling.fail(order, c);
      case SettlePayment c -> Settling.settle(order, c);
      case CompleteOrder c -> Settling.complete(order, c);
      case AbandonOrder c -> Settling.abandon(order, c);
      case NoteRefund c -> Settling.refund(order, c);
      case NoteRefundReversal c -> Settling.reverse(order, c);
      case NoteLoss c -> Settling.lose(order, c);
      case ConfirmOrder c -> Fulfilling.confirm(order, c);
      case ShipOrder c -> Fulfilling.ship(order, c);
      case DeliverOrder c -> Fulfilling.deliver(order, c);
      case ReturnItems c -> Fulfilling.takeBack(order, c);
    };
  }

  @Override
  public Order evolve(Order order, OrderEvent event) {
    return switch (event) {
      case CheckoutStarted e ->
          stage(order, Absent.class)
              .started(
                  new Placed(
                      e.buyer(),
                      null,
                      e.lines(),
                      e.quote(),
                      e.lock(),
                      e.placedAt(),
                      e.expiresAt()));
      case CheckoutFailed e -> stage(order, CheckingOut.class).failed(e.because());
      case OrderCreated _ -> stage(order, CheckingOut.class).created();
      case OrderNumbered e -> Naming.numbered(order, e.number());
      case OrderChangeStarted e -> stage(order, Open.class).changing(e.change());
      case OrderChanged e -> stage(order, Changing.class).changed(e.lines(), e.quote());
      case OrderChangeFailed _ -> stage(order, Changing.class).unchanged();
      case OrderPaymentBegun e ->
          stage(order, Open.class).paying(new Paying(e.payment(), e.at(), e.until(), false));
      case OrderAuthorized _ -> authorized(stage(order, Open.class));
      case OrderHeld e -> held(stage(order, Open.class), e.until());
      case OrderPaymentFailed _ -> stage(order, Open.class).paying(null);
      case OrderPaid e -> stage(order, Open.class).paid(Bill.of(e.payment(), e.amount()));
      case OrderCompleted _ -> stage(order, Paid.class).completed();
      case OrderCancelled e -> cancelled(order, e);
      case OrderRefundOwed e ->
          stage(order, Cancelled.class).billed(Bill.of(e.payment(), e.amount()));
      case OrderRefunded e -> refunded(order, e);
      case OrderRefundReversed e -> reversed(order, e);
      case OrderPaymentLost e -> lost(order, e);
      case OrderCalledOff _ -> calledOff(stage(order, Complete.class));
      case OrderConfirmed _ -> stage(order, Bought.class).confirmed();
      case OrderShipped e -> stage(order, Confirmed.class).shipped(e.shipment());
      case OrderDelivered _ -> stage(order, Shipped.class).delivered();
      case OrderReturned e -> returned(stage(order, Delivered.class), e);
    };
  }

  private static Order authorized(Open open) {
    var paying = open.paying();
    return paying == null ? open : open.paying(paying.held(paying.until()));
  }

  private static Order held(Open open, Instant until) {
    var paying = open.paying();
    return paying == null ? open : open.paying(paying.held(until));
  }

  private static Order cancelled(Order order, OrderCancelled e) {
    return switch (order) {
      case Open open -> open.cancelled(e.because());
      case Changing changing -> changing.cancelled(e.because());
      case Paid paid -> paid.cancelled(e.because());
      case Absent _, CheckingOut _, Failed _, Complete _, Cancelled _ ->
          throw unfit(order, "cancelled");
    };
  }

  private static Order refunded(Order order, OrderRefunded e) {
    return switch (order) {
      case Cancelled cancelled when cancelled.bill() != null ->
          cancelled.billed(cancelled.bill().refunded(e.refund(), e.amount()));
      case Complete complete -> {
        var billed = complete.billed(complete.bill().refunded(e.refund(), e.amount()));
        yield e.unshipped().isEmpty() ? billed : calledOff(billed);
      }
      case Paid paid -> paid.billed(paid.bill().refunded(e.refund(), e.amount()));
      case Absent _, CheckingOut _, Failed _, Open _, Changing _, Cancelled _ ->
          throw unfit(order, "refunded");
    };
  }

  private static Order reversed(Order order, OrderRefundReversed e) {
    return switch (order) {
      case Cancelled cancelled when cancelled.bill() != null ->
          cancelled.billed(cancelled.bill().reversed(e.refund(), e.amount()));
      case Complete complete -> complete.billed(complete.bill().reversed(e.refund(), e.amount()));
      case Paid paid -> paid.billed(paid.bill().reversed(e.refund(), e.amount()));
      case Absent _, CheckingOut _, Failed _, Open _, Changing _, Cancelled _ ->
          throw unfit(order, "owed again");
    };
  }

  private static Order lost(Order order, OrderPaymentLost e) {
    return switch (order) {
      case Cancelled cancelled when cancelled.bill() != null ->
          cancelled.billed(cancelled.bill().lost(e.dispute(), e.amount()));
      case Complete complete -> complete.billed(complete.bill().lost(e.dispute(), e.amount()));
      case Paid paid -> paid.billed(paid.bill().lost(e.dispute(), e.amount()));
      case Absent _, CheckingOut _, Failed _, Open _, Changing _, Cancelled _ ->
          throw unfit(order, "lost");
    };
  }

  /** Where all of the money has gone back, that is said by both facts of it. */
  private static GivenBack calledOff(Complete complete) {
    return switch (complete) {
      case Bought bought -> bought.calledOff();
      case Confirmed confirmed -> confirmed.calledOff();
      case GivenBack back -> back;
      case Shipped _, Delivered _ -> throw unfit(complete, "called off");
    };
  }

  private static Order returned(Delivered delivered, OrderReturned e) {
    var all = new ArrayList<>(delivered.returns());
    all.add(new Return(e.request(), e.items()));
    return e.whole() ? delivered.returnedWhole(all) : delivered.returned(all);
  }

  private static <S extends Order> S stage(Order order, Class<S> stage) {
    if (!stage.isInstance(order)) {
      throw unfit(order, stage.getSimpleName());
    }
    return stage.cast(order);
  }

  private static IllegalStateException unfit(Order order, String wanted) {
    return new IllegalStateException(order.getClass().getSimpleName() + ", not " + wanted);
  }
}
