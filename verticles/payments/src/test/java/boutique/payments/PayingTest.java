package boutique.payments;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.REFERENCE;
import static boutique.payments.Bought.SALE;
import static boutique.payments.Bought.attempt;
import static boutique.payments.Bought.created;
import static boutique.payments.Bought.outcome;
import static boutique.payments.Bought.request;
import static boutique.payments.Bought.requested;
import static boutique.payments.Bought.taken;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Rules;
import boutique.language.payments.Loose;
import boutique.language.payments.Outcome.Challenge;
import boutique.language.payments.Outcome.Denied;
import boutique.language.payments.Outcome.Held;
import boutique.language.payments.Outcome.Voided;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.AbandonPayment;
import boutique.language.payments.PaymentCommand.CancelPayment;
import boutique.language.payments.PaymentCommand.CapturePayment;
import boutique.language.payments.PaymentCommand.RenewKey;
import boutique.language.payments.PaymentCommand.RequestPayment;
import boutique.language.payments.PaymentCommand.WithdrawPayment;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A payment")
class PayingTest {
  private static final PaymentEvent OPENED = new PaymentOpened(ORDER, PAYMENT, SALE, NOON);
  private static final PaymentEvent CHALLENGED =
      new PaymentChallenged(ORDER, PAYMENT, REFERENCE, "prove", NOON);
  private static final PaymentEvent AUTHORIZED =
      new PaymentAuthorized(ORDER, PAYMENT, REFERENCE, PRICE, NOON);
  private static final PaymentEvent CAPTURING = new CaptureRequested(ORDER, PAYMENT, NOON);
  private static final PaymentEvent CANCELLING = new CancelRequested(ORDER, PAYMENT, NOON);
  private static final PaymentEvent CANCELLED = new PaymentCancelled(ORDER, PAYMENT, NOON);
  private static final PaymentEvent FAILED =
      new PaymentFailed(ORDER, PAYMENT, "card_declined", NOON);

  private final Rules<PaymentCommand, Payment, PaymentEvent> rules = Rules.of(new PaymentDecider());

  @Test
  @DisplayName("begins with what is wanted and the key to ask with, before anybody is asked")
  void intent() {
    rules.when(request("tok_visa")).then(requested(1));
  }

  @Test
  @DisplayName("can be opened first, once, and paid afterwards")
  void opened() {
    rules.when(request(null)).then(OPENED);
    rules.given(List.of(OPENED)).when(request(null)).thenNothing();
    rules.given(List.of(OPENED)).when(request("tok_visa")).then(requested(1));
  }

  @Test
  @DisplayName("of an order that cannot be paid does not begin")
  void notPayable() {
    rules
        .when(new RequestPayment(ORDER, SALE, "tok_visa", false, false, false, false, NOON))
        .thenRefused("order.not-payable");
  }

  @Test
  @DisplayName("that is asked for twice is the first one, however far that is")
  void twice() {
    rules.given(List.of(requested(1))).when(request("tok_visa")).thenNothing();
    rules.given(List.of(requested(1), CHALLENGED)).when(request("tok_visa")).thenNothing();
    rules.given(List.of(requested(1), CHALLENGED)).when(request(null)).thenNothing();
    rules.given(List.of(requested(1), AUTHORIZED)).when(request("tok_visa")).thenNothing();
    rules.given(List.of(requested(1), created())).when(request("tok_mastercard")).thenNothing();
  }

  @Test
  @DisplayName("that is under way, or was taken, for an order that is over is no answer")
  void over() {
    var again = new RequestPayment(ORDER, SALE, "tok_visa", false, false, false, true, NOON);
    for (var stage :
        List.of(
            List.<PaymentEvent>of(),
            List.of(AUTHORIZED),
            List.of(CHALLENGED),
            List.of(AUTHORIZED, CAPTURING),
            List.of(AUTHORIZED, CANCELLING),
            List.of(created()))) {
      rules
          .given(Stream.concat(Stream.of(requested(1)), stage.stream()).toList())
          .when(again)
          .thenRefused("order.not-payable");
    }
  }

