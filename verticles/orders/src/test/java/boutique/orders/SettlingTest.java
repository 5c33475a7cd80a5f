package boutique.orders;

import static boutique.orders.Anna.ANNA;
import static boutique.orders.Anna.BEN;
import static boutique.orders.Anna.CAPTURED_BY;
import static boutique.orders.Anna.DEADLINE;
import static boutique.orders.Anna.LATER;
import static boutique.orders.Anna.LATEST;
import static boutique.orders.Anna.LINES;
import static boutique.orders.Anna.NOON;
import static boutique.orders.Anna.ORDER;
import static boutique.orders.Anna.PAYMENT;
import static boutique.orders.Anna.TEN;
import static boutique.orders.Anna.TOTAL;
import static boutique.orders.Anna.given;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.AbandonOrder;
import boutique.language.orders.OrderCommand.AuthorizePayment;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.CompleteOrder;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailPayment;
import boutique.language.orders.OrderCommand.NoteLoss;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.NoteRefundReversal;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderAuthorized;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentBegun;
import boutique.language.orders.OrderEvent.OrderPaymentFailed;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderRefundReversed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Rule;
import boutique.language.pricing.Scope.WholeOrder;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The money of an order")
class SettlingTest {
  private static final Money LESS = TOTAL.minus(new Money(1, "USD"));

  @Nested
  @DisplayName("before it is taken")
  class Begin {
    @Test
    @DisplayName("may be taken from its buyer, and keeps the order from expiring for a while")
    void begins() {
      Anna.open().when(begin(ANNA, TOTAL, LATER)).then(Anna.begun(LATER));
      Anna.paying().when(new ExpireOrder(ORDER, LATEST.minusMillis(1))).thenNothing();
    }

    @Test
    @DisplayName("is waited for no longer than for a while")
    void bounded() {
      Anna.paying()
          .when(new ExpireOrder(ORDER, LATEST))
          .then(Anna.cancelled(Cancellation.EXPIRED, LATEST));
    }

    @Test
    @DisplayName("is begun once when that is said again, and anew by the next attempt")
    void again() {
      Anna.paying().when(begin(ANNA, TOTAL, LATER)).thenNothing();
      Anna.paying()
          .when(begin(ANNA, TOTAL, LATER.plusSeconds(1)))
          .then(Anna.begun(LATER.plusSeconds(1)));
    }

