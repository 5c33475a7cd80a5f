package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.PaymentProviderConformance;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Statement;
import boutique.language.Money;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The simulated provider")
class SimulatedProviderTest extends PaymentProviderConformance {
  private static final Charge CHARGE =
      new Charge("o.1", "o", "anna", new Money(4000, "USD"), "tok_visa", false, Instant.EPOCH);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean losing = new AtomicBoolean();
  private RocksDatabase database;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
  }

  @AfterEach
  void close() {
    get(database.close());
    get(vertx.close());
  }

  @Override
  protected PaymentProvider provider() {
    return provider(InstantSource.system());
  }

  private PaymentProvider provider(InstantSource clock) {
    return new SimulatedProvider(
        vertx, new RocksViews(database), clock, Duration.ofMillis(1), losing::get);
  }

  @Test
  @DisplayName("can lose its answer after it has taken the money, and says so when it is asked")
  void loses() {
    losing.set(true);
    assertThat(get(provider().charge(CHARGE))).isInstanceOf(Answer.Unknown.class);

    losing.set(false);

    assertThat(get(provider().find(CHARGE))).isInstanceOf(Answer.Taken.class);
  }

  @ParameterizedTest
  @CsvSource({
    "tok_visa, taken",
    "tok_visa_debit, taken",
    "pm_card_mastercard_prepaid, taken",
    "tok_amex, taken",
    "pm_card_diners, taken",
    "tok_jcb, taken",
    "tok_unionpay, taken",
    "pm_card_visa_cartesBancaires, taken",
    "tok_fr, taken",
    "pm_card_gb_debit, taken",
    "tok_bypassPendingInternational, taken",
    "tok_avsZipFail, taken",
    "pm_card_cvcCheckFail, taken",
    "tok_riskLevelHighest, taken",
    "tok_createIssuerFraudRecord, taken",
    "tok_threeDSecureOptional, taken",
    "pm_card_threeDSecureOptionalProcessingError, taken",
    "tok_amex_threeDSecureNotSupported, taken",
    "tok_threeDSecureRequired, asked then taken",
    "pm_card_threeDSecure2Required, asked then taken",
    "pm_card_authenticationRequired, asked then taken",
    "pm_card_authenticationRequiredOnSetup, asked then taken",
    "pm_card_authenticationRequiredSetupForOffSession, asked then taken",
    "tok_threeDSecureRequiredChargeDeclined, asked then card_declined",
    "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds, asked then insufficient_funds",
    "tok_threeDSecureRequiredProcessingError, card_declined",
    "tok_visa_chargeDeclined, card_declined",
    "tok_visa_debit_chargeDeclinedInsufficientFunds, insufficient_funds",
    "pm_card_visa_chargeDeclinedVelocityLimitExceeded, card_velocity_exceeded",
    "tok_visa_chargeDeclinedFraudulent, fraudulent",
    "tok_radarBlock, fraudulent",
    "tok_chargeCustomerFail, card_declined",
    "tok_visa_chargeCustomerFailLostCard, lost_card",
    "tok_visa_chargeCustomerFailStolenCard, stolen_card",
    "tok_pendingRefund, taken",
    "pm_card_refundFail, taken",
    "tok_createDispute, taken",
    "pm_card_createDisputeProductNotReceived, resource_missing",
    "tok_xx, resource_missing",
    "tok_, resource_missing",
    "tok_visa_charge, resource_missing",
    "visa, resource_missing",
  })
  @DisplayName("knows the test cards that people know, and what becomes of them")
  void cards(String method, String what) {
    var charge =
        new Charge("o.1", "o", "anna", new Money(4000, "USD"), method, false, Instant.EPOCH);

    var answer = get(provider().charge(charge));

    assertThat(
            answer instanceof Answer.Challenge(var reference, var _, var _, var _)
                ? "asked then " + said(get(provider().proved(charge, reference)))
                : said(answer))
        .isEqualTo(what);
  }

  private static String said(Answer answer) {
    return answer instanceof Answer.Denied(var _, var code)
        ? code
        : answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Test
  @DisplayName("holds money for seven days, and lets go of it if nobody has captured it by then")
  void letsGo() {
    var now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    var provider = provider(now::get);
    var later = List.of(held("o.1"), held("o.2"));
    later.forEach(charge -> get(provider.charge(charge)));

    now.set(now.get().plus(Duration.ofDays(7)).minusMillis(1));
    assertThat(get(provider.capture(later.getFirst(), "sim_o.1"))).isInstanceOf(Answer.Taken.class);
    now.set(now.get().plusMillis(1));

    assertThat(get(provider.capture(later.getLast(), "sim_o.2"))).isInstanceOf(Answer.Voided.class);
    assertThat(get(provider.find(later.getLast()))).isInstanceOf(Answer.Voided.class);
    assertThat(get(provider.find(later.getFirst()))).isInstanceOf(Answer.Taken.class);
    assertThat(get(provider.entry("sim_o.2")).orElseThrow().voided()).isTrue();
  }

  private static Charge held(String key) {
    return new Charge(key, "o", "anna", new Money(4000, "USD"), "tok_visa", true, Instant.EPOCH);
  }

  @Test
  @DisplayName("keeps its books over a restart")
  void restart() throws IOException {
    var taken = get(provider().charge(CHARGE));

    get(database.close());
    open();

    assertThat(get(provider().charge(CHARGE))).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "tok_visa, Done, Done",
    "tok_pendingRefund, Pending, Done",
    "pm_card_pendingRefund, Pending, Done",
    "tok_refundFail, Done, Denied",
    "pm_card_refundFail, Done, Denied"
  })
  @DisplayName("gives money back at once, or after a while, or takes it back, as the card says")
  void later(String method, String atOnce, String afterwards) {
    var now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    var provider = provider(now::get);
    var taken = (Answer.Taken) get(provider.charge(charge(method)));
    var back = new Return("o.2", "o", "r1", taken.reference(), CHARGE.amount());

    assertThat(get(provider.refund(back)).getClass().getSimpleName()).isEqualTo(atOnce);
    assertThat(returned(provider, taken)).isEqualTo(CHARGE.amount());

    now.set(now.get().plusSeconds(10));
    assertThat(get(provider.findRefund(back)).getClass().getSimpleName()).isEqualTo(afterwards);
    var again = new Return("o.3", "o", "r2", taken.reference(), CHARGE.amount());
    if (afterwards.equals("Denied")) {
      assertThat(returned(provider, taken).minor()).isZero();
      assertThat(get(provider.refund(again))).isInstanceOf(Returned.Done.class);
    } else {
      assertThat(returned(provider, taken)).isEqualTo(CHARGE.amount());
      assertThat(get(provider.refund(again))).isInstanceOf(Returned.Denied.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tok_createDispute", "pm_card_createDispute"})
  @DisplayName("has a charge that its payer disputes, where the card says so")
  void disputed(String method) {
    var taken = (Answer.Taken) get(provider().charge(charge(method)));

    assertThat(get(provider().disputes(taken.reference())))
        .singleElement()
        .satisfies(disputed -> {
          assertThat(disputed.charge()).isEqualTo(taken.reference());
          assertThat(disputed.payment()).isEqualTo("o");
          assertThat(disputed.amount()).isEqualTo(CHARGE.amount());
          assertThat(disputed.verdict()).isEqualTo(Statement.Verdict.OPEN);
        });
    assertThat(get(provider().disputes(Instant.EPOCH, "")).lines()).hasSize(1);
    assertThat(get(provider().disputes(Instant.now().plusSeconds(60), "")).lines()).isEmpty();
  }

  private static Charge charge(String method) {
    return new Charge("o.1", "o", "anna", CHARGE.amount(), method, false, Instant.EPOCH);
  }

  private static Money returned(PaymentProvider provider, Answer.Taken taken) {
    return get(provider.entry(taken.reference())).orElseThrow().returned();
  }
}
