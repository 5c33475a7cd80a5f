package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.invariants.Facts;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.invariants.StockInvariants;
import boutique.invariants.VoucherInvariants;
import boutique.kernel.store.Views.Change.Put;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("After it was taken, money")
@Timeout(300)
class AfterwardsIT {
  private static final String OPS = "/api/ops/payments/";
  private static final String SECRET = "whsec_first_0123456789";

  /** Longer than the simulated provider lets a refund of such a card seem to be done. */
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path data;
  private Shopper buyer;
  private Shopper operator;

  @Test
  @DisplayName(
      "that was given back and has not arrived is shown as such, and is given back anew, once")
  void bounces() throws Exception {
    try (var shop = open()) {
      var order = paid(shop, "tok_refundFail");
      operator.post(refund(order), json().put("amount", 7.5)).json(200);
      assertThat(payment(order).at("/refunds/0/status").asText()).isEqualTo("done");

      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            Reconciliation.of(operator);
            assertThat(payment(order).at("/refunds/0/status").asText()).isEqualTo("failed");
          });

      assertThat(payment(order).at("/refunds/0/failure").asText())
          .isEqualTo("expired_or_canceled_card");
      assertThat(payment(order).get("status").asText()).isEqualTo("paid");
      assertThat(payment(order).get("refunded").asDouble()).isZero();
      await()
          .untilAsserted(() ->
              assertThat(buyer.order(order).json(200).get("paymentStatus").asText())
                  .isEqualTo("paid"));
      await()
          .untilAsserted(() -> {
            Reconciliation.of(operator);
            assertThat(found()).containsExactly("refund-failed");
          });

      var again = json().put("amount", 7.5);
      operator.post(refund(order), again, "Idempotency-Key", "anew").json(200);
      operator.post(refund(order), again, "Idempotency-Key", "anew").json(200);
      assertThat(payment(order).get("refunds"))
          .extracting(one -> one.get("status").asText())
          .containsExactly("replaced", "done");
      operator
          .post(refund(order), json().put("amount", 2.51))
          .problem(422, "payment.refund-too-much");
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("for goods that come back in parts is all of it, also where a refund has failed")
  void returnedInParts() throws Exception {
    try (var shop = open()) {
      buyer = Shopper.signedUp(shop);
      operator = Shopper.operator(shop);
      var vase = buyer.offers("Vase", "10", 5);
      var order = paid(vase, 2, "tok_refundFail");
      operator.post("/api/orders/" + order + "/confirm", json()).json(200);
      var shipment = json().put("carrier", "DHL").put("tracking", "JD01");
      operator.post("/api/orders/" + order + "/ship", shipment).json(200);
      operator.post("/api/orders/" + order + "/deliver", json()).json(200);

      comesBack(order, vase);
      await().untilAsserted(() -> assertThat(statusesOfRefunds(order)).containsExactly("done"));
      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            Reconciliation.of(operator);
            assertThat(statusesOfRefunds(order)).containsExactly("failed");
          });
      operator.post(refund(order), json().put("amount", 10)).json(200);
      comesBack(order, vase);

      await()
          .untilAsserted(() ->
              assertThat(statusesOfRefunds(order)).containsExactly("replaced", "done", "done"));
      assertThat(payment(order).get("refunded").asDouble()).isEqualTo(20);
      await()
          .untilAsserted(() ->
              assertThat(buyer.order(order).json(200).get("paymentStatus").asText())
                  .isEqualTo("refunded"));
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  private void comesBack(String order, String product) {
    var back = json();
    back.putArray("items").addObject().put("productId", product).put("quantity", 1);
    operator.post("/api/orders/" + order + "/return", back).json(200);
  }

  private List<String> statusesOfRefunds(String order) {
    return payment(order).get("refunds").findValuesAsText("status");
  }

  @Test
  @DisplayName("that was given back is owed again when the provider tells that it has not arrived")
  void told() throws Exception {
    try (var shop = open()) {
      var order = paid(shop, "tok_refundFail");
      operator.post(refund(order), json()).json(200);
      assertThat(payment(order).get("status").asText()).isEqualTo("refunded");

      var told = new AtomicInteger();
      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            hears(back("evt_" + told.incrementAndGet(), charge(order), order, "failed")).json(200);
            assertThat(payment(order).at("/refunds/0/failure").asText())
                .isEqualTo("expired_or_canceled_card");
          });

