package boutique.payments;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.REFERENCE;
import static boutique.payments.Bought.SALE;
import static boutique.payments.Bought.created;
import static boutique.payments.Bought.notice;
import static boutique.payments.Bought.outcome;
import static boutique.payments.Bought.request;
import static boutique.payments.Bought.requested;
import static boutique.payments.Bought.taken;
import static boutique.payments.Bought.usd;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.payments.Aside;
import boutique.language.payments.Outcome;
import boutique.language.payments.Outcome.Denied;
import boutique.language.payments.Outcome.Taken;
import boutique.language.payments.Outcome.Voided;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.Unfit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message of the provider's")
class NoticesTest {
  private static final PaymentEvent NOTICED = new NoticeTaken(ORDER, PAYMENT, "evt_1", NOON);
  private static final PaymentEvent CHALLENGED =
      new PaymentChallenged(ORDER, PAYMENT, REFERENCE, "prove", NOON);

  private final Rules<PaymentCommand, Payment, PaymentEvent> rules = Rules.of(new PaymentDecider());

  @Test
  @DisplayName("is remembered in the commit of what it does")
  void once() {
    rules
        .given(List.of(requested(1)))
        .when(notice("order.1", taken(), "evt_1"))
        .then(NOTICED, created());
  }

  @Test
  @DisplayName("that comes again, or after our own answer, does nothing")
  void again() {
    rules
        .given(List.of(requested(1), NOTICED, created()))
        .when(notice("order.1", taken(), "evt_1"))
        .thenNothing();
    rules
        .given(List.of(requested(1), created()))
        .when(notice("order.1", taken(), "evt_1"))
        .thenNothing();
  }

  @Test
  @DisplayName("that comes late cannot take back what was paid")
  void late() {
    rules
        .given(List.of(requested(1), created()))
        .when(notice("order.1", new Denied(REFERENCE, "card_declined"), "evt_2"))
        .thenNothing();
  }

  @Test
  @DisplayName("about a payment that nobody has begun is refused, to be tried again")
  void unknown() {
    rules.when(notice("order.1", taken(), "evt_1")).thenRefused("payment.not-found");
  }

  @Test
  @DisplayName(
      "of another amount, currency or mode pays nothing, is told of once, and over when it is back")
  void unfit() {
    unfit("amount", new Taken(REFERENCE, usd(3999), false));
    unfit("currency", new Taken(REFERENCE, new Money(PRICE.minor(), "EUR"), false));
    unfit("mode", new Taken(REFERENCE, PRICE, true));
  }

  @Test
  @DisplayName(
      "that says only that something has changed is written where there is something to ask")
  void heard() {
    var refund = new RefundRequested(ORDER, PAYMENT, "r1", "order.2", PRICE, "test", NOON);
    var pending = new RefundPending(ORDER, PAYMENT, "r1", PRICE, "re_1", NOON);
    var done = new RefundCreated(ORDER, PAYMENT, "r1", PRICE, "re_1", NOON);
    for (var asked :
        List.of(
            List.of(requested(1)),
            List.of(requested(1), CHALLENGED),
            List.of(requested(1), CHALLENGED, new CancelRequested(ORDER, PAYMENT, NOON)),
            List.of(requested(1), created(), refund),
            List.of(requested(1), created(), refund, pending))) {
      rules.given(asked).when(heard("evt_1")).then(noticeHeard("evt_1"));
    }
    for (var atRest :
        List.of(
            List.<PaymentEvent>of(new PaymentOpened(ORDER, PAYMENT, SALE, NOON)),
            List.of(requested(1), new PaymentFailed(ORDER, PAYMENT, "card_declined", NOON)),
            List.of(requested(1), created()),
            List.of(requested(1), created(), refund, pending, done))) {
      rules.given(atRest).when(heard("evt_1")).thenNothing();
    }
    rules.when(heard("evt_1")).thenRefused("payment.not-found");
  }

  @Test
  @DisplayName("that says so is written once, and not without end")
  void heardAgain() {
    var history = new ArrayList<PaymentEvent>(List.of(requested(1)));
    for (var n = 1; n < Hearing.MOST_NOTICES; n++) {
      history.add(noticeHeard("evt_" + n));
    }
    rules.given(history).when(heard("evt_1")).thenNothing();
    rules.given(history).when(heard("evt_last")).then(noticeHeard("evt_last"));
    history.add(noticeHeard("evt_last"));
    rules.given(history).when(heard("evt_more")).thenNothing();
    rules
        .given(history)
        .when(notice("order.1", taken(), "evt_paid"))
        .then(noticeTaken("evt_paid"), created());
  }

  private static HearNotice heard(String notice) {
    return new HearNotice(ORDER, notice, NOON);
  }

  private static PaymentEvent noticeHeard(String notice) {
    return new NoticeHeard(ORDER, PAYMENT, notice, NOON);
  }

  private static PaymentEvent noticeTaken(String notice) {
    return new NoticeTaken(ORDER, PAYMENT, notice, NOON);
  }

  private void unfit(String code, Taken claimed) {
    var told = new PaymentQuestioned(ORDER, PAYMENT, code, REFERENCE, claimed.amount(), NOON);
    rules
        .given(List.of(requested(1)))
        .when(notice("order.1", claimed, "evt_1"))
        .then(NOTICED, told);
    rules.given(List.of(requested(1), told)).when(outcome("order.1", claimed)).thenNothing();
    rules.given(List.of(requested(1), told)).when(outcome("order.1", taken())).then(created());
    var back = new PaymentCancelled(ORDER, PAYMENT, NOON);
    rules
        .given(List.of(requested(1), told))
        .when(outcome("order.1", new Voided(REFERENCE)))
        .then(back);
    rules.given(List.of(requested(1), told, back)).when(request("tok_visa")).then(requested(2));
    assertThat(aside(requested(1), told).unfit())
        .containsExactly(new Unfit(REFERENCE, claimed.amount()));
    assertThat(aside(requested(1), told, back).unfit()).isEmpty();
    assertThat(aside(requested(1), told, created()).unfit()).isEmpty();
  }

  private static Aside aside(PaymentEvent... history) {
    Payment payment = new PaymentDecider().initial();
    for (var event : history) {
      payment = PaymentLife.after(payment, event);
    }
    return ((Payment.Known) payment).aside();
  }

  @Test
  @DisplayName("about a second charge for the same order is told of, and is no payment")
  void stray() {
    var second = new Outcome.Taken("pi_2", PRICE, false);
    var told = new PaymentQuestioned(ORDER, PAYMENT, "stray", "pi_2", PRICE, NOON);
    rules.given(List.of(requested(1), created())).when(outcome("order.1", second)).then(told);
  }

  @Test
  @DisplayName("about an attempt that had been given up is the payment, also while another is made")
  void givenUp() {
    rules
        .given(
            List.of(
                requested(1),
                new PaymentFailed(ORDER, PAYMENT, "card_declined", NOON),
                requested(2)))
        .when(outcome("order.1", taken()))
        .then(created());
  }
}
