package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.ANSWER_LOST;
import static boutique.launcher.FaultyProvider.Fault.NEVER_ARRIVES;
import static boutique.launcher.FaultyProvider.Fault.NONE;
import static boutique.launcher.Payments.PRICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import boutique.kernel.Unavailable;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Sheet;
import boutique.kernel.payment.Statement;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import boutique.language.codec.Json;
import boutique.language.orders.OrderCommand.ExpireOrder;
import boutique.language.orders.OrderCommand.NoteRefund;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.payments.Dispute;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.RecordFailedRefund;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.RefundPart;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentCommand.ReturnSurplus;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Standing;
import boutique.payments.Notices;
import boutique.payments.PaymentList;
import boutique.payments.books.Reconciler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Between the rooms no fact is delivered here, and nobody takes up what was left: whatever comes
 * right comes so by the reconciler.
 */
@DisplayName("The reconciler")
@Timeout(120)
class ReconcilingTest {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final int GOOD = 130;

  @TempDir Path data;
  private final ConcurrentLinkedQueue<FaultyProvider.Fault> faults = new ConcurrentLinkedQueue<>();
  private Payments shop;
  private Reconciler reconciler;
  private Instant now = Payments.now();

  @BeforeEach
  void open() throws Exception {
    shop = Payments.alone(data, FaultyProvider.inTurn(faults));
    reconciler = new Reconciler(shop.views, shop.books, () -> now, EVERY, GRACE);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("finds nothing where all is well, and adds the accounts up to nothing")
  void quiet() {
    good(3);

    round();

    assertThat(found()).isEmpty();
    assertThat(report().getInteger("charges")).isEqualTo(3);
    var usd = report().getJsonObject("trialBalance").getJsonObject("USD");
    assertThat(usd.getLong("sum")).isZero();
    assertThat(usd.getLong("provider")).isEqualTo(3 * PRICE.minor());
    assertThat(usd.getLong("orders")).isEqualTo(-3 * PRICE.minor());
  }

  @Test
  @DisplayName("sees money that the provider has and no posting, and one of ours that it never had")
  void ledgers() {
    good(3);
    paid("more");
    rests();
    assertThat(balance("difference")).isZero();

    edited("more.1", book -> book.put("amount", PRICE.minor() + 1));
    rests();
    assertThat(balance("difference")).isEqualTo(1);
    assertThat(balance("sum")).as("each posting still has its other side").isZero();

    edited("more.1", book -> book.put("status", "denied"));
    rests();
    assertThat(balance("difference")).isEqualTo(-PRICE.minor());

    chargeWithoutPayment();
    rests();
    assertThat(balance("difference")).isZero(); // both at once: the list tells them apart
    assertThat(found()).containsOnlyKeys("more", "nobody");
  }

  @Test
  @DisplayName("agrees with the provider on money that is on its way back, or has come from there")
  void afterwards() {
    for (var card : List.of("pendingRefund", "refundFail", "createDispute")) {
      var order = shop.order(card);
      shop.pay(order, "tok_" + card);
      settle(order);
    }
    var pending = new OrderId("pendingRefund");
    var failing = new OrderId("refundFail");
    shop.ask(new RefundPart(pending, "r1", usd(700), "operator", now));
    shop.ask(new RefundPart(failing, "r1", usd(500), "operator", now));
    edited("refundFail.1", book -> since(book, Instant.now())); // it is done until it comes back
    edited("pendingRefund.1", book -> since(book, Instant.now().plus(Duration.ofHours(1))));
    rests();
    assertThat(balance("provider")).isEqualTo(3 * PRICE.minor() - 500);
    assertThat(balance("refunding")).as("on its way").isEqualTo(-700);
    assertThat(balance("difference")).isZero();

    edited("pendingRefund.1", book -> since(book, Instant.now().minusSeconds(60)));
    edited("refundFail.1", book -> since(book, Instant.EPOCH));
    now = now.plus(Duration.ofDays(1));
    round();
    rests();
    assertThat(balance("provider")).isEqualTo(3 * PRICE.minor() - 700);
    assertThat(balance("refunding")).isZero();
    assertThat(balance("sum")).isZero();
    assertThat(balance("difference")).isZero();
  }

  @Test
  @DisplayName("sees a posting that has lost its other side")
  void postings() {
    paid("good");
    rests();
    assertThat(balance("sum")).isZero();

    edited(
        PaymentList.NAME + ".1",
        "good",
        document -> {
          document.getJsonObject("accounts").put("orders", -PRICE.minor() + 7);
          return document;
        });
    rests();

    assertThat(balance("sum")).isEqualTo(7);
  }

  /** Long enough after everything that has happened. */
  private void rests() {
    now = now.plus(GRACE).plus(EVERY);
    round();
  }

  private long balance(String what) {
    return report().getJsonObject("trialBalance").getJsonObject("USD").getLong(what);
  }

  @Test
  @DisplayName("finds everything that does not agree, and puts right exactly what is safe, once")
  void finds() {
    good(GOOD);
    chargeWithoutPayment();
    paymentWithoutCharge();
    amountDiffers();
    currencyDiffers();
    refundUnrecorded();
    refundMissing();
    chargedTwice();
    chargedAgain();
    orderIncomplete();
    refundDue();
    paymentStuck();
    chargeUnrecorded();
    holdLeft();
    refundFailed();
    holdGone();
    disputed();
    surplusFailed();
    var planted =
        Map.ofEntries(
            Map.entry("nobody", "charge-without-payment"),
            Map.entry("gone", "payment-without-charge"),
            Map.entry("amount", "amount-differs"),
            Map.entry("currency", "currency-differs"),
            Map.entry("desk", "refund-unrecorded"),
            Map.entry("unrefunded", "refund-missing"),
            Map.entry("twice", "charged-twice"),
            Map.entry("again", "charged-twice"),
            Map.entry("incomplete", "order-incomplete"),
            Map.entry("over", "refund-due"),
            Map.entry("stuck", "payment-stuck"),
            Map.entry("late", "charge-unrecorded"),
            Map.entry("held", "hold-left"),
            Map.entry("bounced", "refund-failed refund-missing refund-unnoted"),
            Map.entry("lapsed", "hold-gone"),
            Map.entry("disputed", "disputed"),
            Map.entry("second", "charged-twice surplus-failed"));
    var commits = shop.commits.get();

    round();
    assertThat(found()).isEqualTo(planted);
    assertThat(report().getInteger("counted")).as("in their grace").isZero();
    assertThat(shop.commits)
        .as("nothing is done in a grace but to write down a dispute, and that a refund has failed")
        .hasValue(commits + 2);

    now = now.plus(GRACE);
    round();
    assertThat(report().getInteger("counted"))
        .as("two of them twice")
        .isEqualTo(planted.size() + 2);
    assertThat(report().getInteger("stuckPayments")).isEqualTo(1);
    assertThat(report().getInteger("tried")).isEqualTo(12);
    assertThat(report().getInteger("mended")).as("nobody has looked yet").isZero();
    assertThat(report().getJsonObject("unreconciledAmount").getMap()).containsKeys("USD", "EUR");

    for (var more = 0; more < 10; more++) {
      now = now.plus(GRACE);
      round();
    }
    assertThat(found())
        .isEqualTo(
            Map.of(
                "nobody", "charge-without-payment",
                "gone", "payment-without-charge",
                "amount", "amount-differs",
                "currency", "currency-differs",
                "unrefunded", "refund-missing",
                "twice", "charged-twice",
                "bounced", "refund-failed",
                "disputed", "disputed",
                "second", "charged-twice surplus-failed"));
    assertRepaired();
    var balance = report().getJsonObject("trialBalance");
    assertThat(balance.fieldNames())
        .isNotEmpty()
        .allSatisfy(
            currency -> assertThat(balance.getJsonObject(currency).getLong("sum")).isZero());
    assertThat(balance("difference"))
        .as("two charges more and two less, one cent less, and what was not given back more")
        .isEqualTo(-1 + 700);
    assertThat(balance.getJsonObject("EUR").getLong("difference")).isEqualTo(PRICE.minor());

    var before = everything();
    now = now.plus(GRACE);
    round();
    assertThat(everything()).as("another round changes nothing").isEqualTo(before);
    assertThat(report().getInteger("tried")).isZero();
    assertThat(report().getInteger("mended")).isZero();
    assertThat(report().getInteger("unanswered")).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "NONE",
        "ANSWER_LOST",
        "NEVER_ARRIVES",
        "ANSWERS_BEFORE_DOING_IT",
        "FAILS_FOR_EVER",
        "FAILS_FOR_EVER_AFTER_DOING_IT"
      })
  @DisplayName("gives a second charge back once, whatever becomes of the provider's answer")
  void surplus(FaultyProvider.Fault fault) {
    var faulty = new FaultyProvider(shop.books, shop.views, FaultyProvider.inTurn(faults));
    reconciler = new Reconciler(shop.views, faulty, () -> now, EVERY, GRACE);
    chargedAgain();
    round();
    assertThat(found()).isEqualTo(Map.of("again", "charged-twice"));
    assertThat(balance("surplus")).isZero();

    faults.addAll(List.of(NONE, fault)); // it is looked for, and asked for
    for (var more = 0; more < 4; more++) {
      now = now.plus(GRACE);
      round();
    }

    assertThat(found()).isEmpty();
    rests();
    assertThat(balance("surplus")).as("received and returned").isZero();
    assertThat(balance("provider")).isEqualTo(PRICE.minor());
    assertThat(balance("difference")).isZero();
    assertThat(shop.charges(new OrderId("again")))
        .extracting(Statement.Entry::reference, Statement.Entry::returned)
        .containsExactlyInAnyOrder(tuple("sim_again.1", PRICE), tuple("sim_again.2", usd(0)));
    assertThat(shop.books.returns("sim_again.1").await()).hasSize(1);
    assertThat(standing("again")).isEqualTo(Standing.PAID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"given back", "OPEN", "THEIRS"})
  @DisplayName(
      "leaves a second charge to people if the first is not whole, and the order its money")
  void onlyMoney(String first) {
    chargedAgain();
    if (first.equals("given back")) {
      shop.books.refund(new Return("at-the-desk", "again", "", "sim_again.2", PRICE)).await();
    } else {
      edited("again.2", book -> book.put("then", "DISPUTED").put("verdict", first));
    }
    for (var more = 0; more < 6; more++) {
      round();
      now = now.plus(GRACE);
    }

    assertThat(shop.books.returns("sim_again.1").await()).isEmpty();
    assertThat(found().get("again")).contains("charged-twice");
    var listed =
        discrepancies().stream()
            .map(Entry::document)
            .filter(one -> one.getString("kind").equals("charged-twice"))
            .toList();
    assertThat(listed).hasSize(1);
    assertThat(listed.getFirst().getBoolean("mends")).isFalse();
    assertThat(listed.getFirst().getInteger("tries")).isZero();

    shop.books.refund(new Return("by-hand", "again", "", "sim_again.1", PRICE)).await();
    now = now.plus(GRACE);
    round();
    assertThat(found().getOrDefault("again", "")).doesNotContain("charged-twice");
    assertThat(report().getInteger("mended")).isZero();
  }