  @Test
  @DisplayName("that goes on after the time to pay is the first answer, unless it is called off")
  void late() {
    var late = new RequestPayment(ORDER, SALE, "tok_visa", false, false, false, false, NOON);
    rules.given(List.of(requested(1))).when(late).thenNothing();
    rules.given(List.of(requested(1), AUTHORIZED)).when(late).thenNothing();
    rules.given(List.of(requested(1), created())).when(late).thenNothing();
    rules
        .given(List.of(requested(1), AUTHORIZED, CANCELLING))
        .when(late)
        .thenRefused("order.not-payable");
  }

  @Test
  @DisplayName("is not begun with another card while nobody knows what has become of the first")
  void anotherTooSoon() {
    rules
        .given(List.of(requested(1)))
        .when(request("tok_mastercard"))
        .thenRefused("payment.processing");
    rules.given(List.of(requested(1))).when(request(null)).thenNothing();
  }

  @Test
  @DisplayName("that is not proved gives way to another card, if there may be another try")
  void anotherInstead() {
    var waiting = List.of(requested(1), CHALLENGED);
    rules.given(waiting).when(request("tok_mastercard")).then(requested(2, "tok_mastercard"));
    rules
        .given(waiting)
        .when(new RequestPayment(ORDER, SALE, "tok_mastercard", false, false, false, false, NOON))
        .thenRefused("order.not-payable");
    var history = new ArrayList<PaymentEvent>();
    for (var number = 1; number <= PaymentDecider.MOST_KEYS; number++) {
      history.add(requested(number));
      history.add(CHALLENGED);
    }
    rules.given(history).when(request("tok_mastercard")).thenRefused("payment.too-many-attempts");
  }

  @Test
  @DisplayName("that has succeeded tells what was bought with it, once")
  void succeeds() {
    rules.given(List.of(requested(1))).when(outcome("order.1", taken())).then(created());
    rules.given(List.of(requested(1), created())).when(outcome("order.1", taken())).thenNothing();
  }

  @Test
  @DisplayName("that was declined can be tried again, under another key")
  void declined() {
    rules
        .given(List.of(requested(1)))
        .when(outcome("order.1", new Denied(null, "card_declined")))
        .then(FAILED);
    rules.given(List.of(requested(1), FAILED)).when(request("tok_visa")).then(requested(2));
  }

  @Test
  @DisplayName("is not tried for ever")
  void tooOften() {
    var history = new ArrayList<PaymentEvent>();
    for (var number = 1; number <= PaymentDecider.MOST_KEYS; number++) {
      history.add(requested(number));
      history.add(FAILED);
    }
    rules.given(history).when(request("tok_visa")).thenRefused("payment.too-many-attempts");
  }

  @Test
  @DisplayName("waits for the buyer where the provider wants to know who they are")
  void challenged() {
    var challenge = new Challenge(REFERENCE, PRICE, false);
    rules.given(List.of(requested(1))).when(outcome("order.1", challenge)).then(CHALLENGED);
    rules
        .given(List.of(requested(1), CHALLENGED))
        .when(outcome("order.1", challenge))
        .thenNothing();
    rules
        .given(List.of(requested(1), CHALLENGED))
        .when(outcome("order.1", taken()))
        .then(created());
    rules
        .given(List.of(requested(1), CHALLENGED))
        .when(outcome("order.1", new Denied(REFERENCE, "card_declined")))
        .then(FAILED);
  }

  @Test
  @DisplayName("that is held is taken when somebody says so, and not before")
  void captured() {
    rules
        .given(List.of(requested(1)))
        .when(outcome("order.1", new Held(REFERENCE, PRICE, false)))
        .then(AUTHORIZED);
    rules
        .given(List.of(requested(1), AUTHORIZED))
        .when(new CapturePayment(ORDER, NOON))
        .then(CAPTURING);
    rules
        .given(List.of(requested(1), AUTHORIZED, CAPTURING))
        .when(new CapturePayment(ORDER, NOON))
        .thenNothing();
    rules
        .given(List.of(requested(1), AUTHORIZED, CAPTURING))
        .when(outcome("order.1", taken()))
        .then(created());
    rules
        .given(List.of(requested(1)))
        .when(new CapturePayment(ORDER, NOON))
        .thenRefused("payment.not-authorized");
  }

