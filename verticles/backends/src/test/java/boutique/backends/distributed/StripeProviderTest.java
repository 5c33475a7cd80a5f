package boutique.backends.distributed;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import boutique.backends.distributed.FakeStripe.Fault;
import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Answer.Challenge;
import boutique.kernel.payment.Answer.Unknown;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.PaymentProviderConformance;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Statement;
import boutique.language.Money;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Stripe, through its own library")
class StripeProviderTest extends PaymentProviderConformance {
  private final Charge first =
      new Charge(
          "o.1",
          "o",
          "anna",
          new Money(4000, "USD"),
          "tok_visa",
          false,
          Instant.now().minusSeconds(1));
  private final Charge second =
      new Charge(
          "o.2",
          "o",
          "anna",
          new Money(4000, "USD"),
          "tok_visa",
          false,
          Instant.now().minusSeconds(1));

  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  private final Mongo mongo = new Mongo();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final FakeStripe stripe = new FakeStripe(mongo.vertx());
  private final PaymentProvider provider =
      new StripeProvider(
          mongo.vertx(),
          () -> Instant.now().plus(later.get()),
          new MongoViews(mongo.client()),
          "sk_test_1",
          stripe.base(),
          Duration.ofSeconds(5),
          new Recognition(told::add));

  @AfterEach
  void close() {
    stripe.close();
    mongo.close();
  }

  @Override
  protected PaymentProvider provider() {
    return provider;
  }