  @Test
  @DisplayName("writes down a refund that the provider has done twice under one name, to the cent")
  void refundedTwice() {
    var order = bouncing("double");
    shop.books.refund(new Return("late", "double", "r1", "sim_double.1", usd(700))).await();
    for (var more = 0; more < 4; more++) {
      round();
      now = now.plus(GRACE);
    }

    assertThat(found()).isEmpty();
    assertThat(shop.stands(order).refunded()).isEqualTo(usd(1400));
    rests();
    assertThat(balance("difference")).isZero();
    shop.ask(new RefundPart(order, "rest", null, "operator", now));
    assertThat(standing("double")).isEqualTo(Standing.REFUNDED);
    assertThat(shop.charges(order))
        .singleElement()
        .extracting(Statement.Entry::returned)
        .isEqualTo(PRICE);
  }

  @Test
  @DisplayName("gives a second charge back however long the provider cannot be asked")
  void surplusUnavailable() {
    var faulty = new FaultyProvider(shop.books, shop.views, FaultyProvider.inTurn(faults));
    reconciler = new Reconciler(shop.views, faulty, () -> now, EVERY, GRACE);
    chargedAgain();
    round();
    for (var more = 0; more < 15; more++) {
      faults.addAll(List.of(NONE, NEVER_ARRIVES));
      now = now.plus(GRACE);
      round();
    }
    var listed = discrepancies().getFirst().document();
    assertThat(found()).isEqualTo(Map.of("again", "charged-twice"));
    assertThat(listed.getInteger("tries")).isEqualTo(15);
    assertThat(listed.getBoolean("mends")).isTrue();

    for (var more = 0; more < 2; more++) {
      now = now.plus(GRACE);
      round();
    }
    assertThat(found()).isEmpty();
    assertThat(shop.books.returns("sim_again.1").await()).hasSize(1);
    assertThat(report().getInteger("mended")).isEqualTo(1);
  }

