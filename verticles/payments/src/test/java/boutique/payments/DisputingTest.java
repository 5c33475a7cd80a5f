package boutique.payments;

import static boutique.payments.Bought.NOON;
import static boutique.payments.Bought.ORDER;
import static boutique.payments.Bought.PAYMENT;
import static boutique.payments.Bought.PRICE;
import static boutique.payments.Bought.created;
import static boutique.payments.Bought.outcome;
import static boutique.payments.Bought.requested;
import static boutique.payments.Bought.taken;
import static boutique.payments.Bought.usd;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Rules;
import boutique.language.Money;
import boutique.language.payments.Dispute;
import boutique.language.payments.Dispute.Standing;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordDispute;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentCommand.RefundReturn;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.ChargeLost;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.RefundRequested;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A dispute")
class DisputingTest {
  private static final PaymentEvent OPEN =
      new PaymentDisputed(ORDER, PAYMENT, "dp_1", PRICE, "fraudulent", NOON);
  private static final PaymentEvent LOST =
      new DisputeClosed(ORDER, PAYMENT, "dp_1", PRICE, false, NOON);
  private static final PaymentEvent GONE =
      new PaymentLost(ORDER, PAYMENT, "dp_1", "pi_1", PRICE, NOON);
  private static final PaymentEvent WON =
      new DisputeClosed(ORDER, PAYMENT, "dp_1", PRICE, true, NOON);

  private final Rules<PaymentCommand, Payment, PaymentEvent> rules = Rules.of(new PaymentDecider());

  @Test
  @DisplayName("is written down when it begins and when it is over, each once")
  void once() {
    paid().when(says(Standing.OPEN, null)).then(OPEN);
    paid(OPEN).when(says(Standing.OPEN, null)).thenNothing();
    paid(OPEN).when(says(Standing.LOST, null)).then(LOST, GONE);
    paid(OPEN).when(says(Standing.WON, null)).then(WON);
    paid(OPEN, LOST, GONE).when(says(Standing.LOST, null)).thenNothing();
  }

  @Test
  @DisplayName("that is over does not begin again because an old message comes late")
  void late() {
    paid(OPEN, WON).when(says(Standing.OPEN, "evt_1")).thenNothing();
  }

  @Test
  @DisplayName("that is decided once more, and otherwise, is asked about once, with nothing undone")
  void decidedAgain() {
    var won = new PaymentQuestioned(ORDER, PAYMENT, "dispute-won", "dp_1", PRICE, NOON);
    var lost = new PaymentQuestioned(ORDER, PAYMENT, "dispute-lost", "dp_1", PRICE, NOON);

    paid(OPEN, LOST, GONE).when(says(Standing.WON, null)).then(won);
    paid(OPEN, LOST, GONE, won).when(says(Standing.WON, null)).thenNothing();
    paid(OPEN, LOST, GONE).when(says(Standing.OPEN, null)).thenNothing();
    paid(OPEN, WON).when(says(Standing.LOST, null)).then(lost);
    paid(OPEN, LOST, GONE, won)
        .when(new RefundPayment(ORDER, PAYMENT, "order.cancelled", NOON))
        .thenNothing();
  }

  @Test
  @DisplayName("of which nobody has heard before it was over has begun and is over")
  void atOnce() {
    paid()
        .when(says(Standing.LOST, "evt_1"))
        .then(new NoticeTaken(ORDER, PAYMENT, "evt_1", NOON), OPEN, LOST, GONE);
  }

  @Test
  @DisplayName("that is lost takes nothing from the order where it was of a second charge")
  void second() {
    paid(OPEN)
        .when(
            new RecordDispute(
                ORDER, "pi_2", new Dispute("dp_1", PRICE, "fraudulent", Standing.LOST), null, NOON))
        .then(LOST);
  }

  @Test
  @DisplayName("that is lost before its charge is known to be taken takes its money with it, once")
  void early() {
    var lost = new ChargeLost(ORDER, PAYMENT, "dp_1", "pi_1", PRICE, NOON);
    var held = new PaymentAuthorized(ORDER, PAYMENT, "pi_1", PRICE, NOON);
    var asked = List.of(requested(1), held, new CaptureRequested(ORDER, PAYMENT, NOON));
    var known = Stream.concat(asked.stream(), Stream.of(OPEN, LOST, lost)).toList();

    rules.given(asked).when(says(Standing.LOST, null)).then(OPEN, LOST, lost);
    rules.given(known).when(says(Standing.LOST, null)).thenNothing();
    rules.given(known).when(outcome("order.1", taken())).then(created(), GONE);
    rules
        .given(Stream.concat(known.stream(), Stream.of(created(), GONE)).toList())
        .when(new RefundPayment(ORDER, PAYMENT, "order.cancelled", NOON))
        .thenNothing();
    rules
        .given(Stream.concat(asked.stream(), Stream.of(OPEN, LOST)).toList())
        .when(says(Standing.LOST, null))
        .then(lost);
  }

