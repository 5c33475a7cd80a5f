package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.PaymentInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What was paid with another provider than is in use now")
@Timeout(300)
class OtherBooksIT {
  private static final String OPS = "/api/ops/payments/";
  private static final String BUYER = "buyer@example.com";

  @TempDir Path data;
  private Shopper buyer;
  private Shopper operator;
  private String vase;

  @Test
  @DisplayName(
      "is counted apart, is no error, and nothing of it is asked of the provider that is in use")
  void elsewhere() throws Exception {
    String paid;
    String held;
    String delivered;
    try (var shop = ShopProcess.open(data, Shopper.OPERATOR, "--payments.reconcile.grace=0ms")) {
      buyer = Shopper.signedUp(shop, BUYER);
      operator = Shopper.operator(shop);
      vase = Shopper.signedUp(shop).offers("Vase", "10", 9);
      paid = pays(json().put("token", "tok_visa"));
      held = pays(json().put("token", "tok_visa").put("capture", "later"));
      delivered = pays(json().put("token", "tok_visa"));
      operator.post("/api/payments/" + paid + "/refund", json().put("amount", 2.5)).json(200);
      for (var step : new String[] {"confirm", "ship", "deliver"}) {
        var parcel = json().put("carrier", "DHL").put("tracking", "1");
        var said = step.equals("ship") ? parcel : json();
        var path = "/api/orders/" + delivered + "/" + step;
        await().until(() -> operator.post(path, said).status() == 200);
      }
      agrees();
      assertThat(Reconciliation.of(operator).at("/otherBooks/payments").asInt()).isZero();
      assertThat(inOtherBooks()).isEmpty();
    }

    try (var stripe = new TinyStripe();
        var shop =
            ShopProcess.open(
                data,
                Shopper.OPERATOR,
                "--payments.reconcile.grace=0ms",
                "--payments.provider=stripe",
                "--payments.stripe.key=sk_test_1",
                "--payments.stripe.url=" + stripe.base())) {
      buyer = Shopper.stranger(shop);
      buyer.signsIn(BUYER);
      operator = Shopper.operator(shop);
      pays(json().put("token", "pm_card"));
      lists("hold-left");

      var report = Reconciliation.of(operator);
      assertThat(report.at("/otherBooks/payments").asInt()).isEqualTo(3);
      assertThat(report.at("/otherBooks/amount/USD").asDouble()).isEqualTo(27.5);
      assertThat(inOtherBooks()).containsExactlyInAnyOrder(paid, held, delivered);
      assertThat(report.at("/trialBalance/USD/sum").asDouble()).isZero();
      assertThat(report.at("/trialBalance/USD/difference").asDouble()).isZero();
      operator
          .post("/api/payments/" + paid + "/refund", json())
          .problem(409, "payment.other-books");
      operator
          .post("/api/payments/" + held + "/capture", json())
          .problem(409, "payment.other-books");
      buyer.post("/api/payments/" + held + "/cancel", json()).problem(409, "payment.other-books");
      assertThat(payment(paid).get("status").asText()).isEqualTo("partially-refunded");
      assertThat(payment(held).get("status").asText()).isEqualTo("authorized");

      var items = json();
      items.putArray("items").addObject().put("productId", vase).put("quantity", 1);
      operator.post("/api/orders/" + delivered + "/return", items).json(200);
      lists("hold-left", "refund-failed");
      assertThat(payment(delivered).at("/refunds/0/failure").asText()).isEqualTo("other_books");

      buyer.post("/api/orders/" + held + "/cancel", json()).json(200);
      lists("hold-left", "refund-failed");
      assertClosed("hold-left");
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("and of which nobody knows what became is people's, who may close it")
  void underWay() throws Exception {
    String paid;
    try (var stripe = new TinyStripe();
        var line = new SilentLine(stripe.base());
        var shop =
            ShopProcess.open(
                data,
                Shopper.OPERATOR,
                "--payments.provider=stripe",
                "--payments.stripe.key=sk_test_1",
                "--payments.stripe.url=" + line.base())) {
      buyer = Shopper.signedUp(shop, BUYER);
      operator = Shopper.operator(shop);
      vase = Shopper.signedUp(shop).offers("Vase", "10", 9);
      paid = pays(json().put("token", "pm_card"));
      line.silence();
      operator.post("/api/payments/" + paid + "/refund", json().put("amount", 2.5)).json(200);
      assertThat(payment(paid).at("/refunds/0/status").asText()).isEqualTo("asked");
    }

    try (var shop = ShopProcess.open(data, Shopper.OPERATOR, "--payments.reconcile.grace=0ms")) {
      operator = Shopper.operator(shop);
      lists("payment-stuck");
      var found = assertClosed("payment-stuck");
      assertThat(found.get("repairedByItself").asBoolean()).isFalse();
      assertThat(found.get("stripeId").asText()).isEqualTo("pi_1");
    }
  }

  /** By the people whose it is. */
  private JsonNode assertClosed(String kind) {
    var list = OPS + "discrepancies";
    for (var found : operator.get(list).json(200).get("items")) {
      if (found.get("kind").asText().equals(kind)) {
        var why = json().put("reason", "Seen to at the other desk.");
        operator.post(list + "/" + found.get("id").asText() + "/close", why).json(200);
        return found;
      }
    }
    throw new AssertionError("no " + kind);
  }

  private void lists(String... kinds) {
    await()
        .untilAsserted(() -> {
          Reconciliation.of(operator);
          assertThat(found()).containsExactlyInAnyOrder(kinds);
        });
  }

  private void agrees() {
    await()
        .untilAsserted(() -> {
          var report = Reconciliation.of(operator);
          assertThat(report.get("found").asInt()).as("%s", report).isZero();
          assertThat(report.get("unanswered").asInt()).as("%s", report).isZero();
        });
  }

  /** Completed when its order knows. */
  private String pays(ObjectNode payment) {
    var order = buyer.orders(vase, 1).json(201).get("id").asText();
    buyer.post("/api/payments", payment.put("orderId", order)).json(201);
    if (!payment.has("capture")) {
      await().until(() -> buyer.order(order).json(200).get("status").asText().equals("complete"));
    }
    return order;
  }

  private JsonNode payment(String order) {
    return operator.get("/api/payments/" + order + "/status").json(200);
  }

  /** As operators are told before they try anything. */
  private List<String> inOtherBooks() {
    return StreamSupport.stream(
            operator.get("/api/ops/payments").json(200).get("items").spliterator(), false)
        .filter(one -> one.get("otherBooks").asBoolean())
        .map(one -> one.get("id").asText())
        .toList();
  }

  private Iterable<String> found() {
    return operator.get(OPS + "discrepancies").json(200).get("items").findValuesAsText("kind");
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