  @Test
  @DisplayName("does not say any more that a second charge goes back when it has given it up")
  void surplusGivenUp() {
    chargedTwice();
    for (var more = 0; more < 13; more++) {
      round();
      now = now.plus(GRACE);
    }

    var listed = discrepancies().getFirst().document();
    assertThat(listed.getInteger("tries")).isEqualTo(10);
    assertThat(listed.getBoolean("mends")).isFalse();
    assertThat(listed.getString("advice")).doesNotContain("by itself");
  }

  @Test
  @DisplayName("hears of a refund that fails weeks after it was done, and of the one in its place")
  void weeksLater() {
    var order = bouncing("bounced");
    round();
    assertThat(found()).isEmpty();

    now = now.plus(Duration.ofDays(40));
    bounce("bounced.1");
    for (var more = 0; more < 3; more++) {
      round();
      now = now.plus(GRACE);
    }
    assertThat(found()).isEqualTo(Map.of("bounced", "refund-failed"));
    assertThat(standing("bounced")).isEqualTo(Standing.PAID);
    assertThat(order("bounced").paymentStatus()).isEqualTo("paid");
    assertBalanced(PRICE.minor());

    edited("bounced.1", book -> book.put("then", "NOTHING").put("refunds", new JsonArray()));
    shop.ask(new RefundPart(order, "r2", usd(700), "operator", now));
    shop.ask(new RefundPart(order, "r2", usd(700), "operator", now));
    shop.ask(new NoteRefund(order, PaymentId.of(order), "r2", usd(700), now));
    now = now.plus(GRACE);
    round();

    assertThat(found()).isEmpty();
    assertThat(standing("bounced")).isEqualTo(Standing.PARTIALLY_REFUNDED);
    assertThat(shop.books.returns("sim_bounced.1").await()).hasSize(1);
    assertBalanced(PRICE.minor() - 700);
  }

  @Test
  @DisplayName("hears of nothing more once a refund was done for long enough")
  void longAfter() {
    bouncing("bounced");
    bounce("bounced.1");
    now = now.plus(Duration.ofDays(61));
    round();

    assertThat(found()).isEmpty();
    assertThat(standing("bounced")).isEqualTo(Standing.PARTIALLY_REFUNDED);
  }

