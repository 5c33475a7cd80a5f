package boutique.orders;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.CompleteCheckout;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailCheckout;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Quote;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Rule;
import boutique.language.pricing.Scope.WholeOrder;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An order")
class OrderDeciderTest {
  private static final OrderId ORDER = new OrderId("order");
  private static final UserId ANNA = new UserId("anna");
  private static final UserId BEN = new UserId("ben");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant DEADLINE = NOON.plusSeconds(900);
  private static final Refused SOLD_OUT = new Refused("stock.insufficient", "It is sold out.");
  private static final List<OrderLine> LINES =
      List.of(line("vase", 3800, "USD", 2), line("mug", 1600, "USD", 1));
  private static final VoucherCode TEN = new VoucherCode("TEN-OFF");
  private static final Quote QUOTE =
      Pricing.quote(
              LINES.stream().map(OrderLine::item).toList(),
              List.of(new Rule(TEN.value(), new Percentage(1000), new WholeOrder(), null, null, 1)))
          .quote();

  private final Rules<OrderCommand, Order, OrderEvent> rules =
      Rules.of(new OrderDecider(OrderRoom.CAPTURE_WITHIN));

  @Nested
  @DisplayName("that nobody has placed")
  class Absent {
    @Test
    @DisplayName("begins with its checkout, and with a deadline")
    void begins() {
      rules.when(place(LINES)).then(started());
    }

    @Test
    @DisplayName("is refused when it is empty")
    void empty() {
      rules.when(place(List.of())).thenRefused("order.empty");
    }

    @Test
    @DisplayName("is refused when its lines are in several currencies")
    void mixed() {
      rules
          .when(place(List.of(line("vase", 3800, "USD", 1), line("mug", 1600, "EUR", 1))))
          .thenRefused("order.mixed-currency");
    }

    @Test
    @DisplayName("cannot be cancelled")
    void cancel() {
      rules.when(cancelBy(ANNA)).thenRefused("order.not-found");
    }

    @Test
    @DisplayName("does not expire")
    void expire() {
      rules.when(new ExpireOrder(ORDER, DEADLINE)).thenNothing();
    }
  }

  @Nested
  @DisplayName("whose stock is being reserved")
  class CheckingOut {
    private final Rules<OrderCommand, Order, OrderEvent> checkingOut =
        rules.given(List.of(started()));

    @Test
    @DisplayName("is created with its exact total, explained, when all of it is reserved")
    void completes() {
      checkingOut.when(new CompleteCheckout(ORDER, NOON)).then(created());
    }

    @Test
    @DisplayName("keeps why it failed")
    void fails() {
      checkingOut
          .when(new FailCheckout(ORDER, LINES, SOLD_OUT, NOON))
          .then(new CheckoutFailed(ORDER, ANNA, LINES, List.of(TEN), SOLD_OUT, NOON, NOON));
    }

    @Test
    @DisplayName("is not begun a second time")
    void again() {
      checkingOut.when(place(LINES)).thenNothing();
    }

    @Test
    @DisplayName("cannot be cancelled yet")
    void cancel() {
      checkingOut.when(cancelBy(ANNA)).thenRefused("order.not-found");
    }

    @Test
    @DisplayName("does not expire: its checkout ends first")
    void expire() {
      checkingOut.when(new ExpireOrder(ORDER, DEADLINE)).thenNothing();
    }
  }

  @Nested
  @DisplayName("that is open")
  class Open {
    private final Rules<OrderCommand, Order, OrderEvent> open =
        rules.given(List.of(started(), created()));

    @Test
    @DisplayName("is cancelled by its buyer")
    void cancel() {
      open.when(cancelBy(ANNA)).then(cancelled(Cancellation.USER, NOON));
    }

    @Test
    @DisplayName("does not exist for anybody else")
    void cancelByAnother() {
      open.when(cancelBy(BEN)).thenRefused("order.not-found");
    }

    @Test
    @DisplayName("expires at its deadline, to the instant")
    void expires() {
      open.when(new ExpireOrder(ORDER, DEADLINE)).then(cancelled(Cancellation.EXPIRED, DEADLINE));
    }

    @Test
    @DisplayName("does not expire before its deadline")
    void expiresNotYet() {
      open.when(new ExpireOrder(ORDER, DEADLINE.minusMillis(1))).thenNothing();
    }

