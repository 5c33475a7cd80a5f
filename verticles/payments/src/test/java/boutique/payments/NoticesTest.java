package boutique.payments;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.REFERENCE;
import static boutique.payments.Bought.created;
import static boutique.payments.Bought.notice;
import static boutique.payments.Bought.outcome;
import static boutique.payments.Bought.requested;
import static boutique.payments.Bought.taken;
import static boutique.payments.Bought.usd;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.payments.Outcome;
import boutique.language.payments.Outcome.Denied;
import boutique.language.payments.Outcome.Taken;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A message of the provider's")
class NoticesTest {
  private static final PaymentEvent NOTICED = new NoticeTaken(ORDER, PAYMENT, "evt_1", NOON);

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
  @DisplayName("of another amount, currency or mode pays nothing, and is told of once")
  void unfit() {
    unfit("amount", new Taken(REFERENCE, usd(3999), false));
    unfit("currency", new Taken(REFERENCE, new Money(PRICE.minor(), "EUR"), false));
    unfit("mode", new Taken(REFERENCE, PRICE, true));
  }

  private void unfit(String code, Taken claimed) {
    var told = new PaymentQuestioned(ORDER, PAYMENT, code, REFERENCE, claimed.amount(), NOON);
    rules
        .given(List.of(requested(1)))
        .when(notice("order.1", claimed, "evt_1"))
        .then(NOTICED, told);
    rules.given(List.of(requested(1), told)).when(outcome("order.1", claimed)).thenNothing();
    rules.given(List.of(requested(1), told)).when(outcome("order.1", taken())).then(created());
  }

  @Test
  @DisplayName("about a second charge for the same order is told of, and is no payment")
  void stray() {
    var second = new Outcome.Taken("pi_2", PRICE, false);
    var told = new PaymentQuestioned(ORDER, PAYMENT, "stray", "pi_2", PRICE, NOON);
    rules.given(List.of(requested(1), created())).when(outcome("order.1", second)).then(told);
    rules
        .given(
            List.of(
                requested(1),
                new PaymentFailed(ORDER, PAYMENT, "card_declined", NOON),
                requested(2)))
        .when(outcome("order.1", second))
        .then(told);
  }
}