  @Test
  @DisplayName("hears of a second charge that comes back weeks later, until somebody gives it back")
  void surplusWeeksLater() {
    chargedAgain();
    for (var more = 0; more < 3; more++) {
      round();
      now = now.plus(GRACE);
    }
    assertThat(found()).isEmpty();

    now = now.plus(Duration.ofDays(40));
    bounce("again.1");
    round();
    now = now.plus(GRACE);
    round();
    assertThat(found()).isEqualTo(Map.of("again", "surplus-failed"));
    assertThat(standing("again")).isEqualTo(Standing.PAID);
    rests();
    assertThat(balance("surplus")).as("it is here again").isEqualTo(-PRICE.minor());
    assertThat(balance("provider")).isEqualTo(2 * PRICE.minor());
    assertThat(balance("difference")).isZero();

    shop.books.refund(new Return("at-the-desk", "again", "", "sim_again.1", PRICE)).await();
    now = now.plus(Duration.ofDays(1));
    round();
    now = now.plus(GRACE);
    round();

    assertThat(found()).isEmpty();
    assertThat(standing("again")).isEqualTo(Standing.PAID);
    rests();
    assertThat(balance("surplus")).isZero();
    assertThat(balance("provider")).isEqualTo(PRICE.minor());
    assertThat(balance("difference")).isZero();
  }

  @Test
  @DisplayName("hears that a hold was let go of at the provider's desk, however old it is")
  void lapsed() {
    shop.ask(new PayOrder(shop.order("lapsed"), Payments.ANNA, "tok_visa", true, now));
    now = now.plus(Duration.ofDays(8));
    edited("lapsed.1", book -> book.put("status", "voided"));
    round();
    assertThat(found()).isEqualTo(Map.of("lapsed", "hold-gone"));
    assertThat(standing("lapsed")).isEqualTo(Standing.AUTHORIZED);

    now = now.plus(GRACE);
    round();

    assertThat(standing("lapsed")).isEqualTo(Standing.CANCELLED);
    assertThat(order("lapsed").status()).isEqualTo(OrderFace.CREATED);
    now = now.plus(GRACE);
    round();
    assertThat(found()).isEmpty();
  }

  @Test
  @DisplayName("lists what has come instead of the money that was asked for, until it is back")
  void unfit() {
    var order = shop.order("unfit");
    faults.addAll(List.of(ANSWER_LOST, ANSWER_LOST));
    shop.pay(order, "tok_visa");
    edited("unfit.1", book -> book.put("amount", PRICE.minor() - 1));
    shop.ask(new ResumePayment(order, now));
    shop.ask(new ResumePayment(order, now));
    assertThat(standing("unfit")).isEqualTo(Standing.PROCESSING);
    rests();
    rests();
    assertThat(found()).isEqualTo(Map.of("unfit", "amount-differs"));
    var listed = discrepancies().getFirst().document();
    assertThat(listed.getString("stripeId")).isEqualTo("sim_unfit.1");
    assertThat(listed.getLong("ours")).isEqualTo(PRICE.minor());
    assertThat(listed.getLong("theirs")).isEqualTo(PRICE.minor() - 1);
    assertThat(report().getInteger("counted")).isEqualTo(1);
    assertThat(report().getInteger("stuckPayments")).isZero();
    assertThat(report().getJsonObject("unreconciledAmount").getLong("USD"))
        .isEqualTo(PRICE.minor() - 1);
    now = now.plus(Duration.ofDays(10));
    round();
    assertThat(found()).as("however old it is").isEqualTo(Map.of("unfit", "amount-differs"));

    var back = new Money(PRICE.minor() - 1, "USD");
    shop.books.refund(new Return("at-the-desk", "unfit", "", "sim_unfit.1", back)).await();
    shop.ask(new ResumePayment(order, now));
    rests();

    assertThat(found()).isEmpty();
    assertThat(report().getJsonObject("unreconciledAmount").getMap()).isEmpty();
    assertThat(standing("unfit")).isEqualTo(Standing.CANCELLED);
    assertThat(Payments.face(shop.pay(order, "tok_visa")).standing()).isEqualTo(Standing.PAID);
    assertThat(shop.charges(order))
        .extracting(Statement.Entry::reference, Statement.Entry::returned)
        .containsExactlyInAnyOrder(tuple("sim_unfit.1", back), tuple("sim_unfit.2", usd(0)));
  }

