package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Paying")
@Timeout(300)
class PayingIT {
  private static final Duration AT_MOST = Duration.ofSeconds(1);

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper seller;
  private static Shopper operator;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR);
    seller = Shopper.signedUp(shop);
    operator = Shopper.operator(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("makes an order complete, within a second")
  void pays() {
    var buyer = Shopper.signedUp(shop);
    var product = seller.offers("iPhone", "999", 5);
    var order = placed(buyer, product);

    var payment = pays(buyer, order, "tok_visa").json(201);

    assertThat(payment.get("id").asText()).isNotBlank();
    assertThat(payment.get("orderId").asText()).isEqualTo(order);
    assertThat(payment.get("stripeId").asText()).isNotBlank();
    assertThat(payment.get("status").asText()).isEqualTo("paid");
    await()
        .atMost(AT_MOST)
        .untilAsserted(() -> {
          var complete = buyer.order(order).json(200);
          assertThat(complete.get("status").asText()).isEqualTo("complete");
          assertThat(complete.get("paymentStatus").asText()).isEqualTo("paid");
        });
    assertThat(seller.stock(product)).isEqualTo(4);
    assertThat(status(buyer, order).get("status").asText()).isEqualTo("paid");
  }

  @Test
  @DisplayName("is seen at once in the order, the cart and the stock by whoever waits until it is")
  void projected() {
    var buyer = Shopper.signedUp(shop);
    var wait = new String[] {"Prefer", "wait=projected"};
    var payment = "";
    for (var i = 1; i <= 40; i++) {
      var product = seller.offers("Spoon " + i, "4", 5);
      buyer.puts(product, 1).json(200);
      var order = placed(buyer, product);

      var body = json().put("orderId", order).put("token", "tok_visa");
      var paid = buyer.post("/api/payments", body, wait);

      var complete = buyer.order(order).json(200);
      var cart = buyer.get("/api/cart").json(200);
      assertThat(paid.json(201).get("status").asText()).isEqualTo("paid");
      assertThat(paid.header("Preference-Applied")).contains("wait=projected");
      assertThat(complete.get("status").asText()).as("order %d", i).isEqualTo("complete");
      assertThat(complete.get("paymentStatus").asText()).isEqualTo("paid");
      assertThat(cart.get("items")).as("cart %d", i).isEmpty();
      assertThat(buyer.stock(product)).isEqualTo(4);
      payment = "/api/payments/" + order;
    }
    var listed = buyer.orders().getFirst();
    assertThat(listed.get("status").asText()).isEqualTo("complete");

    var refunded = operator.post(payment + "/refund", json(), wait);

    assertThat(refunded.header("Preference-Applied")).contains("wait=projected");
    assertThat(buyer.orders().getFirst().get("paymentStatus").asText()).isEqualTo("refunded");
    assertThat(buyer.stock(listed.at("/items/0/productId").asText())).isEqualTo(5);
  }

  @Test
  @DisplayName("held is seen at once where it is waited for, and so is what becomes of it")
  void projectedHold() {
    var buyer = Shopper.signedUp(shop);
    var wait = new String[] {"Prefer", "wait=projected"};
    for (var change : List.of("capture", "cancel")) {
      var order = placed(buyer, seller.offers("Fork", "4", 5));
      var body = json().put("orderId", order).put("token", "tok_visa").put("capture", "later");

      var held = buyer.post("/api/payments", body, wait);
      assertThat(held.header("Preference-Applied")).contains("wait=projected");
      assertThat(paymentStatus(buyer, order)).isEqualTo("authorized");

      var after = operator.post("/api/payments/" + order + "/" + change, json(), wait);
      assertThat(after.header("Preference-Applied")).contains("wait=projected");
      assertThat(paymentStatus(buyer, order))
          .isEqualTo(change.equals("capture") ? "paid" : "awaiting");
    }
  }

  private static String paymentStatus(Shopper buyer, String order) {
    return buyer.order(order).json(200).get("paymentStatus").asText();
  }

  @Test
  @DisplayName("twice is the first answer")
  void twice() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Vase", "38", 5));
    var first = pays(buyer, order, "tok_visa").json(201);

    assertThat(pays(buyer, order, "tok_mastercard").json(201)).isEqualTo(first);
  }

  @Test
  @DisplayName("with a bad card says why, takes nothing, and can be done with another")
  void declined() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Lamp", "40", 5));

    pays(buyer, order, "tok_chargeDeclined").problem(402, "payment.declined");
    pays(buyer, order, "tok_chargeDeclinedInsufficientFunds").problem(402, "payment.declined");
    pays(buyer, order, "tok_nobody").problem(422, "payment.method-unknown");

    assertThat(pays(buyer, order, "tok_visa").json(201).get("status").asText()).isEqualTo("paid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5105105105105100",
        "5105 1051 0510 5100",
        "5105-1051-0510-5100",
        "510510510510",
        "5105105105105105100",
        "tok_5105105105105100",
        "pm_5105_1051_0510_5100"
      })
  @DisplayName("with the number of a card is refused before anything is written, and not repeated")
  void numbers(String number) {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Ring", "70", 5));
    var token = json().put("token", number);

    var answers =
        List.of(
            pays(buyer, order, number),
            buyer.post("/api/payments/stripe/payment-method", token),
            buyer.post("/api/payments/" + order + "/stripe", token));

    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.problem(400, "request.invalid").at("/errors/0/field").asText())
              .isEqualTo("token");
          assertThat(answer.response().body()).doesNotContain(number);
        });
    buyer.get("/api/payments/" + order + "/status").problem(404, "payment.not-found");
    assertThat(Stream.concat(shop.program().out().stream(), shop.program().err().stream()))
        .noneMatch(line -> line.contains(number));
  }

  @Test
  @DisplayName("for somebody else's order, or one that is over, is refused")
  void refused() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Rug", "99", 5));
    pays(Shopper.signedUp(shop), order, "tok_visa").problem(404, "order.not-found");

    buyer.cancels(order).json(200);

    pays(buyer, order, "tok_visa").problem(409, "order.not-payable");
  }

  @Test
  @DisplayName("for an order that has expired is refused")
  void expired(@TempDir Path elsewhere) {
    try (var hasty = ShopProcess.open(elsewhere, "--orders.paymentWindow=1s")) {
      var buyer = Shopper.signedUp(hasty);
      var order = buyer.orders(buyer.offers("Rug", "99", 5), 1).json(201).get("id").asText();
      await()
          .untilAsserted(() ->
              assertThat(buyer.order(order).json(200).path("cancelledBecause").asText())
                  .isEqualTo("expired"));

      pays(buyer, order, "tok_visa").problem(409, "order.not-payable");
    }
  }

  @Test
  @DisplayName("in time may be proved after it, also when another card was tried then in vain")
  void provedLate(@TempDir Path elsewhere) {
    try (var hasty = ShopProcess.open(elsewhere, "--orders.paymentWindow=3s")) {
      var buyer = Shopper.signedUp(hasty);
      var rug = buyer.offers("Rug", "99", 5);
      var order = buyer.orders(rug, 1).json(201);
      var id = order.get("id").asText();
      pays(buyer, id, "tok_threeDSecure2Required").json(201);
      var deadline = Instant.parse(order.get("expiresAt").asText());
      await().until(() -> Instant.now().isAfter(deadline));

      pays(buyer, id, "tok_mastercard").problem(409, "order.not-payable");

      var confirm = "/api/payments/" + id + "/stripe";
      assertThat(buyer.post(confirm, json()).json(200).get("status").asText()).isEqualTo("paid");
      await()
          .untilAsserted(() ->
              assertThat(buyer.order(id).json(200).get("status").asText()).isEqualTo("complete"));
    }
  }

  @Test
  @DisplayName("for what costs nothing any more asks nobody for anything, and completes it")
  void nothingToPay() {
    var buyer = Shopper.signedUp(shop);
    operator.post("/api/discounts", json().put("code", "GIFT").put("percent", 100)).json(201);
    var body = Shopper.order(Map.of(seller.offers("Card", "3", 5), 1L));
    body.putArray("vouchers").add("GIFT");
    var order = buyer.post("/api/orders", body).json(201);
    assertThat(order.get("total").asDouble()).isZero();

    assertThat(pays(buyer, order.get("id").asText(), "tok_visa").json(201).get("status").asText())
        .isEqualTo("paid");

    await()
        .untilAsserted(() ->
            assertThat(buyer.order(order.get("id").asText()).json(200).get("status").asText())
                .isEqualTo("complete"));
  }

  @Test
  @DisplayName("can be opened first, and be proved where the bank wants that")
  void opened() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Board", "25", 5));
    var id = pays(buyer, order, null).json(201).get("id").asText();
    assertThat(status(buyer, id).get("status").asText()).isEqualTo("open");
    var confirm = "/api/payments/" + id + "/stripe";

    var asked = buyer.post(confirm, json().put("token", "tok_threeDSecure2Required")).json(200);
    assertThat(asked.get("status").asText()).isEqualTo("action-required");
    assertThat(asked.get("action").asText()).isNotBlank();

    assertThat(buyer.post(confirm, json()).json(200).get("status").asText()).isEqualTo("paid");
  }

  @Test
  @DisplayName("with another card instead of proving the first is done with that one, at once")
  void another() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Pot", "25", 5));
    var asked = pays(buyer, order, "tok_threeDSecure2Required").json(201);
    assertThat(asked.get("status").asText()).isEqualTo("action-required");
    assertThat(pays(buyer, order, "tok_threeDSecure2Required").json(201)).isEqualTo(asked);

    var paid = pays(buyer, order, "tok_visa").json(201);

    assertThat(paid.get("status").asText()).isEqualTo("paid");
    assertThat(paid.get("stripeId")).isNotEqualTo(asked.get("stripeId"));
    assertThat(status(buyer, order).get("stripeId")).isEqualTo(paid.get("stripeId"));
  }

  @Test
  @DisplayName("later is to have the money held, and taken by an operator")
  void capturedLater() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Cup", "9", 5));
    var body = json().put("orderId", order).put("token", "tok_visa").put("capture", "later");
    var held = buyer.post("/api/payments", body).json(201);
    assertThat(held.get("status").asText()).isEqualTo("authorized");
    var capture = "/api/payments/" + order + "/capture";
    buyer.post(capture, json()).problem(403, "role.required");

    assertThat(operator.post(capture, json()).json(200).get("status").asText()).isEqualTo("paid");
  }

  @Test
  @DisplayName("later can be done in another way, when the money that was held is let go of")
  void paidOtherwise() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Bowl", "9", 5));
    var body = json().put("orderId", order).put("token", "tok_visa").put("capture", "later");
    buyer.post("/api/payments", body).json(201);
    buyer.post("/api/payments/" + order + "/cancel", json()).json(200);

    var paid = pays(buyer, order, "tok_mastercard").json(201);

    assertThat(paid.get("status").asText()).isEqualTo("paid");
    await()
        .untilAsserted(() ->
            assertThat(buyer.order(order).json(200).get("status").asText()).isEqualTo("complete"));
  }

  @Test
  @DisplayName("later is said with the card, also where the payment was opened first")
  void openedForLater() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Saucer", "9", 5));
    var later = json().put("orderId", order).put("capture", "later");
    buyer.post("/api/payments", later).problem(400, "request.invalid");
    var id = pays(buyer, order, null).json(201).get("id").asText();
    var confirm = "/api/payments/" + id + "/stripe";
    buyer.post(confirm, json().put("capture", "later")).problem(400, "request.invalid");

    var body = json().put("token", "tok_visa").put("capture", "later");
    var held = buyer.post(confirm, body).json(200);

    assertThat(held.get("status").asText()).isEqualTo("authorized");
  }

  @Test
  @DisplayName("is not undone, captured or called off by whoever has seen an older state of it")
  void stale() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Jug", "20", 5));
    pays(buyer, order, null).json(201);
    var payment = "/api/payments/" + order;
    var opened = buyer.get(payment + "/status").headed("ETag");
    var body = json().put("token", "tok_visa").put("capture", "later");
    var held = buyer.post(payment + "/stripe", body).headed("ETag");
    for (var change : List.of("/cancel", "/capture")) {
      operator.post(payment + change, json(), "If-Match", opened).problem(412, "version.stale");
    }
    assertThat(status(buyer, order).get("status").asText()).isEqualTo("authorized");

    var paid = operator.post(payment + "/capture", json(), "If-Match", held);
    assertThat(paid.json(200).get("status").asText()).isEqualTo("paid");
    operator.post(payment + "/refund", json(), "If-Match", held).problem(412, "version.stale");
    assertThat(status(buyer, order).get("status").asText()).isEqualTo("paid");
    var back = operator.post(payment + "/refund", json(), "If-Match", paid.headed("ETag"));
    assertThat(back.json(200).get("status").asText()).isEqualTo("refunded");
  }

  @Test
  @DisplayName("does nothing that was not asked for: money is taken, and let go of, whole")
  void partly() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Clock", "99.99", 5));
    var request = "/api/orders/" + order + "/payment/request";
    var part = json().put("amount", 50);
    buyer.post(request, part).problem(400, "request.invalid");
    var body = json().put("orderId", order).put("token", "tok_visa").put("capture", "later");
    buyer.post("/api/payments", body).json(201);
    var payment = "/api/payments/" + order;

    operator.post(payment + "/capture", part).problem(400, "request.invalid");
    operator.post(payment + "/cancel", part).problem(400, "request.invalid");

    assertThat(status(buyer, order).get("status").asText()).isEqualTo("authorized");
    var paid = operator.send(operator.to(payment + "/capture").POST(BodyPublishers.noBody()));
    assertThat(paid.json(200).get("status").asText()).isEqualTo("paid");
  }

  @Test
  @DisplayName("can be undone by operators, in parts, and never beyond what was paid")
  void refunded() {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Sofa", "20", 5));
    pays(buyer, order, "tok_visa").json(201);
    var refund = "/api/payments/" + order + "/refund";
    buyer.post(refund, json()).problem(403, "role.required");

    for (var amount : List.of(-1, 0)) {
      var wrong = operator.post(refund, json().put("amount", amount));
      assertThat(wrong.problem(400, "request.invalid").at("/errors/0/message").asText())
          .isEqualTo("must be more than 0");
    }
    operator.post(refund, json().put("amount", 20.01)).problem(422, "payment.refund-too-much");
    var euros = json().put("amount", 1).put("currency", "EUR");
    operator.post(refund, euros).problem(422, "payment.refund-currency");
    operator.post(refund, euros.without("amount")).problem(422, "payment.refund-currency");
    assertThat(status(buyer, order).get("status").asText()).isEqualTo("paid");
    var part = operator.post(refund, json().put("amount", 7.5)).json(200);
    assertThat(part.get("status").asText()).isEqualTo("partially-refunded");
    assertThat(part.get("refunded").decimalValue()).isEqualByComparingTo("7.5");
    var rest = operator.post(refund, json()).json(200);

    assertThat(rest.get("status").asText()).isEqualTo("refunded");
    await()
        .untilAsserted(() ->
            assertThat(buyer.order(order).json(200).get("paymentStatus").asText())
                .isEqualTo("refunded"));
  }

  @Test
  @DisplayName("can be undone in many parts at once, each done when it is answered, to the cent")
  void refundedAtOnce() throws Exception {
    var buyer = Shopper.signedUp(shop);
    var order = placed(buyer, seller.offers("Table", "20", 5));
    pays(buyer, order, "tok_visa").json(201);
    var answers = new ConcurrentLinkedQueue<Answer>();

    Race.of(
        Race.attempts(16),
        n ->
            answers.add(
                operator.post(
                    "/api/payments/" + order + "/refund",
                    json().put("amount", 2),
                    "Idempotency-Key",
                    "part-" + n)));

    var after = status(buyer, order);
    assertThat(after.get("status").asText()).isEqualTo("refunded");
    assertThat(after.get("refunded").decimalValue()).isEqualByComparingTo("20");
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(10);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(6)
        .allSatisfy(answer -> answer.problem(422, "payment.refund-too-much"));
  }

  private static String placed(Shopper buyer, String product) {
    return buyer.orders(product, 1).json(201).get("id").asText();
  }

  private static Answer pays(Shopper buyer, String order, @Nullable String token) {
    var body = json().put("orderId", order);
    return buyer.post("/api/payments", token == null ? body : body.put("token", token));
  }

  private static JsonNode status(Shopper buyer, String payment) {
    return buyer.get("/api/payments/" + payment + "/status").json(200);
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
