package boutique.payments;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.created;
import static boutique.payments.Bought.requested;
import static boutique.payments.Bought.usd;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.OweRefund;
import boutique.language.payments.PaymentCommand.RecordDeniedRefund;
import boutique.language.payments.PaymentCommand.RecordFailedRefund;
import boutique.language.payments.PaymentCommand.RecordPendingRefund;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.RefundReturn;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import boutique.language.payments.Refund;
import boutique.language.payments.Refund.Standing;
import boutique.payments.Payment.Absent;
import boutique.payments.Payment.Known;
import boutique.payments.Payment.Stage.Captured;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A refund")
class RefundingTest {
  private static final RefundPayment REST =
      new RefundPayment(ORDER, PAYMENT, "order-cancelled", NOON);

  private final Rules<PaymentCommand, Payment, PaymentEvent> rules = Rules.of(new PaymentDecider());

  @Test
  @DisplayName("of everything is asked for once")
  void rest() {
    paid().when(REST).then(requestedBack("rest-1", 2, PRICE, "order-cancelled"));
    paid(requestedBack("rest-1", 2, PRICE, "order-cancelled")).when(REST).thenNothing();
    paid(requestedBack("rest-1", 2, PRICE, "order-cancelled"), returned("rest-1", PRICE))
        .when(REST)
        .thenNothing();
  }

  @Test
  @DisplayName("of what was never taken is nothing")
  void nothingTaken() {
    rules.when(REST).thenNothing();
    rules.given(List.of(requested(1))).when(REST).thenNothing();
  }

  @Test
  @DisplayName("of a part leaves the rest to be given back")
  void part() {
    var part = requestedBack("r1", 2, usd(1500), "broken");
    paid().when(part("r1", usd(1500))).then(part);
    paid(part).when(part("r1", usd(1500))).thenNothing();
    paid(part).when(part("r1", usd(1501))).thenRefused("idempotency.mismatch");
    paid(part).when(part("r2", null)).then(requestedBack("r2", 3, usd(2500), "broken"));
    paid(part).when(REST).then(requestedBack("rest-2", 3, usd(2500), "order-cancelled"));
  }

  @Test
  @DisplayName("is never more than what is left, nor nothing, nor another currency")
  void limits() {
    paid().when(part("r1", usd(4001))).thenRefused("payment.refund-too-much");
    paid().when(part("r1", new Money(1, "EUR"))).thenRefused("payment.refund-currency");
    paid().when(part("r1", usd(0))).thenRefused("payment.refund-amount");
    paid().when(part("r1", usd(-1))).thenRefused("payment.refund-amount");
    paid(requestedBack("r1", 2, usd(3000), "broken"))
        .when(part("r2", usd(1001)))
        .thenRefused("payment.refund-too-much");
    paid(requestedBack("r1", 2, PRICE, "broken"))
        .when(part("r2", null))
        .thenRefused("payment.refunded");
    rules.given(List.of(requested(1))).when(part("r1", null)).thenRefused("payment.not-paid");
    rules.when(part("r1", null)).thenRefused("payment.not-found");
  }

  @Test
  @DisplayName("that is owed in other books has failed in the commit in which it is asked for")
  void owed() {
    var part = requestedBack("r1", 2, usd(1500), "returned");
    var undone = new RefundFailed(ORDER, PAYMENT, "r1", usd(1500), "other_books", NOON);
    paid().when(owed("r1", usd(1500))).then(part, undone);
    paid(part, undone).when(owed("r1", usd(1500))).thenNothing();
    paid(part).when(owed("r1", usd(1500))).thenNothing();
    paid()
        .when(owed(null, null))
        .then(
            requestedBack("rest-1", 2, PRICE, "returned"),
            new RefundFailed(ORDER, PAYMENT, "rest-1", PRICE, "other_books", NOON));
    paid()
        .when(owed("r1", usd(4001)))
        .then(
            requestedBack("r1", 2, PRICE, "returned"),
            new RefundFailed(ORDER, PAYMENT, "r1", PRICE, "other_books", NOON));
    rules.when(owed(null, null)).thenNothing();
  }

