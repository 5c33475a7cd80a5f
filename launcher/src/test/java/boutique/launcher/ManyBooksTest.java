package boutique.launcher;

import static boutique.launcher.FaultyProvider.Fault.NEVER_ARRIVES;
import static boutique.launcher.FaultyProvider.Fault.NONE;
import static boutique.launcher.Payments.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.kernel.payment.Sheet;
import boutique.kernel.payment.Statement;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import boutique.language.orders.OrderCommand.SettlePayment;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentId;
import boutique.payments.PaymentList;
import boutique.payments.books.Reconciler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Where there is more in the books than a round takes, the reconciler")
@Timeout(120)
class ManyBooksTest {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofMinutes(2);

  @TempDir Path data;
  private final ConcurrentLinkedQueue<FaultyProvider.Fault> faults = new ConcurrentLinkedQueue<>();

  /** About which charges the provider was asked one by one. */
  private final List<String> asked = new ArrayList<>();

  /** From when on it was asked for what was given back. */
  private final List<Instant> since = new ArrayList<>();

  private Payments shop;
  private FaultyProvider provider;
  private Reconciler reconciler;
  private Instant now = Payments.now();

  /** How long the provider thinks about each charge, and how long it has. */
  private Duration thinks = Duration.ZERO;

  private final AtomicReference<Duration> thought = new AtomicReference<>(Duration.ZERO);