    @Test
    @DisplayName("is brought to its end if it was tried in time, and not tried with another after")
    void tried() {
      var late = LATEST.minusMillis(1);
      for (var at : List.of(DEADLINE, late)) {
        Anna.paying().when(new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, LATER, at)).thenNothing();
        Anna.paying().when(begin(ANNA, TOTAL, at)).thenRefused("order.not-payable");
      }
      Anna.paying()
          .when(new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, DEADLINE, late))
          .thenRefused("order.not-payable");
      Anna.paying()
          .when(new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, LATER, LATEST))
          .thenRefused("order.not-payable");
    }

    @Test
    @DisplayName("is not taken for another's order, which does not exist")
    void notTheirs() {
      for (var order : List.of(Anna.open(), Anna.paid(), Anna.complete(), Anna.cancelled())) {
        order.when(begin(BEN, TOTAL, LATER)).thenRefused("order.not-found");
      }
    }

    @Test
    @DisplayName("is not taken when it is too little, or when the time is over")
    void notPayable() {
      Anna.open().when(begin(ANNA, LESS, LATER)).thenRefused("order.not-payable");
      Anna.open().when(begin(ANNA, TOTAL, DEADLINE)).thenRefused("order.not-payable");
      Anna.paying().when(begin(ANNA, TOTAL, LATEST)).thenRefused("order.not-payable");
      Anna.cancelled().when(begin(ANNA, TOTAL, LATER)).thenRefused("order.not-payable");
    }

    @Test
    @DisplayName("that was taken already needs no second begin")
    void paidAlready() {
      Anna.complete().when(begin(ANNA, TOTAL, LATER)).thenNothing();
    }

    @Test
    @DisplayName("that does not come leaves the order as payable as it was")
    void failed() {
      OrderEvent declined =
          new OrderPaymentFailed(ORDER, ANNA, PAYMENT, "card_declined", LATER, NOON);
      var open = Anna.paying().given(List.of(declined));

      Anna.paying().when(new FailPayment(ORDER, PAYMENT, "card_declined", LATER)).then(declined);
      open.when(new ExpireOrder(ORDER, DEADLINE))
          .then(Anna.cancelled(Cancellation.EXPIRED, DEADLINE));
      open.when(begin(ANNA, TOTAL, LATER)).then(Anna.begun(LATER));
    }

    @Test
    @DisplayName("is still waited for when the attempt before the last has failed")
    void failedBefore() {
      Anna.paying().when(new FailPayment(ORDER, PAYMENT, "declined", NOON)).thenNothing();
    }
  }

  @Nested
  @DisplayName("when it is held for us")
  class Hold {
    @Test
    @DisplayName(
        "places the order, once, until it is to be captured: reckoned from before the hold")
    void held() {
      var late = LATER.plusSeconds(300);

      Anna.paying()
          .when(hold(late))
          .then(
              new OrderAuthorized(ORDER, ANNA, PAYMENT, late, NOON),
              new OrderHeld(
                  ORDER, ANNA, LINES, List.of(TEN), PAYMENT, CAPTURED_BY, late, DEADLINE, NOON));
      Anna.held().when(hold(LATER)).thenNothing();
      Anna.held().when(hold(late)).thenNothing();
    }

    @Test
    @DisplayName("keeps the order from expiring, however late it is, until it has been let go of")
    void expires() {
      var days = CAPTURED_BY.plus(Duration.ofDays(30));

      Anna.held().when(new ExpireOrder(ORDER, LATEST)).thenNothing();
      Anna.held().when(new ExpireOrder(ORDER, CAPTURED_BY)).thenNothing();
      Anna.held().when(new ExpireOrder(ORDER, days)).thenNothing();
      Anna.held()
          .when(new FailPayment(ORDER, PAYMENT, "payment.cancelled", CAPTURED_BY))
          .then(Anna.cancelled(Cancellation.EXPIRED, CAPTURED_BY));
      Anna.held()
          .when(new FailPayment(ORDER, PAYMENT, "card_declined", days))
          .then(Anna.cancelled(Cancellation.EXPIRED, days));
    }

    @Test
    @DisplayName("is told of its order also when that is over, and of no other that is")
    void remembered() {
      var over = Anna.cancelled(Cancellation.EXPIRED, CAPTURED_BY);
      var authorized = Anna.authorized();
      var held = Anna.placedOnHold();
      var late = new OrderRefundOwed(ORDER, ANNA, PAYMENT, TOTAL, "order.cancelled", LATER, NOON);

      assertThat(captureUntil()).isNull();
      assertThat(captureUntil(authorized, held)).isEqualTo(CAPTURED_BY);
      assertThat(captureUntil(authorized, held, over)).isEqualTo(CAPTURED_BY);
      assertThat(captureUntil(over)).isNull();
      assertThat(captureUntil(authorized, held, over, late))
          .as("taken after all, and on its way back")
          .isNull();
    }

    private static @Nullable Instant captureUntil(OrderEvent... later) {
      var rules = new OrderDecider(Duration.ofDays(1));
      var begun = Stream.of(Anna.started(), Anna.created(), Anna.begun(LATER));
      var order = rules.initial();
      for (var event : Stream.concat(begun, Stream.of(later)).toList()) {
        order = rules.evolve(order, event);
      }
      return Stages.captureUntil(order);
    }

    @Test
    @DisplayName("buys it when it is captured, and is owed when that comes after its end")
    void captured() {
      Anna.held().when(settle(TOTAL)).then(Anna.money());
      Anna.held()
          .given(List.of(Anna.cancelled(Cancellation.EXPIRED, CAPTURED_BY)))
          .when(settle(TOTAL))
          .then(new OrderRefundOwed(ORDER, ANNA, PAYMENT, TOTAL, "order.cancelled", LATER, NOON));
    }

    @Test
    @DisplayName("and captured, is held no more, in whatever order that is heard")
    void reversed() {
      for (var order : List.of(Anna.open(), Anna.paid(), Anna.complete(), Anna.cancelled())) {
        order.when(hold(LATER)).thenNothing();
      }
      var failed = new FailPayment(ORDER, PAYMENT, "payment.cancelled", LATER);
      for (var order : List.of(Anna.open(), Anna.paid(), Anna.complete(), Anna.cancelled())) {
        order.when(failed).thenNothing();
      }
    }

    @Test
    @DisplayName("and is let go of, leaves the order payable until its first deadline")
    void letGo() {
      var order = Anna.held().given(List.of(failed("payment.cancelled", LATER)));

      Anna.held()
          .when(new FailPayment(ORDER, PAYMENT, "payment.cancelled", LATER))
          .then(failed("payment.cancelled", LATER));
      order.when(begin(ANNA, TOTAL, LATER.plusSeconds(1))).then(Anna.begun(LATER.plusSeconds(1)));
      order
          .when(new ExpireOrder(ORDER, DEADLINE))
          .then(Anna.cancelled(Cancellation.EXPIRED, DEADLINE));
    }

    @Test
    @DisplayName("and is let go of after that deadline, ends the order as one that had money held")
    void letGoLater() {
      for (var at : List.of(DEADLINE, CAPTURED_BY.minusMillis(1))) {
        var over = Anna.cancelled(Cancellation.EXPIRED, at);
        Anna.held().when(new FailPayment(ORDER, PAYMENT, "payment.cancelled", at)).then(over);
        Anna.held().when(new FailPayment(ORDER, PAYMENT, "card_declined", at)).then(over);
        assertThat(captureUntil(Anna.authorized(), Anna.placedOnHold(), over))
            .isEqualTo(CAPTURED_BY);
      }
    }

    @Test
    @DisplayName("is no more, when a later attempt is made before that is heard")
    void another() {
      var second = LATER.plusSeconds(60);

      Anna.held()
          .when(new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, second, second))
          .then(failed("payment.cancelled", second), Anna.begun(second));
      Anna.held()
          .when(new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, second, DEADLINE))
          .thenRefused("order.not-payable");
    }

    @Test
    @DisplayName("stays held when the same attempt is taken up again, however late")
    void takenUp() {
      for (var at : List.of(LATER.plusSeconds(1), DEADLINE, CAPTURED_BY)) {
        Anna.held().when(new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, LATER, at)).thenNothing();
      }
    }

    @Test
    @DisplayName("is not that of the attempt after it")
    void ofAnEarlierAttempt() {
      Anna.paying().when(hold(LATER.minusMillis(1))).thenNothing();
    }

    @Test
    @DisplayName("is let go of by whoever may cancel the order")
    void cancelled() {
      Anna.held()
          .when(new CancelOrder(ORDER, ANNA, Cancellation.USER, LATER))
          .then(Anna.cancelled(Cancellation.USER, LATER));
      Anna.held()
          .when(new CancelOrder(ORDER, BEN, Cancellation.OPERATOR, LATER))
          .then(Anna.cancelled(Cancellation.OPERATOR, LATER));
    }

    private AuthorizePayment hold(Instant at) {
      return new AuthorizePayment(ORDER, PAYMENT, at);
    }

    private OrderEvent failed(String code, Instant at) {
      return new OrderPaymentFailed(ORDER, ANNA, PAYMENT, code, at, NOON);
    }
  }

  @Nested
  @DisplayName("when it is there")
  class Settle {
    @Test
    @DisplayName("pays the order, once, and even a moment after its deadline")
    void pays() {
      Anna.paying().when(settle(TOTAL)).then(Anna.money());
      Anna.open().when(settle(TOTAL)).then(Anna.money());
      Anna.paid().when(settle(TOTAL)).thenNothing();
      Anna.complete().when(settle(TOTAL)).thenNothing();
    }

    @Test
    @DisplayName("completes the order of which a voucher has left nothing to pay")
    void nothingToPay() {
      var nothing = new Money(0, "USD");
      var quote =
          Pricing.quote(
                  List.of(LINES.getFirst().item()),
                  List.of(
                      new Rule(
                          TEN.value(), new Percentage(10_000), new WholeOrder(), null, null, 1)))
              .quote();
      var line = List.of(LINES.getFirst());
      given(
              new CheckoutStarted(ORDER, ANNA, line, quote, CartLock.NONE, DEADLINE, NOON),
              new OrderCreated(ORDER, ANNA, line, quote, nothing, DEADLINE, NOON),
              new OrderPaymentBegun(ORDER, ANNA, PAYMENT, nothing, LATEST, LATER, NOON),
              new OrderPaid(ORDER, ANNA, PAYMENT, nothing, LATER, NOON))
          .when(new CompleteOrder(ORDER, LATER))
          .then(
              new OrderCompleted(
                  ORDER, ANNA, line, List.of(TEN), PAYMENT, nothing, LATER, DEADLINE, NOON));
    }

    @Test
    @DisplayName("completes the order when its goods are kept")
    void completes() {
      Anna.paid().when(new CompleteOrder(ORDER, LATER)).then(Anna.completed());
      Anna.complete().when(new CompleteOrder(ORDER, LATER)).thenNothing();
    }

    @Test
    @DisplayName("completes an order that costs nothing, of which nothing can go back either")
    void nothing() {
      assertThat(Bill.of(PAYMENT, new Money(0, "USD")).isSettled()).isFalse();
      assertThat(Bill.of(PAYMENT, TOTAL).refunded("r1", TOTAL).isSettled()).isTrue();
    }

    @Test
    @DisplayName("keeps the order from expiring and from being cancelled for nothing")
    void notCancelled() {
      for (var order : List.of(Anna.paid(), Anna.complete())) {
        order.when(new ExpireOrder(ORDER, LATEST)).thenNothing();
        order
            .when(new CancelOrder(ORDER, ANNA, Cancellation.USER, LATER))
            .thenRefused("order.paid");
        order
            .when(new CancelOrder(ORDER, BEN, Cancellation.OPERATOR, LATER))
            .thenRefused("order.paid");
      }
    }

    @Test
    @DisplayName("is owed to its payer, once, when the order is cancelled already")
    void tooLate() {
      OrderEvent owed = owed(TOTAL, "order.cancelled");

      Anna.cancelled().when(settle(TOTAL)).then(owed);
      Anna.cancelled().given(List.of(owed)).when(settle(TOTAL)).thenNothing();
    }

    @Test
    @DisplayName("is owed to its payer when it is another amount than the order costs")
    void otherAmount() {
      Anna.paying()
          .when(settle(LESS))
          .then(Anna.cancelled(Cancellation.PAYMENT_FAILED, LATER), owed(LESS, "amount.differs"));
    }

    @Test
    @DisplayName("is owed to its payer when the goods are gone all the same")
    void goodsGone() {
      var gone = new AbandonOrder(ORDER, new Refused("stock.insufficient", "Gone."), LATER);
      var cancelled = Anna.cancelled(Cancellation.PAYMENT_FAILED, LATER);
      var owed = owed(TOTAL, "stock.insufficient");

      Anna.paid().when(gone).then(cancelled, owed);
      Anna.paid().given(List.of(cancelled, owed)).when(gone).thenNothing();
      Anna.complete().when(gone).thenRefused("order.paid");
    }

    private OrderEvent owed(Money amount, String because) {
      return new OrderRefundOwed(ORDER, ANNA, PAYMENT, amount, because, LATER, NOON);
    }
  }

  @Nested
  @DisplayName("when it goes back")
  class Refund {
    @Test
    @DisplayName("is counted once")
    void counted() {
      var part = new Money(1000, "USD");
      OrderEvent refunded = refunded("r1", part, part, List.of());

      Anna.complete().when(refund("r1", part)).then(refunded);
      Anna.complete().given(List.of(refunded)).when(refund("r1", part)).thenNothing();
    }

    @Test
    @DisplayName("as a whole, sends nothing any more that was not sent")
    void whole() {
      var whole = refunded("r1", TOTAL, TOTAL, LINES);
      Anna.complete().when(refund("r1", TOTAL)).then(whole, Anna.calledOff());
      Anna.confirmed().when(refund("r1", TOTAL)).then(whole, Anna.calledOff());
      Anna.complete().given(List.of(whole)).when(refund("r1", TOTAL)).thenNothing();
      Anna.shipped().when(refund("r1", TOTAL)).then(refunded("r1", TOTAL, TOTAL, List.of()));
    }

    @Test
    @DisplayName("as all that a lost dispute has left, sends nothing any more either")
    void rest() {
      var lost = new Money(3000, "USD");
      var rest = TOTAL.minus(lost);
      var less = rest.minus(new Money(1, "USD"));
      var part = List.of(Anna.lost("dp_1", lost, lost));

      Anna.complete()
          .given(part)
          .when(refund("r1", rest))
          .then(refunded("r1", rest, rest, LINES), Anna.calledOff());
      Anna.complete()
          .given(part)
          .when(refund("r1", less))
          .then(refunded("r1", less, less, List.of()));
      Anna.paid()
          .given(List.of(part.getFirst(), refunded("r1", rest, rest, List.of())))
          .when(new CompleteOrder(ORDER, LATER))
          .then(Anna.cancelled(Cancellation.PAYMENT_FAILED, LATER));
    }

    @Test
    @DisplayName("to the last cent and by whomever, lets the order be called off until it is sent")
    void gone() {
      var part = new Money(3000, "USD");
      var rest = TOTAL.minus(part);
      var lost = List.of(Anna.lost("dp_1", TOTAL, TOTAL));
      var lostLast = List.of(refunded("r1", rest, rest, List.of()), Anna.lost("dp_1", part, part));
      var byAnna = new CancelOrder(ORDER, ANNA, Cancellation.USER, LATER);
      var byUs = new CancelOrder(ORDER, BEN, Cancellation.OPERATOR, LATER);
      var byBen = new CancelOrder(ORDER, BEN, Cancellation.USER, LATER);

      for (var gone : List.of(lost, lostLast)) {
        for (var order : List.of(Anna.complete(), Anna.confirmed())) {
          order.given(gone).when(byUs).then(Anna.calledOff());
          order.given(gone).when(byAnna).then(Anna.calledOff());
          order.given(gone).when(byBen).thenRefused("order.not-found");
          order.given(gone).given(List.of(Anna.calledOff())).when(byUs).thenNothing();
          order.when(byUs).thenRefused("order.paid");
          order.given(List.of(Anna.lost("dp_1", part, part))).when(byUs).thenRefused("order.paid");
        }
        for (var order : List.of(Anna.shipped(), Anna.delivered())) {
          order.given(gone).when(byUs).thenRefused("order.paid");
        }
      }
    }

    @Test
    @DisplayName("and does not reach the buyer, is owed again, once, and never counted any more")
    void reversed() {
      var part = new Money(1000, "USD");
      var nothing = new Money(0, "USD");
      var reversal = new NoteRefundReversal(ORDER, PAYMENT, "r1", part, LATER);
      OrderEvent refunded = refunded("r1", part, part, List.of());
      OrderEvent reversed =
          new OrderRefundReversed(ORDER, ANNA, PAYMENT, "r1", part, nothing, LATER, NOON);

      Anna.complete().when(reversal).thenNothing();
      Anna.complete().given(List.of(refunded)).when(reversal).then(reversed);
      Anna.complete().given(List.of(refunded, reversed)).when(reversal).thenNothing();
      Anna.complete().given(List.of(refunded, reversed)).when(refund("r1", part)).thenNothing();
      Anna.complete()
          .given(List.of(refunded, reversed))
          .when(refund("r2", part))
          .then(refunded("r2", part, part, List.of()));
    }

    @Test
    @DisplayName("and does not reach the buyer, brings nothing back to be sent")
    void reversedWhole() {
      Anna.complete()
          .given(
              List.of(
                  refunded("r1", TOTAL, TOTAL, LINES),
                  new OrderRefundReversed(
                      ORDER, ANNA, PAYMENT, "r1", TOTAL, new Money(0, "USD"), LATER, NOON)))
          .when(refund("r2", TOTAL))
          .then(refunded("r2", TOTAL, TOTAL, List.of()));
    }

    @Test
    @DisplayName(
        "to its payer by their bank is lost, once for each dispute, and nothing else of it")
    void lost() {
      var part = new Money(1000, "USD");
      OrderEvent first = Anna.lost("dp_1", part, part);

      Anna.complete().when(loss("dp_1", part)).then(first);
      Anna.complete().given(List.of(first)).when(loss("dp_1", part)).thenNothing();
      Anna.complete()
          .given(List.of(first))
          .when(loss("dp_2", part))
          .then(Anna.lost("dp_2", part, new Money(2000, "USD")));
      Anna.complete()
          .given(List.of(first))
          .when(refund("r1", part))
          .then(refunded("r1", part, part, List.of()));
    }

    private NoteLoss loss(String dispute, Money amount) {
      return new NoteLoss(ORDER, PAYMENT, dispute, amount, LATER);
    }

    private OrderEvent refunded(
        String refund, Money amount, Money inAll, List<OrderLine> unshipped) {
      return new OrderRefunded(ORDER, ANNA, PAYMENT, refund, amount, inAll, unshipped, LATER, NOON);
    }

    private NoteRefund refund(String refund, Money amount) {
      return new NoteRefund(ORDER, PAYMENT, refund, amount, LATER);
    }
  }

  private static BeginPayment begin(UserId by, Money amount, Instant at) {
    return new BeginPayment(ORDER, by, PAYMENT, amount, at, at);
  }

  private static SettlePayment settle(Money amount) {
    return new SettlePayment(ORDER, PAYMENT, amount, LATER);
  }
}