  @Test
  @DisplayName("of goods is as much of what they have cost as is left")
  void goods() {
    var first = requestedBack("r1", 2, usd(2000), "returned");
    var failed = reversed("r1", usd(2000));
    var byHand = requestedBack("h1", 3, usd(2000), "other");
    var second = requestedBack("r2", 4, usd(2000), "returned");
    paid().when(goods("r1", usd(2000))).then(first);
    paid(first, returned("r1", usd(2000)), failed, byHand, returned("h1", usd(2000)))
        .when(goods("r2", usd(2000)))
        .then(second);
    paid(requestedBack("h1", 2, usd(3000), "other"))
        .when(goods("r1", usd(2000)))
        .then(requestedBack("r1", 3, usd(1000), "returned"));
    paid(requestedBack("h1", 2, PRICE, "other")).when(goods("r1", usd(2000))).thenNothing();
  }

  @Test
  @DisplayName("of goods stands in the place of none that has failed, as one by hand does")
  void besideGoods() {
    var first = requestedBack("r1", 2, usd(2000), "returned");
    var failed = refused("r1", usd(2000));
    var second = requestedBack("r2", 3, usd(2000), "returned");
    var byHand = requestedBack("h1", 4, usd(2000), "other");
    assertThat(standings(first, failed, second, returned("r2", usd(2000))))
        .containsExactly(Standing.DENIED, Standing.DONE);
    assertThat(standings(first, failed, second, returned("r2", usd(2000)), byHand))
        .containsExactly(Standing.REPLACED, Standing.DONE, Standing.ASKED);
  }

  private static List<Standing> standings(PaymentEvent... then) {
    Payment payment = PaymentLife.after(PaymentLife.after(new Absent(), requested(1)), created());
    for (var event : then) {
      payment = PaymentLife.after(payment, event);
    }
    return payment instanceof Known known && known.stage() instanceof Captured(var _, var refunds)
        ? refunds.stream().map(Refund::standing).toList()
        : List.of();
  }

  private static RefundReturn goods(String request, Money amount) {
    return new RefundReturn(ORDER, request, amount, NOON);
  }

  private static OweRefund owed(@Nullable String refund, @Nullable Money amount) {
    return new OweRefund(ORDER, refund, amount, "returned", NOON);
  }

  @Test
  @DisplayName("is done once, whoever says so")
  void done() {
    var part = requestedBack("r1", 2, usd(1500), "broken");
    paid(part).when(record("r1", usd(1500))).then(returned("r1", usd(1500)));
    paid(part, returned("r1", usd(1500))).when(record("r1", usd(1500))).thenNothing();
  }

  @Test
  @DisplayName("that the provider has done twice under one name is on the books twice, each once")
  void doneTwice() {
    var part = requestedBack("r1", 2, usd(1500), "broken");
    var done = returned("r1", usd(1500));
    var second = new RecordRefund(ORDER, "r1", usd(1500), "re_2", NOON);
    var asked = new RefundRequested(ORDER, PAYMENT, "re_2", "re_2", usd(1500), "provider", NOON);
    var also = new RefundCreated(ORDER, PAYMENT, "re_2", usd(1500), "re_2", NOON);
    var onItsWay = new RefundPending(ORDER, PAYMENT, "re_2", usd(1500), "re_2", NOON);
    var failing =
        new RecordFailedRefund(ORDER, "r1", usd(1500), "re_2", "expired_or_canceled_card", NOON);
    var back =
        new RefundReversed(
            ORDER, PAYMENT, "re_2", usd(1500), "re_2", "expired_or_canceled_card", NOON);
    paid(part, done).when(second).then(asked, also);
    paid(part, onItsWay("r1", usd(1500))).when(second).then(asked, also);
    paid(part, done, asked, also).when(second).thenNothing();
    paid(part, done, asked, also).when(record("r1", usd(1500))).thenNothing();
    paid(part, done, asked, also)
        .when(REST)
        .then(requestedBack("rest-3", 4, usd(1000), "order-cancelled"));
    paid(part, done)
        .when(new RecordPendingRefund(ORDER, "r1", usd(1500), "re_2", NOON))
        .then(asked, onItsWay);
    paid(part, done, asked, onItsWay).when(second).then(also);
    paid(part, done, asked, also).when(failing).then(back);
    paid(part, done, asked, also, back).when(failing).thenNothing();
    paid(requestedBack("r1", 2, usd(3000), "broken"), returned("r1", usd(3000)))
        .when(new RecordRefund(ORDER, "r1", usd(3000), "re_2", NOON))
        .then(new PaymentQuestioned(ORDER, PAYMENT, "refund", "re_2", usd(3000), NOON));
  }