  @Test
  @DisplayName("lists a dispute until it is over, and moves no goods for it")
  void disputes() {
    disputed();
    round();
    now = now.plus(GRACE);
    round();
    assertThat(found()).isEqualTo(Map.of("disputed", "disputed"));
    assertThat(report().getInteger("counted")).isEqualTo(1);
    assertThat(order("disputed").fulfilmentStatus()).isEqualTo("none");

    edited("disputed.1", book -> book.put("verdict", "THEIRS"));
    now = now.plus(Duration.ofDays(30));
    round();
    now = now.plus(GRACE);
    round();
    now = now.plus(GRACE);
    round();

    assertThat(found()).isEmpty();
    assertThat(shop.stands(new OrderId("disputed")).aside().disputes())
        .extracting(Dispute::standing)
        .containsExactly(Dispute.Standing.LOST);
    assertThat(standing("disputed")).isEqualTo(Standing.PAID);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("makes up for a loss that was not written yet when the dispute was lost, once")
  void lostBefore(boolean rebuilt) throws Exception {
    disputed();
    edited("disputed.1", book -> book.put("verdict", "THEIRS"));
    lostWithoutLoss("disputed");
    shop.close();
    open();
    await().until(() -> seen("disputed") == version("disputed"));
    if (!rebuilt) {
      edited(
          PaymentList.NAME + ".1",
          "disputed",
          document -> document.put(PaymentList.DISPUTES, new JsonArray()));
    }
    now = now.plus(Duration.ofDays(30));
    round();

    assertThat(shop.stands(new OrderId("disputed")).lost()).isEqualTo(PRICE);
    assertThat(balance("disputes")).isEqualTo(PRICE.minor());
    var version = version("disputed");
    now = now.plus(Duration.ofDays(2));
    round();
    assertThat(version("disputed")).isEqualTo(version);
  }

  @Test
  @DisplayName("knows of a loss also where our books say that nothing was ever taken")
  void lostUnrecorded() {
    shop.pay(shop.order("unknown"), "tok_chargeDeclined");
    edited(
        "unknown.1",
        book -> book.put("status", "taken").put("then", "DISPUTED").put("verdict", "THEIRS"));
    round();
    assertThat(standing("unknown")).isEqualTo(Standing.FAILED);

    for (var more = 0; more < 4; more++) {
      now = now.plus(GRACE);
      round();
    }

    assertThat(found()).isEmpty();
    assertThat(standing("unknown")).isEqualTo(Standing.PAID);
    assertThat(shop.stands(new OrderId("unknown")).lost()).isEqualTo(PRICE);
    assertThat(order("unknown").lost()).isEqualTo(PRICE);
    assertThat(balance("disputes")).isEqualTo(PRICE.minor());
  }

  @Test
  @DisplayName("tells an order of what it has lost and not heard of")
  void lossUnnoted() {
    disputed();
    edited("disputed.1", book -> book.put("verdict", "THEIRS"));
    round();
    assertThat(order("disputed").lost()).isNull();

    now = now.plus(GRACE);
    round();
    now = now.plus(GRACE);
    round();

    assertThat(found()).isEmpty();
    assertThat(order("disputed").lost()).isEqualTo(PRICE);
  }

  /** As it was written then. */
  private void lostWithoutLoss(String name) {
    var order = new OrderId(name);
    var payment = PaymentId.of(order);
    var version = version(name);
    var begun =
        new PaymentDisputed(order, payment, "sim_dp_" + name + ".1", PRICE, "fraudulent", now);
    var lost = new DisputeClosed(order, payment, "sim_dp_" + name + ".1", PRICE, false, now);
    var events =
        List.of(
            Recorded.of(payment.stream(), version + 1, begun, now, Payments.SOMEBODY),
            Recorded.of(payment.stream(), version + 2, lost, now, Payments.SOMEBODY));
    shop.store.append(new Commit(payment.stream(), version + 1, events)).await();
  }

  private long version(String payment) {
    return shop.bus.look(new PaymentId(payment).stream()).await().version();
  }

  @Test
  @DisplayName("lists a dispute that is decided otherwise than before, and asks nobody again")
  void verdicts() {
    disputed();
    edited("disputed.1", book -> book.put("verdict", "THEIRS"));
    round();
    edited("disputed.1", book -> book.put("verdict", "OURS"));
    rests();
    var told = version("disputed");
    rests();
    rests();

    assertThat(found()).isEqualTo(Map.of("disputed", "verdict-differs"));
    assertThat(report().getInteger("counted")).isEqualTo(1);
    assertThat(version("disputed")).isEqualTo(told);
  }

  @Test
  @DisplayName("compares our own books even if the provider does not show what is disputed")
  void notShown() {
    var secretive =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<Sheet<Statement.Disputed>> disputes(Instant from, String after) {
            return Future.failedFuture(new Unavailable("this key may not read disputes"));
          }
        };
    reconciler = new Reconciler(shop.views, secretive, () -> now, EVERY, GRACE);
    paymentWithoutCharge();
    rests();

    assertThat(found()).isEqualTo(Map.of("gone", "payment-without-charge"));
    assertThat(balance("difference")).isEqualTo(-PRICE.minor());
    assertThat(report().getInteger("unanswered")).isEqualTo(1);
  }

  @Test
  @DisplayName("reads on where lines of the provider's cannot be read, and counts them")
  void unread() {
    var illegible =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<Statement> statement(Instant from, String after) {
            return super.statement(from, after)
                .map(page -> new Statement(page.entries(), page.end(), page.more(), 1, 0));
          }

          @Override
          public Future<Sheet<Statement.Back>> returns(Instant from, String after) {
            return super.returns(from, after).map(sheet -> illegible(sheet, 2));
          }

          @Override
          public Future<Sheet<Statement.Disputed>> disputes(Instant from, String after) {
            return super.disputes(from, after).map(sheet -> illegible(sheet, 4));
          }

          private static <T> Sheet<T> illegible(Sheet<T> sheet, int lines) {
            return new Sheet<>(sheet.lines(), sheet.end(), sheet.more(), lines, 0);
          }
        };
    reconciler = new Reconciler(shop.views, illegible, () -> now, EVERY, GRACE);
    chargedTwice();
    rests();

