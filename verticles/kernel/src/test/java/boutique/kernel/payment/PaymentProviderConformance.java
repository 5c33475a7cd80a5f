package boutique.kernel.payment;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import boutique.kernel.payment.Answer.Challenge;
import boutique.kernel.payment.Answer.Denied;
import boutique.kernel.payment.Answer.Held;
import boutique.kernel.payment.Answer.NotThere;
import boutique.kernel.payment.Answer.Taken;
import boutique.kernel.payment.Answer.Voided;
import boutique.language.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link PaymentProvider} keeps, with the test cards that all of them know. */
@Timeout(60)
public abstract class PaymentProviderConformance {
  private static final Money PRICE = usd(4000);
  private final Instant began = Instant.now().minusSeconds(60);
  private final String payment = UUID.randomUUID().toString();

  protected abstract PaymentProvider provider();

  @ParameterizedTest
  @CsvSource({"tok_visa", "tok_mastercard", "tok_amex", "pm_card_visa", "pm_card_mastercard"})
  @DisplayName("takes the money of a good card")
  void good(String method) {
    assertThat(get(provider().charge(charge("1", method, false))))
        .isInstanceOfSatisfying(
            Taken.class,
            taken -> {
              assertThat(taken.amount()).isEqualTo(PRICE);
              assertThat(taken.live()).isEqualTo(provider().live());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "tok_chargeDeclined, card_declined",
    "tok_visa_chargeDeclined, card_declined",
    "tok_chargeDeclinedInsufficientFunds, insufficient_funds",
    "tok_visa_chargeDeclinedInsufficientFunds, insufficient_funds",
    "tok_chargeDeclinedExpiredCard, expired_card",
    "tok_chargeDeclinedIncorrectCvc, incorrect_cvc",
    "tok_chargeDeclinedProcessingError, processing_error",
    "tok_visa_chargeDeclinedLostCard, lost_card",
    "tok_visa_chargeDeclinedStolenCard, stolen_card",
    "pm_card_chargeDeclined, card_declined",
    "pm_card_visa_chargeDeclinedInsufficientFunds, insufficient_funds",
    "tok_nobody, resource_missing",
  })
  @DisplayName("declines a bad card, and says why")
  void bad(String method, String code) {
    assertThat(get(provider().charge(charge("1", method, false))))
        .isInstanceOfSatisfying(Denied.class, denied -> assertThat(denied.code()).isEqualTo(code));
    assertThat(taken()).isEmpty();
  }

  @Test
  @DisplayName("does everything once per key")
  void once() {
    var first = get(provider().charge(charge("1", "tok_visa", false)));

    assertThat(get(provider().charge(charge("1", "tok_visa", false)))).isEqualTo(first);
    assertThat(get(provider().charge(charge("2", "tok_visa", false)))).isNotEqualTo(first);
    assertThat(taken()).hasSize(2);
  }

  @Test
  @DisplayName("says what it has done, and what it has never heard of")
  void found() {
    assertThat(get(provider().find(charge("1", "tok_visa", false)))).isInstanceOf(NotThere.class);

    var done = get(provider().charge(charge("1", "tok_visa", false)));

    assertThat(get(provider().find(charge("1", "tok_visa", false)))).isEqualTo(done);
    var other = payment + "-other";
    var never = new Charge(other + ".1", other, "anna", PRICE, "tok_visa", false, began);
    assertThat(get(provider().find(never))).isInstanceOf(NotThere.class);
  }

  @Test
  @DisplayName("holds money until it is captured, once")
  void captured() {
    var charge = charge("1", "tok_visa", true);
    var held = (Held) get(provider().charge(charge));
    assertThat(held.amount()).isEqualTo(PRICE);
    assertThat(taken()).isEmpty();

    var taken = get(provider().capture(charge, held.reference()));

    assertThat(taken).isInstanceOf(Taken.class);
    assertThat(get(provider().capture(charge, held.reference()))).isEqualTo(taken);
    assertThat(get(provider().cancel(charge, held.reference()))).isEqualTo(taken);
    assertThat(taken()).hasSize(1);
  }

  @Test
  @DisplayName("lets go of what it holds, and then takes nothing")
  void cancelled() {
    var charge = charge("1", "tok_visa", true);
    var held = (Held) get(provider().charge(charge));

    assertThat(get(provider().cancel(charge, held.reference()))).isInstanceOf(Voided.class);

    assertThat(get(provider().cancel(charge, held.reference()))).isInstanceOf(Voided.class);
    assertThat(get(provider().capture(charge, held.reference()))).isInstanceOf(Voided.class);
    assertThat(get(provider().find(charge))).isInstanceOf(Voided.class);
    assertThat(taken()).isEmpty();
  }

  @Test
  @DisplayName("waits until a buyer has proved who they are, and takes nothing before")
  void challenged() {
    var charge = charge("1", "pm_card_threeDSecure2Required", false);
    var challenge = (Challenge) get(provider().charge(charge));
    assertThat(challenge.action()).isNotBlank();
    assertThat(get(provider().find(charge))).isInstanceOf(Challenge.class);
    assertThat(taken()).isEmpty();

    prove(challenge);

    assertThat(get(provider().proved(charge, challenge.reference()))).isInstanceOf(Taken.class);
    assertThat(taken()).hasSize(1);
  }

  @Test
  @DisplayName("gives money back once per key, and never more than it took")
  void refunded() {
    var taken = (Taken) get(provider().charge(charge("1", "tok_visa", false)));
    var part = new Return(payment + ".2", payment, "r1", taken.reference(), usd(1500));
    assertThat(get(provider().findRefund(part))).isInstanceOf(Returned.NotThere.class);

    var done = get(provider().refund(part));

    assertThat(done)
        .asInstanceOf(InstanceOfAssertFactories.type(Returned.Done.class))
        .extracting(Returned.Done::amount)
        .isEqualTo(usd(1500));
    assertThat(get(provider().refund(part))).isEqualTo(done);
    assertThat(get(provider().findRefund(part))).isEqualTo(done);
    var tooMuch = new Return(payment + ".3", payment, "r2", taken.reference(), usd(2501));
    assertThat(get(provider().refund(tooMuch))).isInstanceOf(Returned.Denied.class);
    var rest = new Return(payment + ".4", payment, "r3", taken.reference(), usd(2500));
    assertThat(get(provider().refund(rest))).isInstanceOf(Returned.Done.class);
    assertThat(entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.returned()).isEqualTo(PRICE));
  }