  @Test
  @DisplayName("that has taken nothing can be called off; while nobody knows, it cannot")
  void cancelled() {
    var cancel = new CancelPayment(ORDER, NOON);
    rules.when(cancel).thenRefused("payment.not-found");
    rules.given(List.of(OPENED)).when(cancel).then(CANCELLED);
    rules.given(List.of(requested(1))).when(cancel).thenRefused("payment.processing");
    rules.given(List.of(requested(1), AUTHORIZED)).when(cancel).then(CANCELLING);
    rules
        .given(List.of(requested(1), AUTHORIZED, CANCELLING))
        .when(outcome("order.1", new Voided(REFERENCE)))
        .then(CANCELLED);
    rules.given(List.of(requested(1), created())).when(cancel).thenRefused("payment.paid");
  }

  @Test
  @DisplayName("of an order that is over is called off where it can be, and never complained about")
  void abandoned() {
    var abandon = new AbandonPayment(ORDER, NOON);
    rules.when(abandon).thenNothing();
    rules.given(List.of(OPENED)).when(abandon).then(CANCELLED);
    rules.given(List.of(requested(1))).when(abandon).thenNothing();
    rules.given(List.of(requested(1), CHALLENGED)).when(abandon).then(CANCELLING);
    rules.given(List.of(requested(1), AUTHORIZED, CAPTURING)).when(abandon).thenNothing();
    rules.given(List.of(requested(1), created())).when(abandon).thenNothing();
  }

  @Test
  @DisplayName("of an order that was cancelled is called off even where it is being captured")
  void withdrawn() {
    var withdraw = new WithdrawPayment(ORDER, NOON);
    var capturing = List.of(requested(1), AUTHORIZED, CAPTURING);
    rules.when(withdraw).thenNothing();
    rules.given(List.of(OPENED)).when(withdraw).then(CANCELLED);
    rules.given(List.of(requested(1))).when(withdraw).thenNothing();
    rules.given(List.of(requested(1), AUTHORIZED)).when(withdraw).then(CANCELLING);
    rules.given(capturing).when(withdraw).then(CANCELLING);
    rules
        .given(List.of(requested(1), AUTHORIZED, CAPTURING, CANCELLING))
        .when(withdraw)
        .thenNothing();
    rules.given(List.of(requested(1), created())).when(withdraw).thenNothing();
  }

  @Test
  @DisplayName("that was captured before it was called off counts, and is none if it was not")
  void capturedBefore() {
    var withdrawn = List.of(requested(1), AUTHORIZED, CAPTURING, CANCELLING);
    rules.given(withdrawn).when(outcome("order.1", taken())).then(created());
    rules.given(withdrawn).when(outcome("order.1", new Voided(REFERENCE))).then(CANCELLED);
    rules
        .given(withdrawn)
        .when(outcome("order.1", new Held(REFERENCE, PRICE, false)))
        .thenNothing();
  }

  @Test
  @DisplayName("that was given up and has succeeded nevertheless is a payment")
  void givenUp() {
    rules.given(List.of(requested(1), FAILED)).when(outcome("order.1", taken())).then(created());
    rules
        .given(List.of(requested(1), AUTHORIZED, CANCELLING, CANCELLED))
        .when(outcome("order.1", taken()))
        .then(created());
  }

  @Test
  @DisplayName(
      "that was not proved is to be called off before the next, and counts if it was quicker")
  void loose() {
    loose(List.of(requested(1), CHALLENGED, FAILED, requested(2)));
    loose(List.of(requested(1), CHALLENGED, requested(2, "tok_mastercard")));
  }

