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
import boutique.payments.Reconciler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  @BeforeEach
  void open() throws Exception {
    shop = Payments.alone(data, () -> faults.isEmpty() ? NONE : faults.remove());
    provider =
        new FaultyProvider(shop.books, shop.views, () -> NONE) {
          @Override
          public Future<Optional<Statement.Entry>> entry(String reference) {
            asked.add(reference);
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
    reconciler = new Reconciler(shop.views, provider, () -> now, EVERY, GRACE);
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
    reconciler.go(shop.bus).await();
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