  @BeforeEach
  void open() throws Exception {
    shop = Payments.alone(data, FaultyProvider.inTurn(faults));
    provider =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<Optional<Statement.Entry>> entry(String reference) {
            asked.add(reference);
            thought.accumulateAndGet(thinks, Duration::plus);
            return super.entry(reference);
          }

          @Override
          public Future<Sheet<Statement.Back>> returns(Instant from, String after) {
            since.add(from);
            return super.returns(from, after);
          }
        };
    begins();
  }

  /** As after a start. */
  private void begins() {
    reconciler = new Reconciler(shop.views, provider, () -> now.plus(thought.get()), EVERY, GRACE);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("compares what is young at once, however much old there is before it")
  void young() {
    written(6_000, ManyBooksTest::old);
    paymentWithoutCharge();

    round();

    assertThat(kinds()).containsExactly("payment-without-charge");
    assertThat(report().getInteger("payments")).as("only what is young").isEqualTo(1);
    assertThat(comparedUntil("payments")).isEqualTo(now);
    assertThat(comparedUntil("allPayments")).as("there is more").isNull();

    var begun = now;
    now = now.plus(EVERY);
    round();

    assertThat(comparedUntil("allPayments")).isEqualTo(begun);
    assertThat(report().getJsonObject("trialBalance").getJsonObject("USD").getLong("provider"))
        .as("the old ones are added up")
        .isEqualTo(6_000 + PRICE.minor());
  }

  @Test
  @DisplayName("goes back to where somebody else was long ago")
  void longAway() {
    round();
    var before = now;
    now = now.plus(Duration.ofDays(20));
    since.clear();
    begins();
    round();

    assertThat(since).containsExactly(before);
    now = now.plus(EVERY);
    round();
    assertThat(since.getLast()).isEqualTo(now.minus(Duration.ofDays(3)));
  }

  @Test
  @DisplayName(
      "sums up the charges that nobody here knows of, and asks about few of them one by one")
  void foreign() {
    written(5_600, ManyBooksTest::foreign);
    for (var more = 0; more < 4; more++) {
      round();
      assertThat(asked).hasSizeLessThanOrEqualTo(400);
      now = now.plus(GRACE);
    }

    assertThat(kinds()).hasSize(200).containsOnly("charge-without-payment");
    assertThat(report().getJsonObject("foreignCharges"))
        .isEqualTo(
            new JsonObject()
                .put("charges", 5_600)
                .put("amount", new JsonObject().put("USD", 5_600 * PRICE.minor())));
    assertThat(report().getInteger("unlisted")).isPositive();
    paymentWithoutCharge();
    round();
    assertThat(kinds()).as("what is ours has its room").contains("payment-without-charge");
  }

  @Test
  @DisplayName("looks again at so much in a round, and at each in its turn")
  void turns() {
    written(5_000, ManyBooksTest::found);
    var ever = new HashSet<String>();
    for (var more = 1; more <= 25; more++) {
      round();
      assertThat(asked).hasSize(200).noneMatch(ever::contains);
      assertThat(report().getInteger("waiting")).isEqualTo(5_000 - (more - 1) * 200 - 200);
      ever.addAll(asked);
      now = now.plus(EVERY);
    }

    assertThat(kinds()).as("nothing of it was so any more").isEmpty();
  }

  @Test
  @DisplayName("sees what is new first, and goes on with the old ones however slow the provider is")
  void slow() {
    thinks = Duration.ofSeconds(3);
    written(66, ManyBooksTest::found);
    shop.views.write(List.of(foreign(1))).await();
    var ever = new HashSet<String>();
    round();
    assertThat(kinds()).as("it did not wait for them").contains("charge-without-payment");
    assertThat(thought.get()).isLessThan(EVERY.plus(thinks.multipliedBy(8)));
    assertThat(report().getInteger("waiting")).isEqualTo(66 - asked.size()).isPositive();
    for (var more = 1; more <= 3; more++) {
      assertThat(asked).isNotEmpty().noneMatch(ever::contains);
      ever.addAll(asked);
      now = now.plus(EVERY);
      round();
    }

    assertThat(kinds()).as("each had its turn").containsExactly("charge-without-payment");
    assertThat(report().getInteger("waiting")).isZero();
  }

  private static Put foreign(int n) {
    var charge = new JsonObject().put("key", "f" + n).put("payment", "foreign-" + n);
    charge.put("amount", PRICE.minor()).put("currency", "USD").put("status", "taken");
    charge.put("code", "").put("later", false).put("refunds", new JsonArray());
    return new Put("simulated.charges", "f" + n, charge.put("at", Payments.now().toString()));
  }

  private static Put found(int n) {
    var id = "payment-without-charge.p" + n + ".c" + n;
    return new Put(
        "discrepancies",
        id,
        new JsonObject()
            .put("kind", "payment-without-charge")
            .put("paymentId", "p" + n)
            .put("stripeId", "c" + n)
            .put("amount", 1L)
            .put("currency", "USD")
            .put("mends", false)
            .put("since", "2026-03-01T12:00:00Z")
            .put("tries", 0)
            .put("counts", true));
  }

  private static Put old(int n) {
    var document =
        new JsonObject()
            .put("status", "paid")
            .put("currency", "USD")
            .put("reference", "sim_old")
            .put("taken", 1L)
            .put("accounts", new JsonObject().put("provider", 1L).put("orders", -1L))
            .put("at", "2025-03-01T12:00:00Z");
    return new Put(PaymentList.NAME + ".1", "0195-%06d".formatted(n), document);
  }

  private void written(int many, IntFunction<? extends Change> change) {
    shop.views.write(IntStream.range(0, many).<Change>mapToObj(change).toList()).await();
  }

  private void paymentWithoutCharge() {
    var order = shop.order("gone");
    faults.add(NEVER_ARRIVES);
    shop.pay(order, "tok_visa");
    var taken = new Outcome.Taken("sim_gone", PRICE, false);
    shop.ask(new RecordOutcome(order, "gone.1", taken, null, now));
    shop.ask(new SettlePayment(order, PaymentId.of(order), PRICE, now));
    await()
        .until(() -> {
          var seen = shop.views.get(PaymentList.NAME + ".1", "gone").await();
          return seen != null && "paid".equals(seen.getString("status"));
        });
  }

  private void round() {
    asked.clear();
    shop.sweeps(reconciler);
  }

  private @Nullable Instant comparedUntil(String book) {
    var until = report().getJsonObject("comparedUntil").getString(book);
    return until == null ? null : Instant.parse(until);
  }

  private List<String> kinds() {
    return shop.views.scan("discrepancies", Page.first("", 10_000)).await().stream()
        .map(found -> found.document().getString("kind"))
        .toList();
  }

  private JsonObject report() {
    return Objects.requireNonNull(shop.views.get("reconciliation", "report").await());
  }
}