  private void loose(List<PaymentEvent> again) {
    var decider = new PaymentDecider();
    var state = decider.initial();
    for (var event : again) {
      state = decider.evolve(state, event);
    }
    assertThat(Portrait.of(PAYMENT, (Payment.Known) state).aside().loose())
        .containsExactly(new Loose(attempt(1), REFERENCE));
    rules.given(again).when(outcome("order.1", taken())).then(created());
    rules.given(again).when(outcome("order.1", new Voided(REFERENCE))).thenNothing();
    rules.given(again).when(outcome("order.1", new Denied(REFERENCE, "declined"))).thenNothing();
    assertThat(
            Portrait.of(PAYMENT, (Payment.Known) decider.evolve(state, created())).aside().loose())
        .isEmpty();
  }

  @Test
  @DisplayName("that was held and is called off by the provider is none, and may be tried again")
  void letGo() {
    var lapsed = lapsed();
    rules.given(List.of(requested(1), AUTHORIZED)).when(lapsed).then(CANCELLED);
    rules.given(List.of(requested(1), CHALLENGED)).when(lapsed).then(CANCELLED);
    rules.given(List.of(requested(1), AUTHORIZED, CANCELLED)).when(lapsed).thenNothing();
    rules.given(List.of(requested(1), created())).when(lapsed).thenNothing();
    var another = outcome("order.1", new Voided("pi_another"));
    rules.given(List.of(requested(1), AUTHORIZED)).when(another).thenNothing();
    rules.given(List.of(requested(1), CHALLENGED)).when(another).thenNothing();
  }

  @Test
  @DisplayName("that was called off is not held, however late somebody says so")
  void heldBefore() {
    var held = outcome("order.1", new Held(REFERENCE, PRICE, false));
    var stray = outcome("order.1", new Held("pi_2", PRICE, false));
    var over = List.of(requested(1), AUTHORIZED, CANCELLING, CANCELLED);
    var again = List.of(requested(1), AUTHORIZED, CANCELLING, CANCELLED, requested(2));
    for (var history : List.of(over, again)) {
      rules.given(history).when(held).thenNothing();
      rules
          .given(history)
          .when(stray)
          .then(new PaymentQuestioned(ORDER, PAYMENT, "stray", "pi_2", PRICE, NOON));
    }
    rules.given(over).when(outcome("order.1", taken())).then(created()); // that is another thing
  }

  @Test
  @DisplayName("is not said to be over before it was held, though the clock goes back")
  void clock() {
    var held = new PaymentAuthorized(ORDER, PAYMENT, REFERENCE, PRICE, NOON.plusSeconds(60));
    rules.given(List.of(requested(1), held, CANCELLING)).when(lapsed()).then(cancelledAt(60));
    rules
        .given(List.of(requested(1), held, CAPTURING))
        .when(outcome("order.1", new Denied(REFERENCE, "expired_card")))
        .then(new PaymentFailed(ORDER, PAYMENT, "expired_card", NOON.plusSeconds(60)));
  }

  private static PaymentCommand lapsed() {
    return outcome("order.1", new Voided(REFERENCE));
  }

  private static PaymentEvent cancelledAt(int seconds) {
    return new PaymentCancelled(ORDER, PAYMENT, NOON.plusSeconds(seconds));
  }

  @Test
  @DisplayName("is asked for under another key only where the first is of no use any more")
  void renewed() {
    var renewed = new KeyRenewed(ORDER, PAYMENT, "order.1", "order.2", NOON);
    rules.given(List.of(requested(1))).when(new RenewKey(ORDER, "order.1", NOON)).then(renewed);
    rules
        .given(List.of(requested(1), renewed))
        .when(new RenewKey(ORDER, "order.1", NOON))
        .thenNothing();
    rules.given(List.of(requested(1), renewed)).when(outcome("order.2", taken())).then(created());
    rules
        .given(List.of(requested(1), created()))
        .when(new RenewKey(ORDER, attempt(1).key(), NOON))
        .thenNothing();
  }

  @Test
  @DisplayName("is paid also by what was asked for under a key that is given up since")
  void givenUpAndTaken() {
    var renewed = new KeyRenewed(ORDER, PAYMENT, "order.1", "order.2", NOON);
    rules.given(List.of(requested(1), renewed)).when(outcome("order.1", taken())).then(created());
  }
}
