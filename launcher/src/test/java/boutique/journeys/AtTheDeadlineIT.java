package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.invariants.StockInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An order that is paid in the very moment in which it expires")
@Timeout(300)
class AtTheDeadlineIT {
  private static final int ORDERS = 60;
  private static final int PRICE = 40;
  private static final long SPREAD_MILLIS = 30;

  @TempDir static Path data;

  @Test
  @DisplayName("is either bought or over, and what was paid for it is the price or nothing")
  void oneWinner() throws Exception {
    try (var shop =
        ShopProcess.open(
            data,
            Unlimited.and(
                Shopper.OPERATOR, "--orders.paymentWindow=3s", "--payments.reconcile.grace=0ms"))) {
      var seller = Shopper.signedUp(shop);
      var buyer = Shopper.signedUp(shop);
      var vase = seller.offers("Vase", "" + PRICE, ORDERS);

      var answers = paidAtTheirDeadlines(buyer, vase);

      assertThat(answers).extracting(Answer::status).containsAnyOf(201, 409).isSubsetOf(201, 409);
      await().untilAsserted(() -> assertThat(buyer.orders()).allMatch(AtTheDeadlineIT::isSettled));
      var bought = buyer.orders().stream().filter(order -> is(order, "status", "complete")).count();
      await().untilAsserted(() -> assertThat(seller.stock(vase)).isEqualTo(ORDERS - bought));
      var operator = Shopper.operator(shop);
      await()
          .untilAsserted(() -> {
            operator.post("/api/ops/payments/reconcile", JsonNodeFactory.instance.objectNode());
            var report = operator.get("/api/ops/payments/reconciliation").json(200);
            assertThat(report.at("/trialBalance/USD/provider").asLong()).isEqualTo(bought * PRICE);
            assertThat(report.get("found").asInt()).as("%s", report).isZero();
          });
    }
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
  }

  /** Some a little before, some a little after, and the others as exactly as anybody can. */
  private static List<Answer> paidAtTheirDeadlines(Shopper buyer, String product) throws Exception {
    try (var payers = Executors.newVirtualThreadPerTaskExecutor()) {
      var paying = new ArrayList<Future<Answer>>();
      for (var i = 0; i < ORDERS; i++) {
        var order = buyer.orders(product, 1).json(201);
        var moment =
            Instant.parse(order.get("expiresAt").asText())
                .plusMillis((i % 5 - 2) * SPREAD_MILLIS / 2);
        paying.add(
            payers.submit(() -> {
              Thread.sleep(Duration.between(Instant.now(), moment)); // that is the moment
              return pays(buyer, order);
            }));
      }
      var answers = new ArrayList<Answer>();
      for (var paid : paying) {
        answers.add(paid.get());
      }
      return answers;
    }
  }

  private static Answer pays(Shopper buyer, JsonNode order) {
    var payment =
        JsonNodeFactory.instance
            .objectNode()
            .put("orderId", order.get("id").asText())
            .put("token", "tok_visa");
    return buyer.post("/api/payments", payment);
  }

  private static boolean isSettled(JsonNode order) {
    return is(order, "status", "complete")
        ? is(order, "paymentStatus", "paid")
        : is(order, "status", "cancelled")
            && is(order, "cancelledBecause", "expired")
            && (is(order, "paymentStatus", "awaiting") || is(order, "paymentStatus", "refunded"));
  }

  private static boolean is(JsonNode order, String field, String value) {
    return order.path(field).asText().equals(value);
  }
}
