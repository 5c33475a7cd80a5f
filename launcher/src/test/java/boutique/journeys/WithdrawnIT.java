package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.kernel.store.Recorded;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Held money whose capture has failed")
@Timeout(300)
class WithdrawnIT {
  private static final String OPS = "/api/ops/payments/";

  @TempDir Path data;
  private Shopper buyer;
  private Shopper operator;

  @Test
  @DisplayName("is let go of when the order is over, and nobody pays for that order any more")
  void letGo() throws Exception {
    try (var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var order = capturing(shop, stripe);

      buyer.cancels(order).json(200);

      pays(order).problem(409, "order.not-payable");
      await().until(() -> status(order).equals("cancelling"));
      pays(order).problem(409, "order.not-payable");

      stripe.recovers();
      await().until(() -> status(order).equals("cancelled"));
      assertThat(state(order)).isEqualTo("cancelled, awaiting");
      pays(order).problem(409, "order.not-payable");
      assertThat(stripe.charged()).isEmpty();
    }
    assertThat(facts())
        .containsExactly(
            "payment.requested",
            "payment.authorized",
            "payment.capture-requested",
            "payment.cancel-requested",
            "payment.cancelled");
    assertKept();
  }

  @Test
  @DisplayName("and was lost in a dispute before it is known to be taken is not given back as well")
  void lost() throws Exception {
    try (var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var order = capturing(shop, stripe);
      stripe.takeWhatIsHeld();
      stripe.loseWhatWasTaken();
      await()
          .untilAsserted(() -> {
            Reconciliation.of(operator);
            assertThat(operator.get("/api/payments/" + order + "/history").json(200).toString())
                .contains("payment.charge-lost");
          });
      assertThat(status(order)).isEqualTo("capturing");

      buyer.cancels(order).json(200);
      stripe.recovers();

      await().untilAsserted(() -> assertThat(order(order).path("lost").asDouble()).isEqualTo(38));
      assertThat(payment(order).get("refunds")).isEmpty();
      await()
          .untilAsserted(
              () -> assertThat(Reconciliation.of(operator).get("found").asInt()).isZero());
    }
    assertThat(facts())
        .containsSequence("payment.created", "payment.lost")
        .doesNotContain("payment.refund-requested");
    assertKept();
  }

  @Test
  @DisplayName("and that is gone with the provider is for people to close when its order is over")
  void gone() throws Exception {
    try (var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var order = capturing(shop, stripe);
      stripe.recovers();
      stripe.forget();

      operator.cancels(order).json(200);

      await()
          .untilAsserted(() -> {
            Reconciliation.of(operator);
            assertThat(found())
                .singleElement()
                .satisfies(line -> {
                  assertThat(line.get("kind").asText()).isEqualTo("payment-stuck");
                  assertThat(line.get("stripeId").asText()).isEqualTo("pi_1");
                  assertThat(line.get("repairedByItself").asBoolean()).isFalse();
                });
          });
      var why = json().put("reason", "Gone with the provider.");
      var line = found().getFirst().get("id").asText();
      operator.post(OPS + "discrepancies/" + line + "/close", why).json(200);
      assertThat(Reconciliation.of(operator).get("counted").asInt()).isZero();
      assertThat(state(order)).isEqualTo("cancelled, awaiting");
    }
    assertThat(facts()).doesNotContain("payment.cancelled", "payment.created");
  }

  private ShopProcess open(TinyStripe stripe) {
    var shop =
        ShopProcess.open(
            data,
            Shopper.OPERATOR,
            "--payments.provider=stripe",
            "--payments.stripe.key=sk_test_1",
            "--payments.stripe.url=" + stripe.base(),
            "--payments.reconcile.grace=0ms");
    buyer = Shopper.signedUp(shop);
    operator = Shopper.operator(shop);
    return shop;
  }

  /** An order whose money is held, and was to be captured while the provider failed. */
  private String capturing(ShopProcess shop, TinyStripe stripe) {
    var vase = Shopper.signedUp(shop).offers("Vase", "38", 5);
    var order = buyer.orders(vase, 1).json(201).get("id").asText();
    var later = json().put("orderId", order).put("token", "pm_card").put("capture", "later");
    buyer.post("/api/payments", later).json(201);
    await().until(() -> state(order).equals("created, authorized"));
    stripe.fails();
    operator.post("/api/payments/" + order + "/capture", json()).json(200);
    assertThat(status(order)).isEqualTo("capturing");
    return order;
  }

  private Answer pays(String order) {
    return buyer.post("/api/payments", json().put("orderId", order).put("token", "pm_card"));
  }

  private List<JsonNode> found() {
    var list = operator.get(OPS + "discrepancies").json(200).get("items");
    return list.valueStream().toList();
  }

  private JsonNode order(String order) {
    return buyer.order(order).json(200);
  }

  private String state(String order) {
    var seen = order(order);
    return seen.get("status").asText() + ", " + seen.get("paymentStatus").asText();
  }

  private JsonNode payment(String order) {
    return operator.get("/api/payments/" + order + "/status").json(200);
  }

  private String status(String order) {
    return payment(order).get("status").asText();
  }

  private List<String> facts() throws Exception {
    return Facts.in(
        data, store -> Facts.of(store, "payments").stream().map(Recorded::type).toList());
  }

  private void assertKept() throws Exception {
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