      assertThat(payment(order).get("status").asText()).isEqualTo("paid");
      await()
          .untilAsserted(() ->
              assertThat(buyer.order(order).json(200).get("paymentStatus").asText())
                  .isEqualTo("paid"));
      assertThat(buyer.order(order).json(200).get("fulfilmentStatus").asText())
          .isEqualTo("returned");
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName(
      "is where the provider has it, whatever its messages say: of it, of another charge, or in another mode")
  void believed() throws Exception {
    try (var shop = open()) {
      var disputed = paid(shop, "tok_createDispute");
      var order = paid(shop, "tok_visa");
      var held = held();

      hears(back("evt_1", charge(order), order, "failed")).json(200);
      hears(back("evt_2", charge(disputed), order, "succeeded")).json(200);
      hears(back("evt_3", "sim_elsewhere", order, "succeeded").put("livemode", true)).json(200);
      hears(back("evt_4", charge(order), order, "succeeded")).json(200);
      hears(canceled("evt_5", held)).json(200);
      hears(canceled("evt_6", held).put("livemode", true)).json(200);

      tells(disputed).json(200); // the last of them by its name, so it is asked about last
      await().untilAsserted(() -> assertThat(found()).containsExactly("disputed"));
      assertThat(payment(order).get("status").asText()).isEqualTo("paid");
      assertThat(payment(order).get("refunds")).isEmpty();
      assertThat(buyer.order(order).json(200).get("fulfilmentStatus").asText()).isEqualTo("none");
      assertThat(payment(held).get("status").asText()).isEqualTo("authorized");
      operator.post("/api/payments/" + held + "/capture", json()).json(200);
      await()
          .untilAsserted(() ->
              assertThat(buyer.order(held).json(200).get("status").asText()).isEqualTo("complete"));
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("that its payer disputes is listed for operators when the provider tells of it")
  void disputed() throws Exception {
    try (var shop = open()) {
      var order = paid(shop, "tok_createDispute");

      tells(order).json(200);

      await().untilAsserted(() -> assertThat(found()).containsExactly("disputed"));
      assertThat(payment(order).get("status").asText()).isEqualTo("paid");
      assertThat(buyer.order(order).json(200).get("fulfilmentStatus").asText()).isEqualTo("none");
    }
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName(
      "that its payer has back from their bank is lost to the books, the order and the day")
  void lost() throws Exception {
    String order;
    String vase;
    try (var shop = open()) {
      buyer = Shopper.signedUp(shop);
      operator = Shopper.operator(shop);
      operator.post("/api/discounts", json().put("code", "HALF").put("percent", 50)).json(201);
      vase = buyer.offers("Vase", "20", 5);
      var wish = json();
      wish.putArray("items").addObject().put("productId", vase).put("quantity", 1);
      wish.putArray("vouchers").add("HALF");
      order = paid(buyer.post("/api/orders", wish), "tok_createDispute");
    }
    decided(order, "THEIRS");
    try (var shop = open()) {
      operator = Shopper.operator(shop);
      await()
          .untilAsserted(() -> {
            var balance = Reconciliation.of(operator).at("/trialBalance/USD");
            assertThat(balance.at("/disputes").asDouble()).as("%s", balance).isEqualTo(10);
            assertThat(balance.at("/provider").asDouble()).isZero();
            assertThat(balance.at("/sum").asDouble()).isZero();
            assertThat(balance.at("/difference").isNumber()).isTrue();
            assertThat(balance.at("/difference").asDouble()).isZero();
          });
      await().untilAsserted(() -> assertThat(found()).isEmpty());

      assertThat(payment(order).get("status").asText()).isEqualTo("paid");
      assertThat(payment(order).get("lost").asDouble()).isEqualTo(10);
      assertThat(payment(order).at("/disputes/0/status").asText()).isEqualTo("lost");
      operator.post(refund(order), json()).problem(409, "payment.refunded");
      await()
          .untilAsserted(() -> {
            var listed = operator.get("/api/ops/orders").json(200).at("/items/0");
            assertThat(listed.get("id").asText()).isEqualTo(order);
            assertThat(listed.path("lost").asDouble()).isEqualTo(10);
            var marked = operator.get("/api/ops/payments?mark=lost").json(200).get("items");
            assertThat(marked.findValuesAsText("orderId")).containsExactly(order);
            var sold = operator.get("/api/ops/sales").json(200).at("/items/0");
            assertThat(sold.get("revenue").asDouble()).isEqualTo(10);
            assertThat(sold.get("refunds").asDouble()).isZero();
            assertThat(sold.get("losses").asDouble()).isEqualTo(10);
          });
      callsOff(order, vase);
    }
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, VoucherInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
  }

  /** Nobody sends what nobody pays for: it goes back on the shelf, and no money with it. */
  private void callsOff(String order, String vase) {
    var path = "/api/orders/" + order;
    operator.post(path + "/confirm", json()).problem(409, "order.nothing-left");
    assertThat(operator.stock(vase)).isEqualTo(4);

    operator.cancels(order).json(200);
    operator.cancels(order).json(200);

    await().untilAsserted(() -> assertThat(operator.stock(vase)).isEqualTo(5));
    await()
        .untilAsserted(() ->
            assertThat(operator.get("/api/discounts/HALF").json(200).get("used").asLong())
                .isZero());
    var over = operator.get(path).json(200);
    assertThat(over.get("status").asText()).isEqualTo("complete");
    assertThat(over.get("paymentStatus").asText()).isEqualTo("paid");
    assertThat(over.get("fulfilmentStatus").asText()).isEqualTo("returned");
    assertThat(payment(order).get("refunds")).isEmpty();
    operator.post(path + "/confirm", json()).problem(409, "order.wrong-stage");
    Reconciliation.of(operator);
    assertThat(found()).isEmpty();
  }

  /** The bank has decided, while nobody was there. */
  private void decided(String order, String verdict) throws Exception {
    var database = RocksDatabase.open(data);
    try {
      var views = new RocksViews(database);
      var book = views.get("simulated.charges", order + ".1").await();
      views
          .write(List.of(new Put("simulated.charges", order + ".1", book.put("verdict", verdict))))
          .await();
    } finally {
      database.close().await();
    }
  }

  private ShopProcess open() {
    return ShopProcess.open(
        data,
        Shopper.OPERATOR,
        "--payments.webhookSecret=" + SECRET,
        "--payments.reconcile.grace=0ms");
  }

  private String paid(ShopProcess shop, String token) {
    buyer = Shopper.signedUp(shop);
    operator = Shopper.operator(shop);
    return paid(buyer.offers("Vase", "10", 5), 1, token);
  }

  private String paid(String product, int quantity, String token) {
    return paid(buyer.orders(product, quantity), token);
  }

  private String paid(Answer placed, String token) {
    var order = placed.json(201).get("id").asText();
    buyer.post("/api/payments", json().put("orderId", order).put("token", token)).json(201);
    await()
        .untilAsserted(() ->
            assertThat(buyer.order(order).json(200).get("status").asText()).isEqualTo("complete"));
    return order;
  }

  /** An order of the same buyer's, whose money is only held. */
  private String held() {
    var order = buyer.orders(buyer.offers("Vase", "10", 5), 1).json(201).get("id").asText();
    var later = json().put("orderId", order).put("token", "tok_visa").put("capture", "later");
    buyer.post("/api/payments", later).json(201);
    assertThat(payment(order).get("status").asText()).isEqualTo("authorized");
    return order;
  }

  private static String charge(String order) {
    return "sim_" + order + ".1";
  }

  private JsonNode payment(String order) {
    return operator.get("/api/payments/" + order + "/status").json(200);
  }

  private static String refund(String order) {
    return "/api/payments/" + order + "/refund";
  }

  private Set<String> found() {
    var items = operator.get(OPS + "discrepancies").json(200).get("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.get("kind").asText())
        .collect(Collectors.toSet());
  }

  /** Money goes back, or does not. */
  private static ObjectNode back(String id, String charge, String order, String status) {
    var type = status.equals("failed") ? "refund.failed" : "refund.created";
    var event = json().put("id", id).put("type", type).put("livemode", false);
    event
        .putObject("data")
        .putObject("object")
        .put("id", "sim_re_" + order + ".2")
        .put("amount", 1000)
        .put("currency", "usd")
        .put("status", status)
        .put("payment_intent", charge)
        .putObject("metadata")
        .put("payment", order);
    return event;
  }

  private static ObjectNode canceled(String id, String order) {
    var event = json().put("id", id).put("type", "payment_intent.canceled").put("livemode", false);
    event
        .putObject("data")
        .putObject("object")
        .put("id", charge(order))
        .putObject("metadata")
        .put("payment", order)
        .put("key", order + ".1");
    return event;
  }

  /** A dispute says which charge it is about, and nothing of ours. */
  private Answer tells(String order) {
    var event = json().put("id", "evt_9").put("type", "charge.dispute.created");
    event
        .put("livemode", false)
        .putObject("data")
        .putObject("object")
        .put("id", "dp_1")
        .put("payment_intent", charge(order))
        .putObject("metadata");
    return hears(event);
  }

  private Answer hears(JsonNode event) {
    var time = Long.toString(Instant.now().getEpochSecond());
    var signature = "t=" + time + ",v1=" + mac(time + "." + event);
    return buyer.post("/api/payments/stripe/webhook", event, "Stripe-Signature", signature);
  }

  private static String mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