    assertThat(found()).isEqualTo(Map.of("twice", "charged-twice"));
    assertThat(report().getInteger("unanswered")).isEqualTo(1 + 2 + 4);
    assertThat(report().getString("comparedAt")).isEqualTo(now.toString());
  }

  @Test
  @DisplayName("has not compared anything as long as the provider does not show its books")
  void silent() {
    var speaks = new AtomicBoolean();
    var silent =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<Statement> statement(Instant from, String after) {
            return speaks.get()
                ? super.statement(from, after)
                : Future.failedFuture(new Unavailable("nobody answers"));
          }
        };
    reconciler = new Reconciler(shop.views, silent, () -> now, EVERY, GRACE);
    rests();
    assertThat(report().getString("comparedAt")).isNull();
    assertThat(report().getInteger("unanswered")).isEqualTo(1);

    speaks.set(true);
    rests();
    var compared = report().getString("comparedAt");
    assertThat(compared).isEqualTo(now.toString());
    assertThat(report().getInteger("unanswered")).isZero();

    speaks.set(false);
    rests();
    assertThat(report().getString("endedAt")).isEqualTo(now.toString());
    assertThat(report().getString("comparedAt")).isEqualTo(compared);
  }

  @Test
  @DisplayName("forgets what has come right by itself within its grace")
  void inFlight() {
    orderIncomplete();
    round();
    assertThat(found()).containsOnlyKeys("incomplete");

    settle(new OrderId("incomplete"));
    now = now.plus(EVERY);
    round();

    assertThat(found()).isEmpty();
    assertThat(report().getInteger("vanished")).isEqualTo(1);
    assertThat(report().getInteger("mended")).isZero();
  }

  @Test
  @DisplayName("compares when its time has come, and when somebody wants it to")
  void wanted() {
    round();
    var first = report();
    now = now.plusSeconds(2);
    round();
    assertThat(report()).isEqualTo(first);

    var wanted = new JsonObject().put("at", now.toString());
    shop.views.write(List.of(new Put("reconciliation", "wanted", wanted))).await();
    now = now.plusSeconds(1);
    round();

    assertThat(report().getString("startedAt")).isEqualTo(now.toString());
  }

  @Test
  @DisplayName("tries on what nobody has answered, of whichever kind, until somebody does")
  void unanswered() {
    var faulty =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<List<Statement.Back>> returns(String reference) {
            return faults.isEmpty()
                ? super.returns(reference)
                : Future.failedFuture(new Unavailable("nobody answers"));
          }
        };
    reconciler = new Reconciler(shop.views, faulty, () -> now, EVERY, GRACE);
    paymentStuck();
    refundDue();
    holdLeft();
    refundUnrecorded();
    faults.addAll(Collections.nCopies(1_000, NEVER_ARRIVES));
    for (var more = 0; more < 20; more++) {
      round();
      now = now.plus(GRACE);
    }
    assertThat(found())
        .isEqualTo(
            Map.of(
                "stuck", "payment-stuck",
                "over", "payment-stuck",
                "held", "payment-stuck",
                "desk", "refund-unrecorded"));
    assertThat(discrepancies())
        .extracting(Entry::document)
        .allMatch(one -> one.getBoolean("mends") && one.getInteger("tries") > 10);

    faults.clear();
    for (var more = 0; more < 5; more++) {
      round();
      now = now.plus(GRACE);
    }
    assertThat(found()).isEmpty();
    assertThat(standing("stuck")).isEqualTo(Standing.PAID);
    assertThat(standing("over")).isEqualTo(Standing.REFUNDED);
    assertThat(standing("held")).isEqualTo(Standing.CANCELLED);
    assertThat(standing("desk")).isEqualTo(Standing.PARTIALLY_REFUNDED);
  }

  @Test
  @DisplayName("tries so often only what somebody says no to, and then leaves it to people")
  void gives() {
    refundMissing();
    for (var more = 0; more < 20; more++) {
      round();
      now = now.plus(GRACE);
    }

    assertThat(found()).isEqualTo(Map.of("unrefunded", "refund-missing"));
    assertThat(discrepancies().getFirst().document().getInteger("tries")).isEqualTo(10);
    assertThat(discrepancies().getFirst().document().getBoolean("mends")).isFalse();
    assertThat(report().getInteger("tried")).isZero();
  }

  @Test
  @DisplayName("counts as put right what is so, once, however often it was tried")
  void putRight() {
    paymentStuck();
    faults.addAll(List.of(ANSWER_LOST, ANSWER_LOST));
    var tried = 0;
    var mended = 0;
    for (var more = 0; more < 8; more++) {
      round();
      tried += report().getInteger("tried");
      mended += report().getInteger("mended");
      now = now.plus(GRACE);
    }

    assertThat(found()).isEmpty();
    assertThat(tried).as("the payment three times, and then its order").isEqualTo(4);
    assertThat(mended).as("the payment, and its order").isEqualTo(2);
  }

  @Test
  @DisplayName("shows what the provider says of payments that nobody knows, once it is given up")
  void unheard() {
    var told =
        new RecordOutcome(
            new OrderId("nobody"),
            "nobody.1",
            new Outcome.Taken("pi_1", PRICE, false),
            "evt_1",
            now);
    var waiting =
        new JsonObject()
            .put("command", new String(Json.encode(told), UTF_8))
            .put("since", now.toEpochMilli());
    shop.views.write(List.of(new Put("notices", "evt_1", waiting))).await();
    var ever = new AtomicReference<>(now.plus(Duration.ofDays(2)));
    shop.joins(new Notices(shop.views, ever::get, Duration.ofMillis(20)));
    round();
    assertThat(found()).isEmpty();

    ever.set(now.plus(Duration.ofDays(4)));
    await().until(() -> shop.views.get("notices", "evt_1").await() == null);
    now = now.plus(GRACE);
    round();

    assertThat(found()).isEqualTo(Map.of("nobody", "notice-unheard"));
    assertThat(report().getInteger("counted")).isEqualTo(1);
    assertThat(report().getJsonObject("unreconciledAmount").getLong("USD"))
        .isEqualTo(PRICE.minor());
  }

  private void assertRepaired() {
    assertThat(standing("incomplete")).isEqualTo(Standing.PAID);
    assertThat(order("incomplete").status()).isEqualTo(OrderFace.COMPLETE);
    assertThat(shop.charges(new OrderId("again")))
        .extracting(Statement.Entry::reference, Statement.Entry::returned)
        .containsExactlyInAnyOrder(tuple("sim_again.1", PRICE), tuple("sim_again.2", usd(0)));
    assertThat(standing("again")).isEqualTo(Standing.PAID);
    assertThat(order("again").paymentStatus()).isEqualTo("paid");
    assertThat(shop.charges(new OrderId("twice"))).allMatch(one -> one.returned().minor() == 0);
    assertThat(standing("stuck")).isEqualTo(Standing.PAID);
    assertThat(order("stuck").status()).isEqualTo(OrderFace.COMPLETE);
    assertThat(standing("late")).isEqualTo(Standing.PAID);
    assertThat(order("late").status()).isEqualTo(OrderFace.COMPLETE);
    assertThat(standing("held")).isEqualTo(Standing.CANCELLED);
    assertThat(standing("lapsed")).isEqualTo(Standing.CANCELLED);
    assertThat(standing("bounced")).isEqualTo(Standing.PAID);
    assertThat(order("disputed").status()).isEqualTo(OrderFace.COMPLETE);
    assertThat(standing("over")).isEqualTo(Standing.REFUNDED);
    assertThat(order("over").paymentStatus()).isEqualTo("refunded");
    assertThat(standing("desk")).isEqualTo(Standing.PARTIALLY_REFUNDED);
    assertThat(order("desk").paymentStatus()).isEqualTo("partially-refunded");
    assertThat(shop.charges(new OrderId("over")))
        .singleElement()
        .extracting(Statement.Entry::returned)
        .isEqualTo(PRICE);
    IntStream.range(0, GOOD)
        .mapToObj(n -> "good-" + n)
        .forEach(good -> {
          assertThat(standing(good)).isEqualTo(Standing.PAID);
          assertThat(shop.charges(new OrderId(good)))
              .singleElement()
              .extracting(Statement.Entry::returned)
              .isEqualTo(usd(0));
        });
  }

  private void good(int many) {
    for (var n = 0; n < many; n++) {
      paid("good-" + n);
    }
  }

  /** Paid, and its order has heard of it. */
  private OrderId paid(String name) {
    var order = shop.order(name);
    shop.pay(order, "tok_visa");
    settle(order);
    return order;
  }

  private void settle(OrderId order) {
    shop.ask(new SettlePayment(order, PaymentId.of(order), PRICE, now));
  }

  private void chargeWithoutPayment() {
    shop.books.charge(charge("nobody.1", "nobody")).await();
  }

  private void paymentWithoutCharge() {
    var order = shop.order("gone");
    faults.add(NEVER_ARRIVES);
    shop.pay(order, "tok_visa");
    taken(order, "gone.1", "sim_gone");
    settle(order);
  }

  private void amountDiffers() {
    paid("amount");
    edited("amount.1", book -> book.put("amount", PRICE.minor() - 1));
  }

  private void currencyDiffers() {
    paid("currency");
    edited("currency.1", book -> book.put("currency", "EUR"));
  }

  private void refundUnrecorded() {
    paid("desk");
    shop.books.refund(new Return("at-the-desk", "desk", "", "sim_desk.1", usd(500))).await();
  }

  private void refundMissing() {
    var order = paid("unrefunded");
    var payment = PaymentId.of(order);
    shop.ask(new RecordRefund(order, "r1", usd(700), "re_1", now));
    shop.ask(new NoteRefund(order, payment, "r1", usd(700), now));
  }

  private void chargedTwice() {
    paid("twice");
    shop.books.charge(charge("twice.9", "twice")).await();
  }

  /** The first card was declined, and the provider takes the money nevertheless, after all. */
  private void chargedAgain() {
    var order = shop.order("again");
    shop.pay(order, "tok_chargeDeclined");
    shop.pay(order, "tok_visa");
    settle(order);
    edited("again.1", book -> book.put("status", "taken"));
  }

  private void orderIncomplete() {
    shop.pay(shop.order("incomplete"), "tok_visa");
  }

  private void refundDue() {
    var order = shop.order("over");
    faults.add(ANSWER_LOST);
    shop.pay(order, "tok_visa");
    shop.ask(new ExpireOrder(order, now.plus(Duration.ofMinutes(30))));
    taken(order, "over.1", "sim_over.1");
  }

  private void paymentStuck() {
    faults.add(ANSWER_LOST);
    shop.pay(shop.order("stuck"), "tok_visa");
  }

  private void chargeUnrecorded() {
    shop.pay(shop.order("late"), "tok_chargeDeclined");
    edited("late.1", book -> book.put("status", "taken"));
  }

  private void holdLeft() {
    var order = shop.order("held");
    shop.ask(new PayOrder(order, Payments.ANNA, "tok_visa", true, now));
    shop.ask(new ExpireOrder(order, now.plus(Duration.ofMinutes(30))));
  }

  private void refundFailed() {
    bouncing("bounced");
    bounce("bounced.1");
  }

  /** A part was given back, and all know it. */
  private OrderId bouncing(String name) {
    var order = shop.order(name);
    shop.pay(order, "tok_visa");
    settle(order);
    shop.ask(new RefundPart(order, "r1", usd(700), "operator", now));
    shop.ask(new NoteRefund(order, PaymentId.of(order), "r1", usd(700), now));
    return order;
  }

  private void bounce(String key) {
    edited(
        key,
        book -> {
          since(book, Instant.EPOCH);
          return book.put("then", "REFUND_FAILS");
        });
  }

  /** As if its refund had begun then. */
  private static JsonObject since(JsonObject book, Instant at) {
    book.getJsonArray("refunds").getJsonObject(0).put("at", at.toString());
    return book;
  }

  private void holdGone() {
    shop.ask(new PayOrder(shop.order("lapsed"), Payments.ANNA, "tok_visa", true, now));
    edited("lapsed.1", book -> book.put("status", "voided"));
  }

  private void disputed() {
    var order = shop.order("disputed");
    shop.pay(order, "tok_createDispute");
    settle(order);
  }

  /** The second charge was given back, and that has failed. */
  private void surplusFailed() {
    var order = shop.order("second");
    shop.pay(order, "tok_chargeDeclined");
    shop.pay(order, "tok_visa");
    settle(order);
    edited("second.1", book -> book.put("status", "taken"));
    var name = "surplus.sim_second.1";
    shop.ask(new ReturnSurplus(order, "sim_second.1", "second.1", PRICE, now));
    shop.books.refund(new Return("second." + name, "second", name, "sim_second.1", PRICE)).await();
    bounce("second.1");
    shop.ask(
        new RecordFailedRefund(
            order, name, PRICE, "sim_re_second." + name, "lost_or_stolen_card", now));
  }

  private void assertBalanced(long provider) {
    var usd = report().getJsonObject("trialBalance").getJsonObject("USD");
    assertThat(usd.getLong("sum")).isZero();
    assertThat(usd.getLong("refunding")).isZero();
    assertThat(usd.getLong("provider")).isEqualTo(provider);
  }

  private void taken(OrderId order, String key, String reference) {
    shop.ask(new RecordOutcome(order, key, new Outcome.Taken(reference, PRICE, false), null, now));
  }

  private Charge charge(String key, String payment) {
    return new Charge(key, payment, "anna", PRICE, "tok_visa", false, now);
  }

  /** As if the provider had other books. */
  private void edited(String key, UnaryOperator<JsonObject> edit) {
    edited("simulated.charges", key, edit);
  }

  private void edited(String books, String key, UnaryOperator<JsonObject> edit) {
    var book = Objects.requireNonNull(shop.views.get(books, key).await());
    shop.views.write(List.of(new Put(books, key, edit.apply(book)))).await();
  }

  /** When the lists have seen what was planted. */
  private void round() {
    var charged =
        shop.charges().stream()
            .map(Statement.Entry::payment)
            .filter(payment -> !payment.equals("nobody"))
            .distinct()
            .toList();
    await()
        .until(() ->
            charged.stream()
                .allMatch(payment ->
                    seen(payment)
                        == shop.bus.look(new PaymentId(payment).stream()).await().version()));
    shop.sweeps(reconciler);
  }

  private long seen(String payment) {
    var list = new ViewReader(shop.views, PaymentList.NAME);
    var document = list.get(payment).await();
    return document == null ? 0 : document.getLong("version");
  }

  private Map<String, String> found() {
    var found = new TreeMap<String, String>();
    discrepancies()
        .forEach(one ->
            found.merge(
                one.document().getString("paymentId"),
                one.document().getString("kind"),
                (first, second) -> first + " " + second));
    return found;
  }

  private List<Entry> discrepancies() {
    return shop.views.scan("discrepancies", Page.first("", 100)).await();
  }

  private JsonObject report() {
    return Objects.requireNonNull(shop.views.get("reconciliation", "report").await());
  }

  /** The provider's books, how often ours were written, and what does not agree. */
  private List<Object> everything() {
    return Stream.of(shop.charges(), shop.commits.get(), discrepancies())
        .map(Object.class::cast)
        .toList();
  }

  private Standing standing(String order) {
    return shop.stands(new OrderId(order)).standing();
  }

  private OrderFace order(String order) {
    return (OrderFace)
        Objects.requireNonNull(shop.bus.look(new OrderId(order).stream()).await().face());
  }

  private static Money usd(long minor) {
    return new Money(minor, "USD");
  }
}