  @Test
  @DisplayName("that the provider refuses leaves the money where it was")
  void denied() {
    var part = requestedBack("r1", 2, PRICE, "broken");
    var failed = new RefundFailed(ORDER, PAYMENT, "r1", PRICE, "charge_disputed", NOON);
    paid(part).when(new RecordDeniedRefund(ORDER, "r1", "charge_disputed", NOON)).then(failed);
    paid(part, failed).when(part("r2", null)).then(requestedBack("r2", 3, PRICE, "broken"));
  }

  @Test
  @DisplayName("that the provider has begun is under way until it is done or has failed, each once")
  void pending() {
    var part = requestedBack("r1", 2, usd(1500), "broken");
    paid(part).when(pending("r1", usd(1500))).then(onItsWay("r1", usd(1500)));
    paid(part, onItsWay("r1", usd(1500))).when(pending("r1", usd(1500))).thenNothing();
    paid(part, onItsWay("r1", usd(1500)))
        .when(part("r2", usd(2501)))
        .thenRefused("payment.refund-too-much");
    paid(part, onItsWay("r1", usd(1500)))
        .when(record("r1", usd(1500)))
        .then(returned("r1", usd(1500)));
    paid(part, onItsWay("r1", usd(1500)))
        .when(failed("r1", usd(1500)))
        .then(refused("r1", usd(1500)));
    paid(part, returned("r1", usd(1500))).when(pending("r1", usd(1500))).thenNothing();
  }

  @Test
  @DisplayName("that fails after it was done puts its money back on the books, once")
  void reversed() {
    var part = requestedBack("r1", 2, PRICE, "broken");
    var done = returned("r1", PRICE);
    paid(part, done).when(failed("r1", PRICE)).then(reversed("r1", PRICE));
    paid(part, done, reversed("r1", PRICE)).when(failed("r1", PRICE)).thenNothing();
  }

  @Test
  @DisplayName("that has failed is asked for again as another one, under another key, once")
  void again() {
    var part = requestedBack("r1", 2, PRICE, "broken");
    var history = new PaymentEvent[] {part, returned("r1", PRICE), reversed("r1", PRICE)};
    paid(history).when(part("r1", PRICE)).thenNothing();
    paid(history).when(part("r2", null)).then(requestedBack("r2", 3, PRICE, "broken"));
    paid(history).when(REST).then(requestedBack("rest-2", 3, PRICE, "order-cancelled"));
    var second = requestedBack("r2", 3, PRICE, "broken");
    paid(part, returned("r1", PRICE), reversed("r1", PRICE), second)
        .when(part("r2", null))
        .thenNothing();
    paid(part, returned("r1", PRICE), reversed("r1", PRICE), second)
        .when(part("r3", usd(1)))
        .thenRefused("payment.refund-too-much");
  }

  @Test
  @DisplayName("that has failed is over: if the provider says otherwise then, that is told")
  void late() {
    var part = requestedBack("r1", 2, PRICE, "broken");
    var history = new PaymentEvent[] {part, returned("r1", PRICE), reversed("r1", PRICE)};
    paid(history).when(pending("r1", PRICE)).thenNothing();
    paid(history)
        .when(record("r1", PRICE))
        .then(new PaymentQuestioned(ORDER, PAYMENT, "refund", "re_r1", PRICE, NOON));
  }

  @Test
  @DisplayName("does not fail because another one of the same name has")
  void another() {
    var part = requestedBack("r1", 2, PRICE, "broken");
    paid(part, returned("r1", PRICE))
        .when(new RecordFailedRefund(ORDER, "r1", PRICE, "re_0", "unknown", NOON))
        .then(new PaymentQuestioned(ORDER, PAYMENT, "refund", "re_0", PRICE, NOON));
  }

  @Test
  @DisplayName("that fails and was never on the books leaves them as they are")
  void neverOurs() {
    paid().when(failed("re_9", usd(700))).thenNothing();
    rules.given(List.of(requested(1))).when(failed("r1", PRICE)).thenNothing();
    rules.when(failed("r1", PRICE)).thenRefused("payment.not-found");
  }

