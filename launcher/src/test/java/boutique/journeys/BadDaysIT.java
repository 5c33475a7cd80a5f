package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.journeys.ScriptedStripe.Taken;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shop as people run it, and Stripe's own library, which speaks over HTTP with a Stripe that
 * has a bad day: it is silent after it has charged, fails and keeps its failure, and does it
 * seconds later nevertheless, cuts lines off, wants to be asked later, and tells of everything
 * twice, a hundred times, in any order and before it answers. The shop is killed again and again
 * when Stripe has done something of which it has not heard. As many orders as {@code
 * -Dpayments.orders} says.
 */
@DisplayName("On a bad day at Stripe, and whenever the shop dies,")
@Timeout(7_200)
class BadDaysIT {
  private static final int ORDERS = Integer.getInteger("payments.orders", 300);
  private static final int KILLS = Integer.getInteger("payments.kills", 3 + ORDERS / 500);

  /** After which somebody closes it who is tired of waiting for its death. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private static final long SEED = Long.getLong("payments.seed", System.nanoTime());
  private static final String SECRET = "whsec_a_bad_day_0123456789";

  @TempDir Path data;
  private final Random random = new Random(SEED);
  private final String port = "" + Ports.free();

  @Test
  @DisplayName("every order is charged once, what goes back goes back once, and the books agree")
  void booksAgree() throws Exception {
    System.out.printf("payments.seed=%d%n", SEED);
    var died = 0;
    try (var stripe = new ScriptedStripe(SECRET, random);
        var crowd = new ImpatientCrowd(ORDERS)) {
      for (var life = 0; life < KILLS; life++) {
        died += dies(stripe, crowd) ? 1 : 0;
      }
      try (var shop = open(stripe)) {
        crowd.comesTo(shop);
        crowd.goesOn(() -> true);
        stripe.recovers();
        crowd.goesOnUntilAllIsSettled();
        stripe.courier().goesOn();
        await().atMost(Duration.ofMinutes(10)).until(stripe.courier()::isDone);
        assertBooks(stripe, crowd, Shopper.operator(shop), died);
      }
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  /** Whether the shop has died before all was done. */
  private boolean dies(ScriptedStripe stripe, ImpatientCrowd crowd) {
    try (var shop = open(stripe)) {
      crowd.comesTo(shop);
      stripe.diesAfter(1 + random.nextInt(Math.max(1, ORDERS / KILLS)), shop::kill);
      crowd.goesOnUntilAllIsSettled(shop.program()::alive, LIFE);
      return !shop.program().alive();
    }
  }

  private ShopProcess open(ScriptedStripe stripe) {
    var shop =
        ShopProcess.open(
            data,
            "--port",
            port,
            Shopper.OPERATOR,
            "--payments.provider=stripe",
            "--payments.stripe.key=sk_test_1",
            "--payments.stripe.url=" + stripe.base(),
            "--payments.webhookSecret=" + SECRET,
            "--payments.reconcile.grace=0ms",
            "--orders.paymentWindow=6h");
    stripe.courier().goesTo(shop);
    return shop;
  }

  private static void assertBooks(
      ScriptedStripe stripe, ImpatientCrowd crowd, Shopper operator, int died) {
    var taken = stripe.taken().stream().collect(groupingBy(Taken::payment));
    var twice = taken.values().stream().filter(each -> each.size() > 1).count();
    var lost = crowd.orders().stream().filter(order -> isLost(order, taken)).count();
    var wrongly =
        crowd.orders().stream()
            .filter(order -> !order.goesBack() && !order.isCancelled())
            .filter(order -> kept(order, taken) == 0)
            .count();
    var theirs = stripe.taken().stream().mapToLong(one -> one.amount() - one.returned()).sum();
    var ours = crowd.orders().stream().mapToLong(order -> ours(operator, order)).sum();
    System.out.printf(
        "%d orders, %d deaths, %d messages, %d of them early, %s: %d charged twice, %d lost, %d"
            + " refunded wrongly; the provider has %d, we have %d%n",
        ORDERS,
        died,
        stripe.courier().brought(),
        stripe.courier().early(),
        stripe.befallen(),
        twice,
        lost,
        wrongly,
        theirs,
        ours);
    assertThat(died).as("lives that ended early").isGreaterThan(KILLS / 2);
    assertThat(stripe.befallen().values())
        .allSatisfy(often -> assertThat(often).hasPositiveValue());
    assertThat(stripe.courier().early()).as("messages before the answer").isPositive();
    assertThat(stripe.courier().refused()).isEmpty();
    assertThat(crowd.strange()).isEmpty();
    assertThat(twice).as("charged twice").isZero();
    assertThat(lost).as("lost").isZero();
    assertThat(wrongly).as("refunds of good orders").isZero();
    assertThat(theirs).isEqualTo(ours);
    assertThat(crowd.orders())
        .allSatisfy(order -> {
          assertThat(kept(order, taken)).as(order.id()).isEqualTo(ours(operator, order));
          assertThat(order.isCancelled() && !order.mayBeCancelled()).as(order.id()).isFalse();
        });
    assertReconciled(operator);
  }

  /** The money is there, and the goods are not. */
  private static boolean isLost(ImpatientCrowd.Order order, Map<String, List<Taken>> by) {
    return order.isCancelled() && kept(order, by) > 0;
  }

  private static long kept(ImpatientCrowd.Order order, Map<String, List<Taken>> by) {
    return by.getOrDefault(order.id(), List.of()).stream()
        .mapToLong(one -> one.amount() - one.returned())
        .sum();
  }

  /** What the shop says that it has of an order. */
  private static long ours(Shopper operator, ImpatientCrowd.Order order) {
    var answer = operator.get("/api/payments/" + order.id() + "/status");
    if (answer.status() == 404) {
      return 0;
    }
    var payment = answer.json(200);
    return switch (payment.get("status").asText()) {
      case "paid", "partially-refunded", "refunded" ->
          cents(payment.get("amount")) - cents(payment.get("refunded"));
      default -> 0;
    };
  }

  private static long cents(JsonNode amount) {
    return amount.decimalValue().movePointRight(2).longValueExact();
  }

  /** Whoever compares the books finds nothing, and the accounts add up to nothing. */
  private static void assertReconciled(Shopper operator) {
    await()
        .atMost(Duration.ofMinutes(10))
        .untilAsserted(() -> {
          var report = Reconciliation.of(operator);
          assertThat(report.get("found").asInt()).as("%s", report).isZero();
          assertThat(report.get("trialBalance")).as("%s", report).isNotEmpty();
          assertThat(report.at("/trialBalance/USD/sum").asDouble()).isZero();
          assertThat(report.at("/trialBalance/USD/difference").isNumber()).isTrue();
          assertThat(report.at("/trialBalance/USD/difference").asDouble()).isZero();
          assertThat(report.at("/trialBalance/USD/refunding").asDouble()).isZero();
        });
  }
}
