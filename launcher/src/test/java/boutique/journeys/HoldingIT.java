package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.CartInvariants;
import boutique.invariants.Facts;
import boutique.invariants.OrderInvariants;
import boutique.invariants.PaymentInvariants;
import boutique.invariants.StockInvariants;
import boutique.invariants.VoucherInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An order whose money is held")
@Timeout(300)
class HoldingIT {
  private static final Duration WITHIN = Duration.ofSeconds(8);
  private static final int RACING = 30;
  private static final int PRICE = 40;
  private static final long SPREAD_MILLIS = 30;

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper operator;
  private static Shopper seller;

  @BeforeAll
  static void open() {
    shop =
        ShopProcess.open(
            data,
            Unlimited.and(
                Shopper.OPERATOR,
                "--orders.paymentWindow=3s",
                "--payments.captureWithin=" + WITHIN.toSeconds() + "s",
                "--payments.reconcile.grace=0ms"));
    operator = Shopper.operator(shop);
    seller = Shopper.signedUp(shop);
  }

  /** The books agree, and nothing that was promised is broken. */
  @AfterAll
  static void close() throws Exception {
    try {
      await()
          .untilAsserted(() -> {
            operator.post("/api/ops/payments/reconcile", json());
            var report = operator.get("/api/ops/payments/reconciliation").json(200);
            assertThat(report.get("found").asInt()).as("%s", report).isZero();
          });
    } finally {
      shop.close();
    }
    assertThat(Facts.in(data, OrderInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, CartInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, VoucherInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName(
      "outlives the time to pay, is out of its cart, and is shipped when the money is captured")
  void placed() {
    var buyer = Shopper.signedUp(shop);
    var mug = seller.offers("Mug", "8", 5);
    var pot = seller.offers("Pot", "25", 5);
    buyer.puts(mug, 2).json(200);
    var order = buyer.post("/api/orders", json()).json(201).get("id").asText();
    buyer.puts(pot, 1).problem(409, "cart.locked");

    hold(buyer, order);

    var held = heldBy(buyer, order);
    var until = Instant.parse(held.get("captureUntil").asText());
    assertThat(until)
        .isBetween(
            Instant.parse(held.get("createdAt").asText()).plus(WITHIN), Instant.now().plus(WITHIN));
    await()
        .untilAsserted(() -> assertThat(buyer.get("/api/cart").json(200).get("items")).isEmpty());
    buyer.puts(pot, 1).json(200);
    assertThat(seller.stock(mug)).isEqualTo(3);
    var ship = json().put("carrier", "DHL").put("tracking", "JD01");
    operator.post("/api/orders/" + order + "/confirm", json()).problem(409, "order.wrong-stage");
    operator.post("/api/orders/" + order + "/ship", ship).problem(409, "order.wrong-stage");

    var unpaid = buyer.orders(pot, 1).json(201).get("id").asText();
    await().untilAsserted(() -> assertThat(state(buyer, unpaid)).isEqualTo("cancelled, awaiting"));
    assertThat(state(buyer, order)).isEqualTo("created, authorized");

    capture(order).json(200);

    await().untilAsserted(() -> assertThat(state(buyer, order)).isEqualTo("complete, paid"));
    assertThat(buyer.order(order).json(200).has("captureUntil")).isFalse();
    operator.post("/api/orders/" + order + "/confirm", json()).json(200);
    operator.post("/api/orders/" + order + "/ship", ship).json(200);
    await()
        .untilAsserted(() -> assertThat(buyer.get("/api/cart").json(200).get("items")).hasSize(1));
  }

  @Test
  @DisplayName("that nobody captures in time is over: everything is free again, and the money too")
  void letGo() {
    var buyer = Shopper.signedUp(shop);
    var code = "HELD-" + buyer.id().substring(30).toUpperCase(Locale.ROOT);
    operator.post("/api/discounts", json().put("code", code).put("percent", 10)).json(201);
    var mug = seller.offers("Mug", "8", 5);
    buyer.puts(mug, 2).json(200);
    buyer.post("/api/cart/vouchers", json().put("code", code)).json(200);
    var order = buyer.post("/api/orders", json()).json(201).get("id").asText();
    hold(buyer, order);
    var until = Instant.parse(heldBy(buyer, order).get("captureUntil").asText());
    assertThat(used(code)).isOne();

    await().untilAsserted(() -> assertThat(state(buyer, order)).isEqualTo("cancelled, awaiting"));

    assertThat(Instant.now()).isAfterOrEqualTo(until);
    assertThat(buyer.order(order).json(200).get("cancelledBecause").asText()).isEqualTo("expired");
    assertThat(Instant.parse(buyer.order(order).json(200).get("captureUntil").asText()))
        .as("who reads it knows that the buyer did their part")
        .isEqualTo(until);
    await().untilAsserted(() -> assertThat(payment(order)).isEqualTo("cancelled"));
    await().untilAsserted(() -> assertThat(seller.stock(mug)).isEqualTo(5));
    await().untilAsserted(() -> assertThat(used(code)).isZero());
    capture(order).problem(409, "payment.not-authorized");
    assertThat(buyer.get("/api/cart").json(200).get("items")).isEmpty();
  }

  @Test
  @DisplayName("and let go of by people after the time to pay, is over as one that had its money")
  void letGoByPeople() {
    var buyer = Shopper.signedUp(shop);
    var order = buyer.orders(seller.offers("Mug", "8", 5), 2).json(201).get("id").asText();
    hold(buyer, order);
    var held = heldBy(buyer, order);
    var until = held.get("captureUntil").asText();
    var expiresAt = Instant.parse(held.get("expiresAt").asText());
    await().until(() -> Instant.now().isAfter(expiresAt));

    operator.post("/api/payments/" + order + "/cancel", json()).json(200);

    await().untilAsserted(() -> assertThat(state(buyer, order)).isEqualTo("cancelled, awaiting"));
    var over = buyer.order(order).json(200);
    assertThat(over.get("cancelledBecause").asText()).isEqualTo("expired");
    assertThat(over.path("captureUntil").asText()).isEqualTo(until);
    await()
        .untilAsserted(() -> {
          var listed = buyer.orders().getFirst();
          assertThat(state(listed)).isEqualTo("cancelled, awaiting");
          assertThat(listed.path("captureUntil").asText()).isEqualTo(until);
        });
  }

  @Test
  @DisplayName("is cancelled by its buyer, or by an operator: the money is let go of")
  void cancelled() {
    for (var canceller : List.of("the buyer", "an operator")) {
      var buyer = Shopper.signedUp(shop);
      var mug = seller.offers("Mug", "8", 5);
      var order = buyer.orders(mug, 2).json(201).get("id").asText();
      hold(buyer, order);

      (canceller.equals("the buyer") ? buyer : operator).cancels(order).json(200);

      await().untilAsserted(() -> assertThat(payment(order)).isEqualTo("cancelled"));
      await().untilAsserted(() -> assertThat(seller.stock(mug)).isEqualTo(5));
      assertThat(state(buyer, order)).isEqualTo("cancelled, awaiting");
    }
  }

  @Test
  @DisplayName("and captured in the very moment of its end is bought, or over with nothing taken")
  void atTheDeadline() throws Exception {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "" + PRICE, RACING);

    var answers = capturedAtTheirDeadlines(buyer, vase);

    assertThat(answers).extracting(Answer::status).isSubsetOf(200, 409);
    await()
        .untilAsserted(() ->
            assertThat(buyer.orders())
                .hasSize(RACING)
                .extracting(order -> state(order))
                .isSubsetOf("complete, paid", "cancelled, awaiting"));
    var bought =
        buyer.orders().stream().filter(order -> state(order).equals("complete, paid")).count();
    await().untilAsserted(() -> assertThat(seller.stock(vase)).isEqualTo(RACING - bought));
    await()
        .untilAsserted(() ->
            assertThat(buyer.orders())
                .allSatisfy(order ->
                    assertThat(payment(order.get("id").asText())).isEqualTo(money(order))));
  }

  @Test
  @DisplayName(
      "and whose capture was asked for in time is bought, though we die and come back late")
  void dead(@TempDir Path own) throws Exception {
    var options =
        Unlimited.and(
            Shopper.OPERATOR,
            "--orders.paymentWindow=3s",
            "--payments.captureWithin=" + WITHIN.toSeconds() + "s",
            "--payments.simulated.delay=3s");
    String order;
    Instant until;
    try (var slow = ShopProcess.open(own, options)) {
      var buyer = Shopper.signedUp(slow);
      var owner = Shopper.operator(slow);
      var vase = Shopper.signedUp(slow).offers("Vase", "" + PRICE, 1);
      order = buyer.orders(vase, 1).json(201).get("id").asText();
      hold(buyer, order);
      until = Instant.parse(heldBy(buyer, order).get("captureUntil").asText());
      var path = "/api/payments/" + order;
      var answer = CompletableFuture.runAsync(() -> owner.post(path + "/capture", json()));
      await()
          .until(() ->
              owner.get(path + "/status").json(200).get("status").asText().equals("capturing"));
      slow.kill();
      assertThat(answer).failsWithin(Duration.ofSeconds(20));
    }
    Thread.sleep(Duration.between(Instant.now(), until));

    try (var again = ShopProcess.open(own, options)) {
      var owner = Shopper.operator(again);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(state(owner.get("/api/orders/" + order).json(200)))
                  .isEqualTo("complete, paid"));
    }
    assertThat(Facts.in(own, PaymentInvariants::violations)).isEmpty();
    assertThat(Facts.in(own, OrderInvariants::violations)).isEmpty();
  }

  /** How the payment of such an order stands. */
  private static String money(JsonNode order) {
    return state(order).equals("cancelled, awaiting") ? "cancelled" : paymentStatus(order);
  }

  private static List<Answer> capturedAtTheirDeadlines(Shopper buyer, String product)
      throws Exception {
    try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
      var capturing = new ArrayList<Future<Answer>>();
      for (var i = 0; i < RACING; i++) {
        var order = buyer.orders(product, 1).json(201).get("id").asText();
        hold(buyer, order);
        var early = (i % 5 - 2) * SPREAD_MILLIS / 2;
        var until = Instant.parse(heldBy(buyer, order).get("captureUntil").asText());
        capturing.add(
            hands.submit(() -> {
              Thread.sleep(Duration.between(Instant.now(), until.plusMillis(early)));
              return capture(order);
            }));
      }
      var answers = new ArrayList<Answer>();
      for (var captured : capturing) {
        answers.add(captured.get());
      }
      return answers;
    }
  }

  private static void hold(Shopper buyer, String order) {
    var later = json().put("orderId", order).put("token", "tok_visa").put("capture", "later");
    assertThat(buyer.post("/api/payments", later).json(201).get("status").asText())
        .isEqualTo("authorized");
  }

  /** The order hears of it a moment later. */
  private static JsonNode heldBy(Shopper buyer, String order) {
    await().untilAsserted(() -> assertThat(state(buyer, order)).isEqualTo("created, authorized"));
    return buyer.order(order).json(200);
  }

  private static Answer capture(String order) {
    return operator.post("/api/payments/" + order + "/capture", json());
  }

  private static String payment(String order) {
    return operator.get("/api/payments/" + order + "/status").json(200).get("status").asText();
  }

  private static long used(String code) {
    return operator.get("/api/discounts/" + code).json(200).get("used").asLong();
  }

  private static String state(Shopper buyer, String order) {
    return state(buyer.order(order).json(200));
  }

  private static String state(JsonNode order) {
    return order.get("status").asText() + ", " + paymentStatus(order);
  }

  private static String paymentStatus(JsonNode order) {
    return order.get("paymentStatus").asText();
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
