package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whoever runs the shop")
@Timeout(300)
class RunningTheShopIT {
  private static final String BOOK = "/api/ops/orders";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper operator;
  private static Shopper seller;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR);
    operator = Shopper.operator(shop);
    seller = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("finds each order under the state that it is in, and under no other")
  void states() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 9);
    var id = buyer.numbered(buyer.orders(vase, 1).json(201)).get("id").asText();
    await().untilAsserted(() -> assertThat(found("?status=created")).contains(id));

    pays(buyer, id);

    await()
        .untilAsserted(
            () -> assertThat(found("?status=complete&fulfilmentStatus=none")).contains(id));
    assertThat(found("?status=created")).doesNotContain(id);
    assertThat(found("?paymentStatus=paid")).contains(id);
    assertThat(found("?paymentStatus=awaiting")).doesNotContain(id);
    assertThat(found("")).contains(id);

    operator.post("/api/orders/" + id + "/confirm", object()).json(200);
    await().untilAsserted(() -> assertThat(found("?fulfilmentStatus=confirmed")).contains(id));
    assertThat(found("?fulfilmentStatus=none")).doesNotContain(id);
  }

  @Test
  @DisplayName("finds an order by its number, by its buyer, and by when it was placed")
  void byNumber() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 9);
    var order = buyer.numbered(buyer.orders(vase, 1).json(201));
    var id = order.get("id").asText();
    var number = order.get("number").asText();
    var at = order.get("createdAt").asText();

    assertThat(number).matches("B-\\d{4}-\\d{6}");
    await().untilAsserted(() -> assertThat(found("?number=" + number)).containsExactly(id));
    assertThat(found("?number=" + number.toLowerCase(Locale.ROOT).replaceFirst("-0+", "-")))
        .containsExactly(id);
    assertThat(found("?number=B-1999-000001")).isEmpty();
    assertThat(found("?userId=" + buyer.id())).containsExactly(id);
    assertThat(found("?userId=" + buyer.id() + "&status=complete")).isEmpty();
    assertThat(found("?from=" + at)).contains(id);
    assertThat(found("?to=" + at)).doesNotContain(id);
    assertThat(found("?status=created&to=" + at)).doesNotContain(id);
    operator.get(BOOK + "?from=yesterday").problem(400, "request.invalid");
    operator.get(BOOK + "?status=lost").problem(400, "request.invalid");
  }

  @Test
  @DisplayName("reads page by page, and misses and doubles nothing although more are placed")
  void pages() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 99);
    var placed = new ArrayList<String>();
    for (var i = 0; i < 7; i++) {
      placed.addFirst(buyer.numbered(buyer.orders(vase, 1).json(201)).get("id").asText());
    }
    await().untilAsserted(() -> assertThat(found("?status=created")).containsAll(placed));

    for (var filter :
        List.of("?limit=2&status=created", "?limit=2", "?limit=2&userId=" + buyer.id())) {
      var read = new ArrayList<String>();
      JsonNode cursor = null;
      do {
        var page =
            operator.get(BOOK + filter + (cursor == null ? "" : "&cursor=" + cursor.asText()));
        page.json(200).get("items").forEach(one -> read.add(one.get("id").asText()));
        cursor = page.json(200).get("nextCursor");
        buyer.orders(vase, 1).json(201);
      } while (!cursor.isNull());
      assertThat(read).doesNotHaveDuplicates().containsSubsequence(placed);
    }
  }

  @Test
  @DisplayName("sees what was sold today, to the cent, and what was given back")
  void sales() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Sold vase", "19.99", 9);
    var before = today();
    var first = buyer.orders(vase, 2).json(201).get("id").asText();
    var second = buyer.orders(vase, 1).json(201).get("id").asText();

    pays(buyer, first);
    pays(buyer, second);
    await()
        .untilAsserted(() ->
            assertThat(today().get("orders").asLong() - before.get("orders").asLong())
                .isEqualTo(2));
    operator.post("/api/payments/" + second + "/refund", object()).json(200);

    await()
        .untilAsserted(() ->
            assertThat(
                    today()
                        .get("refunds")
                        .decimalValue()
                        .subtract(before.get("refunds").decimalValue()))
                .isEqualByComparingTo("19.99"));
    var after = today();
    assertThat(after.get("units").asLong() - before.get("units").asLong()).isEqualTo(3);
    assertThat(after.get("revenue").decimalValue().subtract(before.get("revenue").decimalValue()))
        .isEqualByComparingTo("59.97");
    var ofVase =
        stream(operator.get("/api/ops/sales?by=product&limit=100").json(200))
            .filter(one -> one.get("productId").asText().equals(vase))
            .findFirst()
            .orElseThrow();
    assertThat(ofVase.get("title").asText()).isEqualTo("Sold vase");
    assertThat(ofVase.get("units").asLong()).isEqualTo(3);
    assertThat(ofVase.get("revenue").decimalValue()).isEqualByComparingTo("59.97");
    operator.get("/api/ops/sales?from=2026-02-31").problem(400, "request.invalid");
  }

  @Test
  @DisplayName("takes up or undoes what is unfinished, of which there is nothing when all is well")
  void sagas() {
    var buyer = Shopper.signedUp(shop);
    var id = buyer.orders(seller.offers("Vase", "40", 9), 1).json(201).get("id").asText();

    await()
        .untilAsserted(
            () -> assertThat(operator.get("/api/ops/sagas").json(200).get("items")).isEmpty());
    for (var deed : List.of("retry", "compensate")) {
      operator.post("/api/ops/sagas/" + id + "/" + deed, object()).problem(409, "saga.over");
      operator.post("/api/ops/sagas/nothing/" + deed, object()).problem(404, "order.not-found");
      buyer.post("/api/ops/sagas/" + id + "/" + deed, object()).problem(403, "role.required");
    }
  }

  @Test
  @DisplayName("or who has placed it asks for the payment of an order as long as it awaits it")
  void requestsPayment() {
    var buyer = Shopper.signedUp(shop);
    var id = buyer.orders(seller.offers("Vase", "40", 9), 1).json(201).get("id").asText();
    var path = "/api/orders/" + id + "/payment/request";

    var asked = buyer.post(path, object()).json(201);
    var again = operator.post(path, object()).json(201);
    Shopper.signedUp(shop).post(path, object()).problem(404, "order.not-found");

    assertThat(asked.get("orderId").asText()).isEqualTo(id);
    assertThat(asked.get("amount").decimalValue()).isEqualByComparingTo("40");
    assertThat(again).isEqualTo(asked);
    assertThat(buyer.get("/api/payments/" + id + "/status").json(200)).isEqualTo(asked);
    pays(buyer, id);
    buyer.post(path, object()).problem(409, "order.not-payable");
    var other = buyer.orders(seller.offers("Mug", "4", 9), 1).json(201).get("id").asText();
    buyer.cancels(other).json(200);
    buyer
        .post("/api/orders/" + other + "/payment/request", object())
        .problem(409, "order.not-payable");
  }

  @Test
  @DisplayName("has a list built anew, and reads the same then")
  void rebuilds() {
    var buyer = Shopper.signedUp(shop);
    var order = buyer.numbered(buyer.orders(seller.offers("Vase", "40", 9), 1).json(201));
    await().untilAsserted(() -> assertThat(buyer.orders()).containsExactly(order));

    var names = operator.get("/api/ops/views?limit=100").json(200).get("items");
    operator.post("/api/ops/views/order-list/rebuild", object()).json(202);
    operator.post("/api/ops/views/nothing/rebuild", object()).problem(404, "view.not-found");

    assertThat(names).extracting(one -> one.get("name").asText()).contains("order-list", "stock");
    await().untilAsserted(() -> assertThat(buyer.orders()).containsExactly(order));
    var later = buyer.numbered(buyer.orders(seller.offers("Mug", "4", 9), 1).json(201));
    await().untilAsserted(() -> assertThat(buyer.orders()).containsExactly(later, order));
  }

  private static void pays(Shopper buyer, String order) {
    buyer.post("/api/payments", object().put("token", "tok_visa").put("orderId", order)).json(201);
    await().until(() -> buyer.order(order).json(200).get("status").asText().equals("complete"));
  }

  private static List<String> found(String filter) {
    return stream(
            operator.get(BOOK + filter + (filter.isEmpty() ? "?" : "&") + "limit=100").json(200))
        .map(one -> one.get("id").asText())
        .toList();
  }

  private static JsonNode today() {
    return stream(operator.get("/api/ops/sales").json(200))
        .filter(one -> one.get("currency").asText().equals("USD"))
        .reduce((_, last) -> last)
        .orElseGet(
            () -> object().put("orders", 0).put("units", 0).put("revenue", 0).put("refunds", 0));
  }

  private static Stream<JsonNode> stream(JsonNode page) {
    return StreamSupport.stream(page.get("items").spliterator(), false);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
