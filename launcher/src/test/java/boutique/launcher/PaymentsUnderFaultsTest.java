package boutique.launcher;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.kernel.payment.Statement;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.PayOrder;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RefundPayment;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Standing;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many orders, each paid by several impatient clients, over a line that fails four times in ten,
 * with the provider's messages coming twice and in any order. As many as {@code -Dpayments.orders}
 * says.
 */
@DisplayName("Whatever fails on the way to the provider")
@Timeout(1_200)
class PaymentsUnderFaultsTest {
  private static final int ORDERS = Integer.getInteger("payments.orders", 250);
  private static final int FAULTS_IN_TEN = 4;
  private static final long SEED = Long.getLong("payments.seed", 42);

  @TempDir Path data;
  private final Random random = new Random(SEED);
  private final AtomicInteger faults = new AtomicInteger();

  @Test
  @DisplayName("every order is charged once, what goes back goes back once, and the books agree")
  void booksAgree() throws Exception {
    try (var shop = new Payments(data, this::fault)) {
      var orders = IntStream.range(0, ORDERS).mapToObj(n -> shop.order("o-" + n)).toList();

      for (var order : orders) {
        pay(shop, order);
      }
      settled(shop, orders, Standing.PAID);
      tellAgain(shop);
      var back = orders.stream().filter(order -> order.value().endsWith("3")).toList();
      for (var order : back) {
        refund(shop, order);
      }
      settled(shop, back, Standing.REFUNDED);

      assertThat(faults).hasValueGreaterThan(ORDERS / 10);
      assertBooks(shop, orders, back);
    }
  }

  private void pay(Payments shop, OrderId order) {
    var clients = new ArrayList<Future<?>>();
    for (var client = 0; client < 3; client++) {
      clients.add(
          shop.bus.ask(
              new PayOrder(order, Payments.ANNA, "tok_visa", false, Payments.now()),
              Payments.SOMEBODY));
    }
    Future.join(clients).await();
  }

  private static void refund(Payments shop, OrderId order) {
    var refund = new RefundPayment(order, PaymentId.of(order), "test", Payments.now());
    Future.join(
            List.of(
                shop.bus.ask(refund, Payments.SOMEBODY), shop.bus.ask(refund, Payments.SOMEBODY)))
        .await();
  }

  /** Every message comes again, from the latest to the first. */
  private static void tellAgain(Payments shop) {
    for (var entry : shop.charges().reversed()) {
      var taken = new Outcome.Taken(entry.reference(), entry.taken(), entry.live());
      var notice =
          new RecordOutcome(
              new OrderId(entry.payment()),
              entry.key(),
              taken,
              "evt-" + entry.key(),
              Payments.now());
      shop.ask(notice);
      shop.ask(notice);
    }
  }

  private static void settled(Payments shop, List<OrderId> orders, Standing standing) {
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> orders.stream().allMatch(order -> shop.stands(order).standing() == standing));
  }

  private static void assertBooks(Payments shop, List<OrderId> orders, List<OrderId> back) {
    var charges =
        shop.charges().stream()
            .filter(entry -> entry.taken().minor() > 0)
            .collect(groupingBy(Statement.Entry::payment));
    assertThat(charges).hasSize(orders.size());
    assertThat(charges.values())
        .allSatisfy(each ->
            assertThat(each)
                .singleElement()
                .satisfies(entry -> {
                  var order = new OrderId(entry.payment());
                  var ours = shop.stands(order);
                  assertThat(entry.taken()).isEqualTo(ours.sale().amount());
                  assertThat(entry.returned()).isEqualTo(ours.refunded());
                  assertThat(entry.reference()).isEqualTo(ours.reference());
                  assertThat(entry.returned().minor() > 0).isEqualTo(back.contains(order));
                }));
  }

  private synchronized FaultyProvider.Fault fault() {
    if (random.nextInt(10) >= FAULTS_IN_TEN) {
      return FaultyProvider.Fault.NONE;
    }
    faults.incrementAndGet();
    var all = FaultyProvider.Fault.values();
    return all[1 + random.nextInt(all.length - 1)];
  }
}