  @Test
  @DisplayName("may fail for ever under one key, however many there were before it")
  void renewed() {
    var history = new ArrayList<PaymentEvent>();
    for (var number = 1; number <= 40; number++) {
      history.add(requestedBack("r" + number, number + 1, usd(1), "broken"));
      history.add(returned("r" + number, usd(1)));
    }
    history.add(requestedBack("last", 42, usd(1), "broken"));
    for (var key = 42; key < 42 + PaymentDecider.MOST_KEYS - 1; key++) {
      var renewed = new KeyRenewed(ORDER, PAYMENT, "order." + key, "order." + (key + 1), NOON);
      paid(history.toArray(PaymentEvent[]::new))
          .when(new RenewKey(ORDER, "order." + key, NOON))
          .then(renewed);
      history.add(renewed);
    }
    paid(history.toArray(PaymentEvent[]::new))
        .when(new RenewKey(ORDER, "order.61", NOON))
        .thenRefused("payment.too-many-attempts");
  }

  @Test
  @DisplayName("of a second charge may fail, even after it was done, and be done at the desk then")
  void surplusFailed() {
    var asked =
        new SurplusReturnRequested(
            ORDER, PAYMENT, "pi_9", ORDER.value() + ".surplus.pi_9", PRICE, NOON);
    var back = new SurplusReturned(ORDER, PAYMENT, "pi_9", PRICE, "re_surplus.pi_9", NOON);
    var failed =
        new SurplusReturnFailed(ORDER, PAYMENT, "pi_9", PRICE, "expired_or_canceled_card", NOON);
    var again = new SurplusReturned(ORDER, PAYMENT, "pi_9", PRICE, "re_desk", NOON);
    paid(asked).when(pending("surplus.pi_9", PRICE)).thenNothing();
    paid(asked).when(failed("surplus.pi_9", PRICE)).then(failed);
    paid(asked)
        .when(new RecordDeniedRefund(ORDER, "surplus.pi_9", "expired_or_canceled_card", NOON))
        .then(failed);
    paid(asked, back).when(failed("surplus.pi_9", PRICE)).then(failed);
    paid(asked, back, failed).when(failed("surplus.pi_9", PRICE)).thenNothing();
    paid(asked, back, failed)
        .when(new RecordRefund(ORDER, "surplus.pi_9", PRICE, "re_surplus.pi_9", NOON))
        .thenNothing();
    paid(asked, back, failed)
        .when(new RecordRefund(ORDER, "surplus.pi_9", PRICE, "re_desk", NOON))
        .then(again);
    paid(asked, back, failed, again).when(failed("surplus.pi_9", PRICE)).thenNothing();
    paid(asked, back, failed).when(REST).then(requestedBack("rest-1", 2, PRICE, "order-cancelled"));
  }

  @Test
  @DisplayName("of a second charge of ours is asked for once, and leaves the first as it is")
  void surplus() {
    var wish = new ReturnSurplus(ORDER, "pi_9", requested(1).attempt().key(), PRICE, NOON);
    var asked =
        new SurplusReturnRequested(
            ORDER, PAYMENT, "pi_9", ORDER.value() + ".surplus.pi_9", PRICE, NOON);
    var back = new SurplusReturned(ORDER, PAYMENT, "pi_9", PRICE, "re_surplus.pi_9", NOON);
    paid().when(wish).then(asked);
    paid(asked).when(wish).thenNothing();
    paid(asked).when(record("surplus.pi_9", PRICE)).then(back);
    paid(asked, back).when(record("surplus.pi_9", PRICE)).thenNothing();
    paid(asked, back).when(wish).thenNothing();
    paid(asked, back).when(REST).then(requestedBack("rest-1", 2, PRICE, "order-cancelled"));
  }

