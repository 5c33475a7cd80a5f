package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each has its own store, and hears all of the provider's messages. */
@DisplayName("Two shops that share an account with the payment provider")
@Timeout(300)
class TwoShopsIT {
  private static final String SECRET = "whsec_of_both_0123456789";
  private static final int ORDERS = 5;

  @TempDir Path one;
  @TempDir Path another;

  @Test
  @DisplayName("lose, keep and list nothing of each other's")
  void both() {
    try (var stripe = new ScriptedStripe(SECRET, new Random(1));
        var left = open(one, stripe);
        var right = open(another, stripe)) {
      stripe.recovers();
      stripe.courier().goesTo(left, right);

      var bought = buys(left);
      var alsoBought = buys(right);
      stripe.courier().goesOn();
      await().atMost(Duration.ofMinutes(2)).until(stripe.courier()::isDone);

      assertThat(stripe.courier().refused()).isEmpty();
      assertBooks(left, bought);
      assertBooks(right, alsoBought);
    }
  }

  private static ShopProcess open(Path data, ScriptedStripe stripe) {
    return ShopProcess.open(
        data,
        Shopper.OPERATOR,
        "--payments.provider=stripe",
        "--payments.stripe.key=sk_test_1",
        "--payments.stripe.url=" + stripe.base(),
        "--payments.webhookSecret=" + SECRET,
        "--payments.reconcile.grace=0ms");
  }

  /** The first of them is given back. */
  private static List<String> buys(ShopProcess shop) {
    var buyer = Shopper.signedUp(shop);
    var vase = buyer.offers("Vase", "38", 100);
    var orders =
        IntStream.range(0, ORDERS)
            .mapToObj(_ -> buyer.orders(vase, 1).json(201).get("id").asText())
            .toList();
    for (var order : orders) {
      var body = json().put("orderId", order).put("token", "tok_visa");
      assertThat(buyer.post("/api/payments", body).json(201).get("status").asText())
          .isEqualTo("paid");
    }
    Shopper.operator(shop).post("/api/payments/" + orders.getFirst() + "/refund", json()).json(200);
    return orders;
  }

  private static void assertBooks(ShopProcess shop, List<String> orders) {
    var operator = Shopper.operator(shop);
    await()
        .untilAsserted(() -> {
          var report = Reconciliation.of(operator);
          assertThat(report.get("found").asInt()).as("%s", report).isZero();
          assertThat(report.get("charges").asInt()).as("%s", report).isEqualTo(ORDERS);
          assertThat(report.get("ofOtherShops").asInt()).as("%s", report).isEqualTo(ORDERS + 1);
          assertThat(report.at("/foreignCharges/charges").asInt()).isZero();
          assertThat(report.at("/trialBalance/USD/provider").asDouble()).isEqualTo(4 * 38);
          assertThat(report.at("/trialBalance/USD/difference").isNumber()).isTrue();
          assertThat(report.at("/trialBalance/USD/difference").asDouble()).isZero();
        });
    for (var order : orders) {
      var payment = operator.get("/api/payments/" + order + "/status").json(200);
      assertThat(payment.get("status").asText())
          .isEqualTo(order.equals(orders.getFirst()) ? "refunded" : "paid");
    }
    assertThat(shop.metric("boutique_waiting_notices")).isZero();
    assertThat(shop.metric("boutique_payments_others_messages_total")).isGreaterThan(ORDERS);
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
