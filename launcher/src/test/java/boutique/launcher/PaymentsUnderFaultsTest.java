package boutique.launcher;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.invariants.PaymentInvariants;
import boutique.kernel.payment.Statement;
import boutique.language.Money;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.payments.Standing;
import boutique.payments.books.Reconciler;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many orders, each paid by several impatient clients, over a line that fails four times in ten,
 * with the provider's messages coming twice, a hundred times, and in any order, while the process
 * dies again and again. As many as {@code -Dpayments.orders} says.
 */
@DisplayName("Whatever fails on the way to the provider, and whoever dies in between,")
@Timeout(3_600)
class PaymentsUnderFaultsTest {
  private static final int ORDERS = Integer.getInteger("payments.orders", 300);
  private static final int KILLS = Integer.getInteger("payments.kills", 3 + ORDERS / 500);
  private static final long SEED = Long.getLong("payments.seed", System.nanoTime());

  @TempDir Path data;
  @TempDir Path said;
  private final Random random = new Random(SEED);
  private final List<OrderId> orders = PayingCrowd.orders(ORDERS);
  private final List<OrderId> back = orders.stream().filter(PayingCrowd::goesBack).toList();

  @Test
  @DisplayName("every order is charged once, what goes back goes back once, and the books agree")
  void booksAgree() throws Exception {
    System.out.printf("payments.seed=%d%n", SEED);
    var died = 0;
    for (var life = 0; life < KILLS; life++) {
      died += dies() ? 1 : 0;
    }
    assertThat(died).as("lives that ended early").isGreaterThan(KILLS / 2);
    try (var shop =
        Payments.whole(data, () -> DoomedPayments.fault(random), _ -> Fated.Fate.KEPT)) {
      var crowd = new PayingCrowd(shop, random);
      crowd.pays(orders);
      settled(shop, orders);
      crowd.tell(orders.reversed());
      crowd.refund(back);
      await()
          .atMost(Duration.ofMinutes(10))
          .until(() -> back.stream().allMatch(order -> is(shop, order, Standing.REFUNDED)));
      shop.heard();

      assertBooks(shop, died, crowd.messages());
      assertThat(PaymentInvariants.violations(shop.store)).isEmpty();
      assertReconciled(shop);
    }
  }

  private static void settled(Payments shop, List<OrderId> orders) {
    await()
        .atMost(Duration.ofMinutes(10))
        .until(() ->
            orders.stream()
                .allMatch(
                    order -> is(shop, order, Standing.PAID) || is(shop, order, Standing.REFUNDED)));
  }

  private static boolean is(Payments shop, OrderId order, Standing standing) {
    return shop.stands(order).standing() == standing;
  }

  /** Whether the process has died before it was through. */
  private boolean dies() throws Exception {
    var soon = 1 + random.nextInt(Math.max(1, 2 * ORDERS / KILLS));
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DoomedPayments.class.getName(),
                data.toString(),
                "" + ORDERS,
                "" + random.nextLong(),
                "" + soon));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said.resolve("said.log").toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isIn(0, Fated.DEAD);
    return process.exitValue() == Fated.DEAD;
  }

  private void assertBooks(Payments shop, int died, int messages) {
    var taken = shop.charges().stream().filter(entry -> entry.taken().minor() > 0).toList();
    var charges = taken.stream().collect(groupingBy(Statement.Entry::payment));
    var twice = charges.values().stream().filter(each -> each.size() > 1).count();
    var lost = orders.stream().filter(order -> !charges.containsKey(order.value())).count();
    var wrongly =
        taken.stream()
            .filter(entry -> entry.returned().minor() > 0)
            .filter(entry -> !back.contains(new OrderId(entry.payment())))
            .count();
    var theirs = sum(taken.stream().map(one -> one.taken().minus(one.returned())).toList());
    var ours =
        sum(
            orders.stream()
                .map(shop::stands)
                .map(face -> face.sale().amount().minus(face.refunded()))
                .toList());
    System.out.printf(
        "%d orders, %d deaths, %d messages: %d charged twice, %d lost, %d refunded wrongly;"
            + " the provider has %d, we have %d%n",
        ORDERS, died, messages, twice, lost, wrongly, theirs.minor(), ours.minor());
    assertThat(twice).as("charged twice").isZero();
    assertThat(lost).as("lost").isZero();
    assertThat(wrongly).as("refunds of good orders").isZero();
    assertThat(theirs).isEqualTo(ours);
    assertThat(taken)
        .allSatisfy(entry -> {
          var ofOurs = shop.stands(new OrderId(entry.payment()));
          assertThat(entry.taken()).isEqualTo(ofOurs.sale().amount());
          assertThat(entry.returned()).isEqualTo(ofOurs.refunded());
          assertThat(entry.reference()).isEqualTo(ofOurs.reference());
        });
    assertThat(orders)
        .allSatisfy(order ->
            assertThat(((OrderFace) shop.face(order.stream())).status())
                .isEqualTo(OrderFace.COMPLETE));
  }

  /** Whoever compares the books finds nothing, and the accounts add up to nothing. */
  private void assertReconciled(Payments shop) {
    var now = new AtomicReference<>(Instant.now());
    var every = Duration.ofMinutes(1);
    var reconciler = new Reconciler(shop.views, shop.books, now::get, every, Duration.ZERO);
    var compared = 0;
    do {
      shop.sweeps(reconciler);
      var report = report(shop);
      assertThat(report.getInteger("found")).as(report.encode()).isZero();
      compared += report.getInteger("payments");
      now.updateAndGet(instant -> instant.plus(every));
    } while (report(shop).getJsonObject("trialBalance").isEmpty());
    assertThat(compared).isEqualTo(ORDERS);
    var balance = report(shop).getJsonObject("trialBalance").getJsonObject("USD");
    assertThat(balance.getLong("sum")).isZero();
    assertThat(balance.getLong("refunding")).isZero();
    assertThat(balance.getLong("surplus")).isZero();
    assertThat(balance.getLong("difference")).isZero();
    assertThat(balance.getLong("provider"))
        .isEqualTo((ORDERS - back.size()) * Payments.PRICE.minor());
  }

  private static JsonObject report(Payments shop) {
    return Objects.requireNonNull(shop.views.get("reconciliation", "report").await());
  }

  private static Money sum(List<Money> amounts) {
    return amounts.stream().reduce(new Money(0, "USD"), Money::plus);
  }
}