    @Test
    @DisplayName("is the same order when it is placed again")
    void again() {
      open.when(place(LINES)).thenNothing();
    }

    @Test
    @DisplayName("is not another order when its key is used for other lines")
    void otherLines() {
      open.when(place(List.of(line("vase", 3800, "USD", 3)))).thenRefused("idempotency.mismatch");
    }

    @Test
    @DisplayName("is not another order when its key is used without its voucher")
    void otherVouchers() {
      var dearer = Pricing.quote(LINES.stream().map(OrderLine::item).toList(), List.of()).quote();

      open.when(
              new PlaceOrder(
                  ORDER, ANNA, LINES, dearer, CartLock.NONE, Duration.ofMinutes(15), NOON))
          .thenRefused("idempotency.mismatch");
    }

    @Test
    @DisplayName("does not fail any more")
    void fail() {
      open.when(new FailCheckout(ORDER, LINES, SOLD_OUT, NOON)).thenRefused("order.exists");
    }

    @Test
    @DisplayName("is completed once")
    void complete() {
      open.when(new CompleteCheckout(ORDER, NOON)).thenNothing();
    }
  }

  @Nested
  @DisplayName("that is cancelled")
  class Cancelled {
    private final Rules<OrderCommand, Order, OrderEvent> cancelled =
        rules.given(List.of(started(), created(), cancelled(Cancellation.USER, NOON)));

    @Test
    @DisplayName("stays cancelled when it is cancelled again")
    void again() {
      cancelled.when(cancelBy(ANNA)).thenNothing();
    }

    @Test
    @DisplayName("does not exist for anybody else")
    void byAnother() {
      cancelled.when(cancelBy(BEN)).thenRefused("order.not-found");
    }

    @Test
    @DisplayName("does not expire as well")
    void expire() {
      cancelled.when(new ExpireOrder(ORDER, DEADLINE)).thenNothing();
    }

    @Test
    @DisplayName("is not completed by a late hand, which then gives back what it has reserved")
    void complete() {
      cancelled.when(new CompleteCheckout(ORDER, NOON)).thenRefused("order.cancelled");
    }
  }

  @Nested
  @DisplayName("whose checkout has failed")
  class Failed {
    private final Rules<OrderCommand, Order, OrderEvent> failed =
        rules.given(
            List.of(
                started(),
                new CheckoutFailed(ORDER, ANNA, LINES, List.of(TEN), SOLD_OUT, NOON, NOON)));

    @Test
    @DisplayName("gives the same answer to the same request")
    void again() {
      failed.when(place(LINES)).thenRefused("stock.insufficient");
    }

    @Test
    @DisplayName("cannot be completed by a late hand")
    void complete() {
      failed.when(new CompleteCheckout(ORDER, NOON)).thenRefused("stock.insufficient");
    }

    @Test
    @DisplayName("fails once")
    void failAgain() {
      failed.when(new FailCheckout(ORDER, LINES, SOLD_OUT, NOON)).thenNothing();
    }

    @Test
    @DisplayName("cannot be cancelled")
    void cancel() {
      failed.when(cancelBy(ANNA)).thenRefused("order.not-found");
    }
  }

  private static PlaceOrder place(List<OrderLine> lines) {
    return new PlaceOrder(ORDER, ANNA, lines, QUOTE, CartLock.NONE, Duration.ofMinutes(15), NOON);
  }

  private static CancelOrder cancelBy(UserId user) {
    return new CancelOrder(ORDER, user, Cancellation.USER, NOON);
  }

  private static OrderEvent started() {
    return new CheckoutStarted(ORDER, ANNA, LINES, QUOTE, CartLock.NONE, DEADLINE, NOON);
  }

  private static OrderEvent created() {
    return new OrderCreated(ORDER, ANNA, LINES, QUOTE, QUOTE.total(), DEADLINE, NOON);
  }

  private static OrderEvent cancelled(Cancellation because, Instant at) {
    return new OrderCancelled(ORDER, ANNA, LINES, List.of(TEN), because, at, DEADLINE, NOON);
  }

  private static OrderLine line(String product, long cents, String currency, long quantity) {
    return new OrderLine(new ProductId(product), product, new Money(cents, currency), quantity);
  }
}