  @Override
  protected void prove(Challenge challenge) {
    stripe.prove(challenge.reference());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is never taken at its word when it has not really answered")
  void unknown(Fault fault) {
    stripe.script.addAll(Collections.nCopies(3, fault));

    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Unknown.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"TOO_MANY", "IN_USE"})
  @DisplayName("is asked once more for what it has not done yet, under the same key")
  void notYet(Fault fault) {
    stripe.script.add(fault);

    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Taken.class);
    assertThat(stripe.asked()).isEqualTo(2);
    assertThat(get(provider.statement(Instant.EPOCH, "")).entries()).hasSize(1);
  }

  @Test
  @DisplayName("is read on where one line of its books cannot be read, and that is told")
  void illegible() {
    stripe.illegible();
    assertThat(get(provider.statement(Instant.EPOCH, "")))
        .isEqualTo(new Statement(List.of(), "pi_illegible", false, 1));

    get(provider.charge(first));
    var page = get(provider.statement(Instant.EPOCH, ""));
    assertThat(page.entries()).hasSize(1);
    assertThat(page.unread()).isEqualTo(1);
  }

  @Test
  @DisplayName("is read on where a refund or a dispute cannot be read, and that is told")
  void illegibleAfterwards() {
    var charge = ((Answer.Taken) get(provider.charge(first))).reference();
    stripe.desk(charge, 100);
    stripe.dispute(charge, "needs_response");
    stripe.illegible(charge);

    var returns = get(provider.returns(Instant.EPOCH, ""));
    assertThat(returns.lines()).extracting(Statement.Back::charge).containsExactly(charge);
    assertThat(returns.unread()).isEqualTo(1);
    assertThat(get(provider.returns(charge))).isEqualTo(returns.lines());
    var disputes = get(provider.disputes(Instant.EPOCH, ""));
    assertThat(disputes.lines()).extracting(Statement.Disputed::charge).containsExactly(charge);
    assertThat(disputes.unread()).isEqualTo(1);
    assertThatThrownBy(() -> get(provider.disputes(charge)))
        .as("nobody says that this is all")
        .hasMessageContaining("cannot be read");
  }

  @Test
  @DisplayName("is asked nothing, about whatever, until it wants to be asked again")
  void retryAfter() {
    stripe.retryAfter.set("2");
    stripe.script.add(Fault.TOO_MANY);
    var begun = System.nanoTime();
    var early = provider.charge(first);
    await().until(() -> stripe.asked() == 1);

    assertThat(get(provider.charge(second))).isInstanceOf(Answer.Taken.class);

    assertThat(get(early)).isInstanceOf(Answer.Taken.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
    assertThat(stripe.asked()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "999999999"})
  @DisplayName("is not waited for longer than a buyer waits, nor asked meanwhile")
  void retryMuchLater(String seconds) {
    stripe.retryAfter.set(seconds);
    stripe.script.add(Fault.TOO_MANY);

    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Unknown.class);
    assertThat(get(provider.charge(second))).isInstanceOf(Answer.Unknown.class);
    assertThat(get(provider.find(first))).isInstanceOf(Answer.Unknown.class);

    assertThat(stripe.asked()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "0", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999999"})
  @DisplayName("may say when to come back in a way that nobody understands")
  void strangeRetryAfter(String when) {
    stripe.retryAfter.set(when);
    stripe.script.add(Fault.TOO_MANY);

    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Taken.class);
  }

  @Test
  @DisplayName("is asked again about what is open only so often while it does not do anything")
  void budget() {
    var charges = IntStream.range(0, 40).mapToObj(n -> under("x." + n)).toList();
    stripe.busy.set(true);
    var begun = System.nanoTime();
    all(charges.stream().map(provider::charge).toList());
    for (var round = 0; round < 10; round++) {
      all(charges.stream().map(provider::find).toList());
    }
    var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;

    var again = stripe.asked() - charges.size();
    assertThat(again).isPositive().isLessThanOrEqualTo(50 + (int) (10 * seconds));

    stripe.busy.set(false);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get(provider.find(charges.getLast())) instanceof Answer.NotThere);
    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Taken.class);
  }

  private static void all(List<Future<Answer>> answers) {
    get(Future.all(answers).map(true));
    assertThat(answers).allSatisfy(one -> assertThat(one.result()).isInstanceOf(Unknown.class));
  }

  @Test
  @DisplayName("knows of the charge whose answer was lost")
  void lost() {
    stripe.script.add(Fault.SILENT_AFTER_DOING_IT);
    get(provider.charge(first));

    assertThat(get(provider.find(first))).isInstanceOf(Answer.Taken.class);
    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Taken.class);
    assertThat(get(provider.statement(Instant.EPOCH, "")).entries()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  @DisplayName("knows of the charge whose answer was lost, however many have come after it")
  void buried(int minutesLater) {
    stripe.script.add(Fault.SILENT_AFTER_DOING_IT);
    get(provider.charge(first));
    stripe.others(6_000, Instant.now().plus(Duration.ofMinutes(minutesLater)));

    assertThat(get(provider.find(first))).isInstanceOf(Answer.Taken.class);
    assertThat(stripe.pages()).isEqualTo(minutesLater == 0 ? 61 : 1);
  }

  @Test
  @DisplayName("knows of a charge behind more than is looked through at a time, at the next look")
  void deep() {
    stripe.script.add(Fault.SILENT_AFTER_DOING_IT);
    get(provider.charge(first));
    stripe.others(20_500, Instant.now());

    assertThat(get(provider.find(first))).isInstanceOf(Answer.Unknown.class);
    assertThat(stripe.pages()).isEqualTo(200);
    assertThat(get(provider.find(first))).isInstanceOf(Answer.Taken.class);
    assertThat(stripe.pages()).as("from where it has stopped").isEqualTo(206);
  }

  @ParameterizedTest
  @CsvSource({"false, NotThere", "true, Taken"})
  @DisplayName("looks through what was made meanwhile before it says that there is no charge")
  void meanwhile(boolean made, String answer) {
    var charge = under("x.1", Instant.now().minus(Duration.ofMinutes(9)));
    stripe.others(20_500, Instant.now().minus(Duration.ofMinutes(8)));
    assertThat(get(provider.find(charge))).isInstanceOf(Answer.Unknown.class);
    if (made) {
      get(provider.charge(charge));
    }

    assertThat(get(provider.find(charge)).getClass().getSimpleName()).isEqualTo(answer);
    assertThat(stripe.pages()).isEqualTo(200 + 5 + 1);
  }

  @ParameterizedTest
  @CsvSource({"9, Taken, 1", "12, Unknown, 0", "16, Denied, 0"})
  @DisplayName("is sent nothing so late that a look-up would not find it")
  void late(int minutesAgo, String answer, int charges) {
    var late = under("x.1", Instant.now().minus(Duration.ofMinutes(minutesAgo)));

    assertThat(get(provider.charge(late)).getClass().getSimpleName()).isEqualTo(answer);

    assertThat(get(provider.statement(Instant.EPOCH, "")).entries()).hasSize(charges);
  }

  @Test
  @DisplayName("gives the same failure for a key for ever; another key can do better")
  void stuck() {
    stripe.script.add(Fault.FAILS);
    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Unknown.class);
    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Unknown.class);
    later.set(OpenQuestions.DONE_WITHIN);

    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Stuck.class);
    assertThat(get(provider.find(first))).isInstanceOf(Answer.NotThere.class);
    assertThat(get(provider.charge(second))).isInstanceOf(Answer.Taken.class);
  }

  @Test
  @DisplayName("may have done what it says has failed, and then that is found")
  void stuckAfterwards() {
    stripe.script.add(Fault.FAILS_AFTER_DOING_IT);
    get(provider.charge(first));
    get(provider.charge(first));
    later.set(OpenQuestions.DONE_WITHIN);

    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Stuck.class);
    assertThat(get(provider.find(first))).isInstanceOf(Answer.Taken.class);
  }

  @Test
  @DisplayName("does not make a key useless while what it says has failed may be done yet")
  void failedForNow() {
    var taken = (Answer.Taken) get(provider.charge(first));
    var wanted = new Return("o.2", "o", "r1", taken.reference(), usd(500));
    stripe.script.addAll(List.of(Fault.FAILS, Fault.FAILS));
    get(provider.charge(second));
    get(provider.refund(wanted));
    for (var moment : List.of(Duration.ZERO, OpenQuestions.DONE_WITHIN.minusSeconds(5))) {
      later.set(moment);
      assertThat(get(provider.charge(second))).isInstanceOf(Answer.Unknown.class);
      assertThat(get(provider.refund(wanted))).isInstanceOf(Returned.Unknown.class);
    }

    later.set(OpenQuestions.DONE_WITHIN);

    assertThat(get(provider.charge(second))).isInstanceOf(Answer.Stuck.class);
    assertThat(get(provider.refund(wanted))).isInstanceOf(Returned.Stuck.class);
  }

  @Test
  @DisplayName("is found to have done under one key what is now asked for under another")
  void doneUnderAnotherKey() {
    stripe.script.add(Fault.FAILS_AFTER_DOING_IT);
    get(provider.charge(first));
    var later =
        new Charge("o.9", "o", first.buyer(), first.amount(), first.method(), false, first.since());
    var taken = (Answer.Taken) get(provider.find(later));

    assertThat(taken).isEqualTo(get(provider.find(first)));
    var more = new Charge("o.9", "o", first.buyer(), usd(1), first.method(), false, first.since());
    assertThat(get(provider.find(more))).as("other money").isInstanceOf(Answer.NotThere.class);

    stripe.script.add(Fault.FAILS_AFTER_DOING_IT);
    get(provider.refund(new Return("o.2", "o", "r1", taken.reference(), usd(500))));
    assertThat(get(provider.findRefund(new Return("o.3", "o", "r1", taken.reference(), usd(500)))))
        .isInstanceOf(Returned.Done.class);
    assertThat(get(provider.findRefund(new Return("o.4", "o", "r2", taken.reference(), usd(500)))))
        .isInstanceOf(Returned.NotThere.class);
  }

  @Test
  @DisplayName("may have a refund on its way for days, and take it back even after it was done")
  void pending() {
    var taken = (Answer.Taken) get(provider.charge(first));
    var wanted = new Return("o.2", "o", "r1", taken.reference(), usd(1500));
    stripe.refunds("pending");

    var pending = (Returned.Pending) get(provider.refund(wanted));
    assertThat(pending.amount()).isEqualTo(usd(1500));
    assertThat(get(provider.findRefund(wanted))).isEqualTo(pending);
    assertThat(returned(taken)).isEqualTo(usd(1500));

    stripe.refund(pending.reference(), "succeeded");
    assertThat(get(provider.findRefund(wanted)))
        .isEqualTo(new Returned.Done(pending.reference(), usd(1500)));

    stripe.refund(pending.reference(), "failed");
    var failed = new Returned.Denied("expired_or_canceled_card");
    assertThat(get(provider.findRefund(wanted))).isEqualTo(failed);
    assertThat(get(provider.returns(taken.reference())))
        .singleElement()
        .extracting(Statement.Back::became)
        .isEqualTo(failed);
    assertThat(returned(taken)).isEqualTo(usd(0));
    var again = new Return("o.3", "o", "r2", taken.reference(), usd(1500));
    stripe.refunds("succeeded");
    assertThat(get(provider.refund(again))).isInstanceOf(Returned.Done.class);
  }

  @Test
  @DisplayName("tells of what was given back at its own desk, with what it was charged for")
  void desk() {
    var taken = (Answer.Taken) get(provider.charge(first));
    stripe.desk(taken.reference(), 700);

    var back = get(provider.returns(Instant.now().minusSeconds(60), "")).lines().getFirst();

    assertThat(back.payment()).isEqualTo("o");
    assertThat(back.charge()).isEqualTo(taken.reference());
    assertThat(back.refund()).isEmpty();
    assertThat(back.became()).isEqualTo(new Returned.Done(back.reference(), usd(700)));
    assertThat(get(provider.returns(taken.reference()))).containsExactly(back);
    var wanted = new Return(back.reference(), "o", back.reference(), taken.reference(), usd(700));
    assertThat(get(provider.findRefund(wanted))).isEqualTo(back.became());
    assertThat(get(provider.returns(Instant.now().plusSeconds(60), "")).lines()).isEmpty();
  }

  @Test
  @DisplayName(
      "tells of everything that was given back of one charge, however often, up to a bound")
  void desks() {
    var taken = (Answer.Taken) get(provider.charge(first));
    var oldest = new Return("o.2", "o", "r1", taken.reference(), usd(700));
    var done = get(provider.refund(oldest));
    var most = 2_000;
    for (var n = 1; n < most; n++) {
      stripe.desk(taken.reference(), 1);
    }

    var returns = get(provider.returns(taken.reference()));

    assertThat(returns).hasSize(most).doesNotHaveDuplicates();
    assertThat(returns.getLast().refund()).isEqualTo("r1");
    assertThat(get(provider.findRefund(oldest))).isEqualTo(done);
    var never = new Return("o.3", "o", "r2", taken.reference(), usd(1));
    assertThat(get(provider.findRefund(never))).isInstanceOf(Returned.NotThere.class);

    stripe.desk(taken.reference(), 1);
    assertThat(get(provider.returns(taken.reference()))).hasSize(most);
    assertThat(get(provider.findRefund(oldest))).isInstanceOf(Returned.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "needs_response, OPEN",
    "warning_under_review, OPEN",
    "warning_closed, OURS",
    "won, OURS",
    "lost, THEIRS",
    "something_new, OPEN"
  })
  @DisplayName("tells of what payers dispute, with what it was charged for")
  void disputed(String status, Statement.Verdict verdict) {
    var taken = (Answer.Taken) get(provider.charge(first));
    assertThat(get(provider.disputes(taken.reference()))).isEmpty();
    stripe.dispute(taken.reference(), status);

    var disputed =
        new Statement.Disputed(
            "dp_" + taken.reference(),
            taken.reference(),
            "o",
            first.amount(),
            "fraudulent",
            verdict);
    assertThat(get(provider.disputes(taken.reference()))).containsExactly(disputed);
    assertThat(get(provider.disputes(Instant.now().minusSeconds(60), "")).lines())
        .containsExactly(disputed);
  }

  @Test
  @DisplayName("shows that a hold was let go of at its own desk, or has lapsed")
  void lapsed() {
    var later =
        new Charge(
            "o.1", "o", "anna", first.amount(), "tok_visa", true, Instant.now().minusSeconds(1));
    var held = (Answer.Held) get(provider.charge(later));
    assertThat(get(provider.entry(held.reference())))
        .hasValueSatisfying(entry -> {
          assertThat(entry.isHeld()).isTrue();
          assertThat(entry.voided()).isFalse();
        });

    stripe.lapse(held.reference());

    assertThat(get(provider.entry(held.reference())))
        .hasValueSatisfying(entry -> {
          assertThat(entry.isHeld()).isFalse();
          assertThat(entry.voided()).isTrue();
        });
  }

  @Test
  @DisplayName("takes nothing for what was not proved and is called off, however late it is proved")
  void notProved() {
    var doubted = under("x.1");
    var charge =
        new Charge(
            doubted.key(),
            "x",
            "anna",
            first.amount(),
            "pm_card_threeDSecure2Required",
            false,
            doubted.since());
    var challenge = (Challenge) get(provider.charge(charge));
    stripe.doubt(challenge.reference());
    assertThat(get(provider.find(charge)))
        .isEqualTo(
            new Answer.Denied(challenge.reference(), "payment_intent_authentication_failure"));

    assertThat(get(provider.cancel(charge, challenge.reference())))
        .isInstanceOf(Answer.Voided.class);
    stripe.prove(challenge.reference());

    assertThat(get(provider.find(charge))).isInstanceOf(Answer.Voided.class);
  }

  @Test
  @DisplayName("says what was taken, if it was proved before it could be called off")
  void provedFirst() {
    var charge =
        new Charge(
            "x.1",
            "x",
            "anna",
            first.amount(),
            "pm_card_threeDSecure2Required",
            false,
            first.since());
    var challenge = (Challenge) get(provider.charge(charge));
    stripe.doubt(challenge.reference());
    stripe.prove(challenge.reference());

    assertThat(get(provider.cancel(charge, challenge.reference())))
        .isEqualTo(new Answer.Taken(challenge.reference(), first.amount(), false));
  }

  @ParameterizedTest
  @CsvSource({"401, Stripe does not know payments.stripe.key", "403, may not do all"})
  @DisplayName("that refuses the key says nothing of a payment, and operators are told of it once")
  void keyRefused(int status, String message) {
    stripe.refuses.set(status);

    for (var times = 0; times < 3; times++) {
      assertThat(get(provider.charge(first))).isInstanceOf(Answer.Unknown.class);
      assertThat(get(provider.find(first))).isInstanceOf(Answer.Unknown.class);
    }
    assertThat(told).singleElement().asString().contains(message);

    stripe.refuses.set(0);
    assertThat(get(provider.find(first))).isInstanceOf(Answer.NotThere.class);
    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Taken.class);
  }

  @Test
  @DisplayName("that knows the key again is said to, and when it does not once more, that is too")
  void keyRefusedAgain() {
    for (var status : List.of(401, 401, 0, 0, 401, 401)) {
      stripe.refuses.set(status);
      get(provider.find(first));
    }

    assertThat(told).hasSize(3);
    assertThat(told.get(1)).contains("again");
    assertThat(told.get(2)).isEqualTo(told.getFirst());
  }

  @ParameterizedTest
  @CsvSource({"49, amount_too_small", "100000000, amount_too_large"})
  @DisplayName("says when an amount is none that it takes")
  void amounts(long minor, String code) {
    var charge = new Charge("o.1", "o", "anna", usd(minor), first.method(), false, first.since());

    assertThat(get(provider.charge(charge))).isEqualTo(new Answer.Denied(null, code));
  }

  @Test
  @DisplayName("is left alone for a while when nothing comes back")
  void breaker() {
    for (var n = 0; n < 8; n++) {
      stripe.script.add(Fault.FAILS);
      get(provider.charge(under("x." + n)));
    }

    assertThat(get(provider.charge(under("x.9")))).isInstanceOf(Answer.Unknown.class);
    assertThat(get(provider.find(under("x.9")))).isInstanceOf(Answer.Unknown.class);
  }

  @Test
  @DisplayName("takes money even when its books cannot be read")
  void books() {
    stripe.unreadable.set(true);
    for (var n = 0; n < 8; n++) {
      assertThat(provider.statement(Instant.EPOCH, "").toCompletionStage())
          .failsWithin(Duration.ofSeconds(5));
    }

    assertThat(get(provider.charge(first))).isInstanceOf(Answer.Taken.class);
  }

  @Test
  @DisplayName("is not left alone because we have asked too much at a time ourselves")
  void burst() {
    var line = new StripeLine(mongo.vertx(), Duration.ofSeconds(5), new Recognition(told::add));
    var held = new CompletableFuture<String>();
    var first = IntStream.range(0, 64).mapToObj(_ -> line.told(held::join)).toList();
    for (var n = 0; n < 20; n++) {
      assertThat(line.told(() -> "more").failed()).isTrue();
    }

    held.complete("done");

    assertThat(get(Future.all(first).map(true))).isTrue();
    assertThat(get(line.told(() -> "after"))).isEqualTo("after");
  }

  private Money returned(Answer.Taken taken) {
    return get(provider.entry(taken.reference())).orElseThrow().returned();
  }

  private static Money usd(long minor) {
    return new Money(minor, "USD");
  }

  private Charge under(String key) {
    return under(key, first.since());
  }

  private Charge under(String key, Instant since) {
    return new Charge(key, "x", "anna", first.amount(), first.method(), false, since);
  }
}