  @Test
  @DisplayName("says of a charge that has gone back whole, and of none before, that none is left")
  void back() {
    var charge = charge("1", "tok_visa", false);
    var taken = (Taken) get(provider().charge(charge));
    get(provider().refund(new Return(payment + ".2", payment, "r1", taken.reference(), usd(1500))));
    assertThat(get(provider().find(charge))).isEqualTo(taken);
    assertThat(entries()).singleElement().satisfies(one -> assertThat(one.isOver()).isFalse());

    get(provider().refund(new Return(payment + ".3", payment, "r2", taken.reference(), usd(2500))));

    var back = new Voided(taken.reference());
    assertThat(get(provider().find(charge))).isEqualTo(back);
    assertThat(get(provider().proved(charge, taken.reference()))).isEqualTo(back);
    assertThat(get(provider().cancel(charge, taken.reference()))).isEqualTo(back);
    assertThat(entries()).singleElement().satisfies(one -> assertThat(one.isOver()).isTrue());
  }

  @Test
  @DisplayName("has every charge on its books, with what it was for")
  void statement() {
    var taken = (Taken) get(provider().charge(charge("1", "tok_visa", false)));

    assertThat(entries())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.reference()).isEqualTo(taken.reference());
          assertThat(entry.key()).isEqualTo(payment + ".1");
          assertThat(entry.taken()).isEqualTo(PRICE);
          assertThat(entry.returned()).isEqualTo(usd(0));
          assertThat(entry.isHeld()).isFalse();
        });
  }

  @Test
  @DisplayName("has one charge on its books as it has all of them, and none that never was")
  void oneEntry() {
    var taken = (Taken) get(provider().charge(charge("1", "tok_visa", false)));
    get(provider().refund(new Return(payment + ".2", payment, "r1", taken.reference(), usd(1500))));

    assertThat(get(provider().entry(taken.reference()))).contains(entries().getFirst());
    assertThat(get(provider().entry(taken.reference() + "0"))).isEmpty();
  }

  @Test
  @DisplayName("tells apart what it has given back of one charge")
  void returns() {
    var taken = (Taken) get(provider().charge(charge("1", "tok_visa", false)));
    assertThat(get(provider().returns(taken.reference()))).isEmpty();

    for (var n = 1; n <= 2; n++) {
      var part = new Return(payment + "." + n + "r", payment, "r" + n, taken.reference(), usd(n));
      get(provider().refund(part));
    }

    assertThat(get(provider().returns(taken.reference())))
        .extracting(Statement.Back::refund, Statement.Back::amount)
        .containsExactlyInAnyOrder(tuple("r1", usd(1)), tuple("r2", usd(2)));
  }

  @Test
  @DisplayName("tells what was given back since a moment, with what that was for")
  void lately() {
    var taken = (Taken) get(provider().charge(charge("1", "tok_visa", false)));
    get(provider().refund(new Return(payment + ".2", payment, "r1", taken.reference(), usd(1500))));

    assertThat(backs(began)).isEqualTo(get(provider().returns(taken.reference())));
    assertThat(backs(began))
        .singleElement()
        .satisfies(back -> {
          assertThat(back.charge()).isEqualTo(taken.reference());
          assertThat(back.refund()).isEqualTo("r1");
          assertThat(back.became()).isEqualTo(new Returned.Done(back.reference(), usd(1500)));
        });
    assertThat(backs(Instant.now().plusSeconds(60))).isEmpty();
    assertThat(get(provider().disputes(taken.reference()))).isEmpty();
  }

  @Test
  @DisplayName("shows of a charge whether it holds money, has let go of it, or neither")
  void voided() {
    var charge = charge("1", "tok_visa", true);
    var held = (Held) get(provider().charge(charge));
    assertThat(get(provider().entry(held.reference())).orElseThrow().voided()).isFalse();
    assertThat(get(provider().entry(held.reference())).orElseThrow().held())
        .isEqualTo(charge.amount());

    get(provider().cancel(charge, held.reference()));

    var entry = get(provider().entry(held.reference())).orElseThrow();
    assertThat(entry.isHeld()).isFalse();
    assertThat(entry.voided()).isTrue();
  }

  @Test
  @DisplayName("has each charge on one page of its books, however many there are")
  void pages() {
    var many = 230;
    for (var n = 0; n < many; n++) {
      get(provider().charge(charge("p" + n, "tok_visa", false)));
    }

    assertThat(entries()).extracting(Statement.Entry::key).doesNotHaveDuplicates().hasSize(many);
    assertThat(get(provider().statement(Instant.now().plusSeconds(60), "")).entries()).isEmpty();
  }

  /** The buyer does what the provider wants of them, where somebody has to. */
  protected void prove(Challenge challenge) {}

  private List<Statement.Entry> taken() {
    return entries().stream().filter(entry -> entry.taken().minor() > 0).toList();
  }

  private List<Statement.Entry> entries() {
    var all = new ArrayList<Statement.Entry>();
    var page = get(provider().statement(began, ""));
    all.addAll(page.entries());
    while (page.more()) {
      page = get(provider().statement(began, page.end()));
      all.addAll(page.entries());
    }
    return all.stream().filter(entry -> entry.payment().equals(payment)).toList();
  }

  private List<Statement.Back> backs(Instant from) {
    var all = new ArrayList<Statement.Back>();
    var sheet = get(provider().returns(from, ""));
    all.addAll(sheet.lines());
    while (sheet.more()) {
      sheet = get(provider().returns(from, sheet.end()));
      all.addAll(sheet.lines());
    }
    return all.stream().filter(back -> back.payment().equals(payment)).toList();
  }

  private Charge charge(String number, String method, boolean later) {
    return new Charge(payment + "." + number, payment, "anna", PRICE, method, later, began);
  }

  private static Money usd(long minor) {
    return new Money(minor, "USD");
  }
}
