package boutique.orders;

import boutique.kernel.room.Room;
import boutique.kernel.store.Recorded;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.Live;
import boutique.language.StreamId;
import boutique.language.carts.CartEvent.CartLocked;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.AuthorizePayment;
import boutique.language.orders.OrderCommand.ConfirmLock;
import boutique.language.orders.OrderCommand.ConfirmVoucher;
import boutique.language.orders.OrderCommand.FailPayment;
import boutique.language.orders.OrderCommand.NoteLoss;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.NoteRefundReversal;
import boutique.language.orders.OrderCommand.ResumeChange;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderCommand.ResumeSettlement;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderChangeStarted;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.RefundReturn;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.Changing;
import boutique.orders.Order.Failed;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The orders room, put together. */
public final class OrderRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("orders", "carts", "discounts", "payments");

  /** If nothing else is said: most cards are held for a day longer. */
  static final Duration CAPTURE_WITHIN = Duration.ofDays(6);

  private OrderRoom() {}

  public static Room<OrderCommand, Order, OrderEvent> room(InstantSource clock) {
    return room(clock, Snags.UNNOTED, CAPTURE_WITHIN);
  }

  /**
   * The room, telling somebody where its steps cannot go on.
   *
   * @param captureWithin for how long an order waits whose money is held
   */
  public static Room<OrderCommand, Order, OrderEvent> room(
      InstantSource clock, Snags snags, Duration captureWithin) {
    return new Room<>(
            "orders", OrderCommand.class, new OrderDecider(captureWithin), OrderRoom::face)
        .through((desk, bus) ->
            new LineChanging(
                new Settlement(new Checkout(desk, bus, clock, snags), bus, clock, snags),
                bus,
                clock,
                snags))
        .telling(OrderRoom::news);
  }

  /**
   * What it does because of what it hears: every checkout that has begun and every order that was
   * paid is brought to its end, no voucher stays used and no cart locked for an order that is none,
   * and money that is owed goes back.
   */
  public static List<? extends Command> reactions(Event event) {
    return switch (event) {
      case CheckoutStarted e -> List.of(new ResumeCheckout(e.order(), e.placedAt()));
      case OrderChangeStarted e -> List.of(new ResumeChange(e.order(), e.at()));
      case OrderPaid e -> List.of(new ResumeSettlement(e.order(), e.at()));
      case DiscountApplied e -> List.of(new ConfirmVoucher(e.order(), e.code(), e.at()));
      case CartLocked e -> List.of(new ConfirmLock(e.order(), e.cart(), e.at()));
      case OrderRefundOwed e ->
          List.of(new RefundPayment(e.order(), e.payment(), e.because(), e.at()));
      case OrderReturned e when e.refund().minor() > 0 ->
          List.of(new RefundReturn(e.order(), e.request(), e.refund(), e.at()));
      case PaymentEvent e -> payments(e);
      default -> List.of();
    };
  }

  private static List<? extends Command> payments(PaymentEvent event) {
    return switch (event) {
      case PaymentAuthorized e -> List.of(new AuthorizePayment(e.order(), e.payment(), e.at()));
      case PaymentCreated e ->
          List.of(new SettlePayment(e.order(), e.payment(), e.amount(), e.at()));
      case PaymentFailed e -> List.of(new FailPayment(e.order(), e.payment(), e.code(), e.at()));
      case PaymentCancelled e ->
          List.of(new FailPayment(e.order(), e.payment(), "payment.cancelled", e.at()));
      case RefundCreated e ->
          List.of(new NoteRefund(e.order(), e.payment(), e.refund(), e.amount(), e.at()));
      case RefundReversed e ->
          List.of(new NoteRefundReversal(e.order(), e.payment(), e.refund(), e.amount(), e.at()));
      case PaymentLost e ->
          List.of(new NoteLoss(e.order(), e.payment(), e.dispute(), e.amount(), e.at()));
      default -> List.of();
    };
  }

  private static @Nullable Face face(StreamId stream, Order order) {
    var placed = Stages.placed(order);
    return placed == null || order instanceof Failed
        ? null
        : new OrderFace(
            new OrderId(stream.key()),
            placed.buyer(),
            placed.number(),
            Stages.status(order),
            order instanceof Cancelled cancelled ? cancelled.because().wireName() : null,
            Stages.payment(order),
            Stages.fulfilment(order),
            placed.lines(),
            placed.quote(),
            placed.lock(),
            Stages.paidWith(order),
            Stages.shipment(order),
            Stages.returned(order),
            Stages.lost(order),
            placed.placedAt(),
            placed.expiresAt(),
            Stages.payingUntil(order),
            order instanceof Changing changing ? changing.change() : null);
  }

  private static List<Live> news(Recorded recorded, Event event, Order after) {
    return switch (event) {
      case CheckoutStarted _, CheckoutFailed _ -> List.of();
      case OrderEvent e -> List.of(live(recorded, e, after));
      default -> List.of();
    };
  }

  private static Live live(Recorded recorded, OrderEvent event, Order after) {
    var placed = Stages.placed(after);
    var number = placed == null ? null : placed.number();
    var captureUntil = Stages.captureUntil(after);
    var json =
        new JsonObject()
            .put("type", recorded.type())
            .put("id", event.order().value())
            .put("version", OrderFace.counted(recorded.version(), number != null))
            .put("number", number == null ? null : number.value())
            .put("status", Stages.status(after))
            .put(
                "cancelledBecause",
                after instanceof Cancelled cancelled ? cancelled.because().wireName() : null)
            .put("paymentStatus", Stages.payment(after))
            .put("fulfilmentStatus", Stages.fulfilment(after))
            .put("captureUntil", captureUntil == null ? null : captureUntil.toString())
            .put("at", recorded.at().toString());
    return new Live(event.buyer().value(), "orders.me", json.encode());
  }
}