  @Test
  @DisplayName("that is lost of another charge, or in another currency, takes nothing that is paid")
  void earlyOfAnother() {
    for (var other :
        List.of(
            new ChargeLost(ORDER, PAYMENT, "dp_1", "pi_2", PRICE, NOON),
            new ChargeLost(ORDER, PAYMENT, "dp_1", "pi_1", new Money(4000, "EUR"), NOON))) {
      rules
          .given(List.of(requested(1), OPEN, LOST, other))
          .when(outcome("order.1", taken()))
          .then(created());
    }
  }

  @Test
  @DisplayName("that was lost before losses were written takes its money when it is seen again")
  void before() {
    paid(OPEN, LOST).when(says(Standing.LOST, null)).then(GONE);
    paid(OPEN, LOST).when(says(Standing.OPEN, "evt_1")).thenNothing();
    paid(OPEN, LOST)
        .when(
            new RecordDispute(
                ORDER, "pi_2", new Dispute("dp_1", PRICE, "fraudulent", Standing.LOST), null, NOON))
        .thenNothing();
  }

  @Test
  @DisplayName("that is lost leaves nothing to give back, and says so")
  void nothingLeft() {
    paid(OPEN, LOST, GONE)
        .when(new RefundPayment(ORDER, PAYMENT, "order.cancelled", NOON))
        .thenNothing();
    paid(OPEN, LOST, GONE)
        .when(new RefundPart(ORDER, "r1", null, "operator", NOON))
        .thenRefused("payment.refunded");
    paid(OPEN, WON)
        .when(new RefundPart(ORDER, "r1", PRICE, "operator", NOON))
        .then(new RefundRequested(ORDER, PAYMENT, "r1", "order.2", PRICE, "operator", NOON));
  }

  @Test
  @DisplayName("that is lost leaves for goods that came back what is left, and never complains")
  void returned() {
    var most = new RefundReturn(ORDER, "r1", PRICE, NOON);
    var part = new PaymentLost(ORDER, PAYMENT, "dp_1", "pi_1", usd(PRICE.minor() - 1500), NOON);
    var back = new RefundRequested(ORDER, PAYMENT, "r1", "order.2", usd(1500), "returned", NOON);

    paid()
        .when(most)
        .then(new RefundRequested(ORDER, PAYMENT, "r1", "order.2", PRICE, "returned", NOON));
    paid(OPEN, LOST, part).when(most).then(back);
    paid(OPEN, LOST, part, back).when(most).thenNothing();
    paid(OPEN, LOST, part, back).when(new RefundReturn(ORDER, "r2", usd(1), NOON)).thenNothing();
    paid(OPEN, LOST, GONE).when(most).thenNothing();
    paid(OPEN, LOST, part)
        .when(new RefundReturn(ORDER, "r1", usd(700), NOON))
        .then(new RefundRequested(ORDER, PAYMENT, "r1", "order.2", usd(700), "returned", NOON));
    rules.given(List.of(requested(1))).when(most).thenNothing();
    rules.when(most).thenRefused("payment.not-found");
  }

  @Test
  @DisplayName("that is lost takes its money out of our account with the provider, and only then")
  void posted() {
    var nothing = Set.<String>of();
    assertThat(Posting.of(OPEN, nothing)).isEmpty();
    assertThat(Posting.of(WON, nothing)).isEmpty();
    assertThat(Posting.of(GONE, nothing)).isEmpty();
    assertThat(Posting.of(LOST, nothing))
        .containsExactly(
            new Posting(Account.PROVIDER, new Money(-PRICE.minor(), PRICE.currency())),
            new Posting(Account.DISPUTES, PRICE));
  }

  @Test
  @DisplayName("of a payment that nobody has begun is refused, to be tried again")
  void unknown() {
    rules.when(says(Standing.OPEN, "evt_1")).thenRefused("payment.not-found");
  }

  private Rules<PaymentCommand, Payment, PaymentEvent> paid(PaymentEvent... then) {
    return rules.given(Stream.concat(Stream.of(requested(1), created()), Stream.of(then)).toList());
  }

  private static RecordDispute says(Standing standing, @Nullable String notice) {
    return new RecordDispute(
        ORDER, "pi_1", new Dispute("dp_1", PRICE, "fraudulent", standing), notice, NOON);
  }
}