  @Test
  @DisplayName("of a second charge gets another key where one fails for ever, until it is done")
  void surplusRenewed() {
    var first = ORDER.value() + ".surplus.pi_9";
    var asked = new SurplusReturnRequested(ORDER, PAYMENT, "pi_9", first, PRICE, NOON);
    var renewed = new KeyRenewed(ORDER, PAYMENT, first, "order.2", NOON);
    var back = new SurplusReturned(ORDER, PAYMENT, "pi_9", PRICE, "re_surplus.pi_9", NOON);
    paid(asked).when(new RenewKey(ORDER, first, NOON)).then(renewed);
    paid(asked, renewed).when(new RenewKey(ORDER, first, NOON)).thenNothing();
    paid(asked, renewed)
        .when(new RenewKey(ORDER, "order.2", NOON))
        .then(new KeyRenewed(ORDER, PAYMENT, "order.2", "order.3", NOON));
    paid(asked, renewed).when(record("surplus.pi_9", PRICE)).then(back);
    paid(asked, back).when(new RenewKey(ORDER, first, NOON)).thenNothing();
  }

  @Test
  @DisplayName("of a second charge is never of the one that counts, nor of what we did not ask for")
  void noSurplus() {
    var key = requested(1).attempt().key();
    paid()
        .when(new ReturnSurplus(ORDER, "pi_9", "another key", PRICE, NOON))
        .thenRefused("payment.no-surplus");
    paid()
        .when(new ReturnSurplus(ORDER, Bought.REFERENCE, key, PRICE, NOON))
        .thenRefused("payment.no-surplus");
    rules
        .given(List.of(requested(1)))
        .when(new ReturnSurplus(ORDER, "pi_9", key, PRICE, NOON))
        .thenRefused("payment.no-surplus");
    rules
        .when(new ReturnSurplus(ORDER, "pi_9", key, PRICE, NOON))
        .thenRefused("payment.no-surplus");
  }

  @Test
  @DisplayName("at the provider's own desk is one of ours, as long as it is not too much")
  void outside() {
    paid()
        .when(record("re_9", usd(700)))
        .then(
            new RefundRequested(ORDER, PAYMENT, "re_9", "re_re_9", usd(700), "provider", NOON),
            returned("re_9", usd(700)));
    paid()
        .when(pending("re_9", usd(700)))
        .then(
            new RefundRequested(ORDER, PAYMENT, "re_9", "re_re_9", usd(700), "provider", NOON),
            onItsWay("re_9", usd(700)));
    paid(
            new RefundRequested(ORDER, PAYMENT, "re_9", "re_re_9", usd(700), "provider", NOON),
            returned("re_9", usd(700)))
        .when(part("r1", usd(3301)))
        .thenRefused("payment.refund-too-much");
    paid()
        .when(record("re_9", usd(4001)))
        .then(new PaymentQuestioned(ORDER, PAYMENT, "refund", "re_re_9", usd(4001), NOON));
  }

  private Rules<PaymentCommand, Payment, PaymentEvent> paid(PaymentEvent... then) {
    return rules.given(Stream.concat(Stream.of(requested(1), created()), Stream.of(then)).toList());
  }

  private static RefundPart part(String refund, @Nullable Money amount) {
    return new RefundPart(ORDER, refund, amount, "broken", NOON);
  }

  private static RecordRefund record(String refund, Money amount) {
    return new RecordRefund(ORDER, refund, amount, "re_" + refund, NOON);
  }

  private static RecordPendingRefund pending(String refund, Money amount) {
    return new RecordPendingRefund(ORDER, refund, amount, "re_" + refund, NOON);
  }

  private static RecordFailedRefund failed(String refund, Money amount) {
    return new RecordFailedRefund(
        ORDER, refund, amount, "re_" + refund, "expired_or_canceled_card", NOON);
  }

  private static RefundPending onItsWay(String refund, Money amount) {
    return new RefundPending(ORDER, PAYMENT, refund, amount, "re_" + refund, NOON);
  }

  private static RefundFailed refused(String refund, Money amount) {
    return new RefundFailed(ORDER, PAYMENT, refund, amount, "expired_or_canceled_card", NOON);
  }

  private static RefundReversed reversed(String refund, Money amount) {
    return new RefundReversed(
        ORDER, PAYMENT, refund, amount, "re_" + refund, "expired_or_canceled_card", NOON);
  }

  private static RefundRequested requestedBack(String refund, int key, Money amount, String why) {
    return new RefundRequested(ORDER, PAYMENT, refund, "order." + key, amount, why, NOON);
  }

  private static RefundCreated returned(String refund, Money amount) {
    return new RefundCreated(ORDER, PAYMENT, refund, amount, "re_" + refund, NOON);
  }
}
