package boutique.orders;

import static boutique.orders.Anna.ANNA;
import static boutique.orders.Anna.BEN;
import static boutique.orders.Anna.DEADLINE;
import static boutique.orders.Anna.LATER;
import static boutique.orders.Anna.LINES;
import static boutique.orders.Anna.MUG;
import static boutique.orders.Anna.NOON;
import static boutique.orders.Anna.ORDER;
import static boutique.orders.Anna.PAYMENT;
import static boutique.orders.Anna.QUOTE;
import static boutique.orders.Anna.TEN;
import static boutique.orders.Anna.TOTAL;
import static boutique.orders.Anna.VASE;
import static boutique.orders.Anna.line;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.catalog.ProductId;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.LineChange;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.BeginPayment;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.FailChange;
import boutique.language.orders.OrderCommand.FinishChange;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderChangeFailed;
import boutique.language.orders.OrderEvent.OrderChangeStarted;
import boutique.language.orders.OrderEvent.OrderChanged;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Quote;
import boutique.language.users.UserId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A line of an order")
class ChangesTest {
  private static final List<OrderLine> ONE_VASE =
      List.of(line("vase", 3833, "USD", 1), LINES.getLast());
  private static final List<OrderLine> NO_MUG = List.of(LINES.getFirst());
  private static final Refused SOLD_OUT = new Refused("stock.insufficient", "Gone.");

  private final Rules<OrderCommand, Order, OrderEvent> changing =
      Anna.open().given(List.of(started(VASE, 1, ONE_VASE)));

  @Test
  @DisplayName("has another quantity, and the order the price of that, when its stock is reserved")
  void changes() {
    Anna.open().when(change(ANNA, VASE, 1)).then(started(VASE, 1, ONE_VASE));
    changing
        .when(new FinishChange(ORDER, LATER))
        .then(new OrderChanged(ORDER, ANNA, ONE_VASE, priced(ONE_VASE), List.of(), LATER, NOON));
    assertThat(priced(ONE_VASE).total()).isEqualTo(new Money(4890, "USD"));
  }

  @Test
  @DisplayName("goes, as long as another is left")
  void goes() {
    Anna.open().when(change(ANNA, MUG, 0)).then(started(MUG, 0, NO_MUG));
    Anna.open()
        .given(List.of(started(MUG, 0, NO_MUG), changed(NO_MUG)))
        .when(change(ANNA, VASE, 0))
        .thenRefused("order.empty");
  }

  @Test
  @DisplayName("stays as it was when there is not enough")
  void fails() {
    changing
        .when(new FailChange(ORDER, SOLD_OUT, LATER))
        .then(new OrderChangeFailed(ORDER, ANNA, SOLD_OUT, LATER, NOON));
  }

  @Test
  @DisplayName("is changed once, however often that is said")
  void once() {
    var done = Anna.open().given(List.of(started(VASE, 1, ONE_VASE), changed(ONE_VASE)));

    changing.when(change(ANNA, VASE, 1)).thenNothing();
    done.when(change(ANNA, VASE, 1)).thenNothing();
    done.when(new FinishChange(ORDER, LATER)).thenNothing();
    done.when(new FailChange(ORDER, SOLD_OUT, LATER)).thenNothing();
  }

  @Test
  @DisplayName("gives back a voucher that does nothing any more")
  void voucher() {
    var free = new OrderLine(new ProductId("gift"), "gift", new Money(0, "USD"), 1);
    var lines = List.of(LINES.getFirst(), free);
    var quote =
        Pricing.quote(
                lines.stream().map(OrderLine::item).toList(),
                List.of(QUOTE.discounts().getFirst().rule()))
            .quote();
    var order =
        Anna.given(
            new CheckoutStarted(ORDER, ANNA, lines, quote, CartLock.NONE, DEADLINE, NOON),
            Anna.created(),
            new OrderChangeStarted(
                ORDER,
                ANNA,
                new LineChange(VASE, 0, List.of(free), priced(List.of(free))),
                LATER,
                NOON));

    order
        .when(new FinishChange(ORDER, LATER))
        .then(
            new OrderChanged(
                ORDER, ANNA, List.of(free), priced(List.of(free)), List.of(TEN), LATER, NOON));
  }

  @Test
  @DisplayName("is not another's to change, and not there when it is not")
  void notTheirs() {
    Anna.open().when(change(BEN, VASE, 1)).thenRefused("order.not-found");
    changing.when(change(BEN, VASE, 1)).thenRefused("order.not-found");
    Anna.open().when(change(ANNA, new ProductId("rug"), 1)).thenRefused("line.not-found");
  }

  @Test
  @DisplayName("does not change while it is paid, when it is paid, or when it is too late")
  void notNow() {
    Anna.paying().when(change(ANNA, VASE, 1)).thenRefused("order.paying");
    Anna.held().when(change(ANNA, VASE, 1)).thenRefused("order.paying");
    Anna.paid().when(change(ANNA, VASE, 1)).thenRefused("order.paid");
    Anna.complete().when(change(ANNA, VASE, 1)).thenRefused("order.paid");
    Anna.cancelled().when(change(ANNA, VASE, 1)).thenRefused("order.cancelled");
    Anna.open().when(new ChangeLine(ORDER, ANNA, VASE, 1, DEADLINE)).thenRefused("order.expired");
    changing.when(change(ANNA, MUG, 2)).thenRefused("order.changing");
  }

  @Test
  @DisplayName("is not paid while it changes, but the order can be called off, and expires")
  void meanwhile() {
    changing
        .when(new BeginPayment(ORDER, ANNA, PAYMENT, TOTAL, LATER, LATER))
        .thenRefused("order.not-payable");
    changing
        .when(new CancelOrder(ORDER, ANNA, Cancellation.USER, LATER))
        .then(Anna.cancelled(Cancellation.USER, LATER));
    changing
        .when(new ExpireOrder(ORDER, DEADLINE))
        .then(Anna.cancelled(Cancellation.EXPIRED, DEADLINE));
    changing.when(new ExpireOrder(ORDER, LATER)).thenNothing();
  }

  private static ChangeLine change(UserId by, ProductId product, long quantity) {
    return new ChangeLine(ORDER, by, product, quantity, LATER);
  }

  private static OrderEvent started(ProductId product, long quantity, List<OrderLine> lines) {
    return new OrderChangeStarted(
        ORDER, ANNA, new LineChange(product, quantity, lines, priced(lines)), LATER, NOON);
  }

  private static OrderEvent changed(List<OrderLine> lines) {
    return new OrderChanged(ORDER, ANNA, lines, priced(lines), List.of(), LATER, NOON);
  }

  private static Quote priced(List<OrderLine> lines) {
    return Pricing.quote(
            lines.stream().map(OrderLine::item).toList(),
            List.of(QUOTE.discounts().getFirst().rule()))
        .quote();
  }
}
