package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.backends.embedded.SimulatedProvider;
import boutique.invariants.Facts;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.kernel.payment.Charge;
import boutique.language.Money;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A shop that is bought from")
@Timeout(300)
class ReconcilingIT {
  private static final String OPS = "/api/ops/payments/";

  @TempDir Path data;
  private Shopper seller;
  private Shopper operator;

  @Test
  @DisplayName("has books that agree with the provider's and add up to nothing")
  void agrees() throws Exception {
    try (var shop = open()) {
      everything(shop);

      await()
          .untilAsserted(() -> {
            var report = Reconciliation.of(operator);
            assertThat(report.get("found").asInt()).as("%s", report).isZero();
            assertThat(report.get("payments").asInt()).isEqualTo(5);
            assertThat(report.get("charges").asInt()).isEqualTo(6);
            var balance = report.at("/trialBalance/USD");
            assertThat(balance.get("sum").asDouble()).isZero();
            assertThat(balance.get("refunding").asDouble()).isZero();
            assertThat(balance.get("provider").asDouble()).isEqualTo(10 + 12.5);
          });
      assertThat(operator.get(OPS + "discrepancies").json(200).get("items")).isEmpty();
      seller.get(OPS + "reconciliation").problem(403, "role.required");
      seller.get(OPS + "discrepancies").problem(403, "role.required");
      seller.post(OPS + "reconcile", json()).problem(403, "role.required");
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("shows its operators what the provider has and nobody here knows of")
  void stray() throws Exception {
    charges("pi-nobody.1", "pi-nobody");
    try (var shop = open()) {
      operator = Shopper.operator(shop);

      await()
          .untilAsserted(
              () -> assertThat(Reconciliation.of(operator).get("counted").asInt()).isEqualTo(1));

      var found = operator.get(OPS + "discrepancies").json(200).get("items");
      assertThat(found).hasSize(1);
      assertThat(found.at("/0/kind").asText()).isEqualTo("charge-without-payment");
      assertThat(found.at("/0/stripeId").asText()).isEqualTo("sim_pi-nobody.1");
      assertThat(found.at("/0/amount").asDouble()).isEqualTo(19);
      assertThat(found.at("/0/repairedByItself").asBoolean()).isFalse();
      var report = Reconciliation.of(operator);
      assertThat(report.at("/unreconciledAmount/USD").asDouble()).isEqualTo(19);
      assertThat(report.at("/foreignCharges/charges").asInt()).isEqualTo(1);
      assertThat(report.at("/foreignCharges/amount/USD").asDouble()).isEqualTo(19);
      assertThat(report.at("/comparedUntil/charges").asText())
          .isEqualTo(report.get("startedAt").asText());
      assertThat(shop.metrics().lines())
          .contains(
              "unreconciled_amount{currency=\"USD\"} 19.0",
              "stuck_payments 0.0",
              "boutique_discrepancies 1.0");
    }
  }

  @Test
  @DisplayName("counts no more what an operator has closed, and lists it apart")
  void closed() throws Exception {
    charges("pi-nobody.1", "Nobody's order");
    try (var shop = open()) {
      operator = Shopper.operator(shop);
      seller = Shopper.signedUp(shop);
      await()
          .untilAsserted(
              () -> assertThat(Reconciliation.of(operator).get("counted").asInt()).isEqualTo(1));
      var list = OPS + "discrepancies";
      var line = operator.get(list).json(200).at("/items/0");
      assertThat(line.get("state").asText()).isEqualTo("open");
      assertThat(line.get("closing").isNull()).isTrue();
      var one = list + "/" + line.get("id").asText();
      var why = json().put("reason", "It is the booking office's.\nSee there.");

      seller.post(one + "/close", why).problem(403, "role.required");
      seller.post(one + "/reopen", json()).problem(403, "role.required");
      operator.post(list + "/nothing/close", why).problem(404, "discrepancy.not-found");
      operator.post(list + "/nothing/reopen", json()).problem(404, "discrepancy.not-found");
      operator.post(one + "/close", json().put("reason", " ")).problem(400, "request.invalid");

      var closed = operator.post(one + "/close", why, "Prefer", "wait=projected").json(200);
      assertThat(closed.get("state").asText()).isEqualTo("closed");
      assertThat(closed.at("/closing/reason").asText()).isEqualTo(why.get("reason").asText());
      assertThat(closed.at("/closing/by").asText()).isEqualTo(operator.id());
      assertThat(closed.at("/closing/amount").asDouble()).isEqualTo(19);
      assertThat(operator.post(one + "/close", json().put("reason", "Again.")).json(200))
          .as("the first answer")
          .isEqualTo(closed);
      assertThat(operator.get(list).json(200).get("items")).isEmpty();
      assertThat(operator.get(list + "?state=closed").json(200).get("items"))
          .containsExactly(closed);
      var report = Reconciliation.of(operator);
      assertThat(report.get("closed").asInt()).isEqualTo(1);
      assertThat(report.get("counted").asInt()).isZero();
      assertThat(report.get("unreconciledAmount")).isEmpty();
      assertThat(shop.metrics().lines())
          .contains("unreconciled_amount{currency=\"USD\"} 0.0", "boutique_discrepancies 0.0");

      var open = operator.post(one + "/reopen", json(), "Prefer", "wait=projected").json(200);
      assertThat(open).isEqualTo(line);
      assertThat(operator.get(list).json(200).get("items")).containsExactly(line);
      assertThat(operator.get(list + "?state=closed").json(200).get("items")).isEmpty();
      assertThat(Reconciliation.of(operator).get("counted").asInt()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("lists money that does not fit, and has the order paid again when it is back")
  void unfit() {
    try (var stripe = new TinyStripe();
        var shop =
            ShopProcess.open(
                data,
                Shopper.OPERATOR,
                "--payments.reconcile.grace=0ms",
                "--payments.provider=stripe",
                "--payments.stripe.key=sk_test_1",
                "--payments.stripe.url=" + stripe.base())) {
      seller = Shopper.signedUp(shop);
      operator = Shopper.operator(shop);
      var buyer = Shopper.signedUp(shop);
      var order = placed(buyer, "38");
      assertThat(pays(buyer, order, TinyStripe.SHORT).json(201).get("status").asText())
          .isEqualTo("processing");
      await()
          .untilAsserted(
              () -> assertThat(Reconciliation.of(operator).get("counted").asInt()).isEqualTo(1));

      var found = operator.get(OPS + "discrepancies").json(200).get("items");
      assertThat(found).hasSize(1);
      assertThat(found.at("/0/kind").asText()).isEqualTo("amount-differs");
      assertThat(found.at("/0/stripeId").asText()).isEqualTo("pi_1");
      assertThat(found.at("/0/ours/amount").asDouble()).isEqualTo(38);
      assertThat(found.at("/0/theirs/amount").asDouble()).isEqualTo(37.99);
      assertThat(shop.metrics().lines())
          .contains("unreconciled_amount{currency=\"USD\"} 37.99", "stuck_payments 0.0");

      stripe.giveBack();

      await()
          .untilAsserted(() ->
              assertThat(
                      buyer
                          .get("/api/payments/" + order + "/status")
                          .json(200)
                          .get("status")
                          .asText())
                  .isEqualTo("cancelled"));
      await()
          .untilAsserted(
              () -> assertThat(Reconciliation.of(operator).get("found").asInt()).isZero());
      assertThat(pays(buyer, order, "tok_visa").json(201).get("status").asText()).isEqualTo("paid");
    }
  }

  /** Paid, refunded, declined and never paid after all, held and let go, cancelled. */
  private void everything(ShopProcess shop) {
    seller = Shopper.signedUp(shop);
    operator = Shopper.operator(shop);
    var buyer = Shopper.signedUp(shop);
    pays(buyer, placed(buyer, "10"), "tok_visa").json(201);
    var back = placed(buyer, "20");
    pays(buyer, back, "tok_visa").json(201);
    operator.post("/api/payments/" + back + "/refund", json().put("amount", 7.5)).json(200);
    operator.post("/api/payments/" + back + "/refund", json()).json(200);
    var part = placed(buyer, "15");
    pays(buyer, part, "tok_chargeDeclined").problem(402, "payment.declined");
    pays(buyer, part, "tok_visa").json(201);
    operator.post("/api/payments/" + part + "/refund", json().put("amount", 2.5)).json(200);
    pays(buyer, placed(buyer, "30"), "tok_chargeDeclined").problem(402, "payment.declined");
    var held = placed(buyer, "40");
    var later = json().put("orderId", held).put("token", "tok_visa").put("capture", "later");
    buyer.post("/api/payments", later).json(201);
    buyer.cancels(held).json(200);
    await()
        .untilAsserted(() ->
            assertThat(
                    buyer.get("/api/payments/" + held + "/status").json(200).get("status").asText())
                .isEqualTo("cancelled"));
  }

  private ShopProcess open() {
    return ShopProcess.open(data, Shopper.OPERATOR, "--payments.reconcile.grace=0ms");
  }

  /** At the provider, while the shop is closed. */
  private void charges(String key, String payment) throws Exception {
    var database = RocksDatabase.open(data);
    var vertx = Vertx.vertx();
    try {
      new SimulatedProvider(
              vertx, new RocksViews(database), InstantSource.system(), Duration.ZERO, () -> false)
          .charge(
              new Charge(
                  key, payment, "nobody", new Money(1900, "USD"), "tok_visa", false, Instant.now()))
          .await();
    } finally {
      database.close().await();
      vertx.close().await();
    }
  }

  private String placed(Shopper buyer, String price) {
    return buyer.orders(seller.offers("Vase", price, 5), 1).json(201).get("id").asText();
  }

  private static Answer pays(Shopper buyer, String order, String token) {
    return buyer.post("/api/payments", json().put("orderId", order).put("token", token));
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
