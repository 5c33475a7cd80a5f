package boutique.orders;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderAuthorized;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderConfirmed;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderDelivered;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentBegun;
import boutique.language.orders.OrderEvent.OrderPaymentLost;
import boutique.language.orders.OrderEvent.OrderShipped;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.orders.Shipment;
import boutique.language.payments.PaymentId;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Quote;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Rule;
import boutique.language.pricing.Scope.WholeOrder;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;

/** Anna's order of two vases and a mug, with a voucher, and what becomes of it. */
final class Anna {
  static final OrderId ORDER = new OrderId("order");
  static final UserId ANNA = new UserId("anna");
  static final UserId BEN = new UserId("ben");
  static final UserId OPERATOR = new UserId("operator");
  static final PaymentId PAYMENT = PaymentId.of(ORDER);
  static final ProductId VASE = new ProductId("vase");
  static final ProductId MUG = new ProductId("mug");
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant DEADLINE = NOON.plusSeconds(900);
  static final Instant LATEST = DEADLINE.plus(Settling.PATIENCE);
  static final Instant LATER = NOON.plusSeconds(60);
  static final Shipment SHIPMENT = new Shipment("DHL", "JD01");
  static final VoucherCode TEN = new VoucherCode("TEN-OFF");
  static final List<OrderLine> LINES =
      List.of(line("vase", 3833, "USD", 3), line("mug", 1600, "USD", 1));
  static final Quote QUOTE =
      Pricing.quote(
              LINES.stream().map(OrderLine::item).toList(),
              List.of(new Rule(TEN.value(), new Percentage(1000), new WholeOrder(), null, null, 1)))
          .quote();
  static final Money TOTAL = QUOTE.total();

  /** When her money is held that she was asked for {@link #LATER}, until when it is good. */
  static final Instant CAPTURED_BY = LATER.plus(OrderRoom.CAPTURE_WITHIN);

  private Anna() {}

  static Rules<OrderCommand, Order, OrderEvent> given(OrderEvent... history) {
    return Rules.of(new OrderDecider(OrderRoom.CAPTURE_WITHIN)).given(List.of(history));
  }

  static Rules<OrderCommand, Order, OrderEvent> open() {
    return given(started(), created());
  }

  static Rules<OrderCommand, Order, OrderEvent> paying() {
    return open().given(List.of(begun(LATER)));
  }

  static Rules<OrderCommand, Order, OrderEvent> held() {
    return paying().given(List.of(authorized(), placedOnHold()));
  }

  static Rules<OrderCommand, Order, OrderEvent> paid() {
    return paying().given(List.of(money()));
  }

  static Rules<OrderCommand, Order, OrderEvent> complete() {
    return paid().given(List.of(completed()));
  }

  static Rules<OrderCommand, Order, OrderEvent> confirmed() {
    return complete().given(List.of(new OrderConfirmed(ORDER, ANNA, LATER, NOON)));
  }

  static Rules<OrderCommand, Order, OrderEvent> shipped() {
    return confirmed().given(List.of(new OrderShipped(ORDER, ANNA, LINES, SHIPMENT, LATER, NOON)));
  }

  static Rules<OrderCommand, Order, OrderEvent> delivered() {
    return shipped().given(List.of(new OrderDelivered(ORDER, ANNA, LATER, NOON)));
  }

  static Rules<OrderCommand, Order, OrderEvent> cancelled() {
    return open().given(List.of(cancelled(Cancellation.USER, NOON)));
  }

  static OrderEvent started() {
    return new CheckoutStarted(ORDER, ANNA, LINES, QUOTE, CartLock.NEEDED, DEADLINE, NOON);
  }

  static OrderEvent created() {
    return new OrderCreated(ORDER, ANNA, LINES, QUOTE, TOTAL, DEADLINE, NOON);
  }

  static OrderEvent begun(Instant at) {
    return new OrderPaymentBegun(ORDER, ANNA, PAYMENT, TOTAL, LATEST, at, NOON);
  }

  static OrderEvent authorized() {
    return new OrderAuthorized(ORDER, ANNA, PAYMENT, LATER, NOON);
  }

  static OrderEvent placedOnHold() {
    return new OrderHeld(
        ORDER, ANNA, LINES, List.of(TEN), PAYMENT, CAPTURED_BY, LATER, DEADLINE, NOON);
  }

  static OrderEvent money() {
    return new OrderPaid(ORDER, ANNA, PAYMENT, TOTAL, LATER, NOON);
  }

  static OrderEvent completed() {
    return new OrderCompleted(
        ORDER, ANNA, LINES, List.of(TEN), PAYMENT, TOTAL, LATER, DEADLINE, NOON);
  }

  static OrderEvent cancelled(Cancellation because, Instant at) {
    return new OrderCancelled(ORDER, ANNA, LINES, List.of(TEN), because, at, DEADLINE, NOON);
  }

  static OrderEvent calledOff() {
    return new OrderCalledOff(ORDER, ANNA, LINES, List.of(TEN), LATER, NOON);
  }

  static OrderEvent lost(String dispute, Money amount, Money inAll) {
    return new OrderPaymentLost(ORDER, ANNA, PAYMENT, dispute, amount, inAll, LATER, NOON);
  }

  static OrderLine line(String product, long cents, String currency, long quantity) {
    return new OrderLine(new ProductId(product), product, new Money(cents, currency), quantity);
  }
}
