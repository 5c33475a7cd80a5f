package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A seller's books")
@Timeout(300)
class KeepingBooksIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper seller;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR);
    seller = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("are open with the product, and say where everything is")
  void opened() {
    var product = seller.offers("Vase", "38", 5);
    Shopper.signedUp(shop).orders(product, 2).json(201);

    var books = books(product);

    assertThat(books.get("productId").asText()).isEqualTo(product);
    assertThat(books.get("userId").asText()).isEqualTo(seller.id());
    assertThat(books.get("policy").asText()).isEqualTo("reserve-on-order");
    assertBooks(books, 5, 3, 2);
    assertThat(seller.get("/api/inventory/product/" + product).json(200)).isEqualTo(books);
  }

  @Test
  @DisplayName("take in a delivery, once for each key, in the location that is named")
  void receives() {
    var product = seller.offers("Lamp", "40", 2);
    var delivery =
        JSON.createObjectNode()
            .put("productId", product)
            .put("quantity", 7)
            .put("location", "lyon");

    var first = seller.post("/api/inventory", delivery, "Idempotency-Key", "d-" + product);
    var again = seller.post("/api/inventory", delivery, "Idempotency-Key", "d-" + product);

    assertBooks(first.json(201), 9, 9, 0);
    assertThat(again.json(201)).isEqualTo(first.json());
    assertThat(first.json().get("locations")).hasSize(2);
    assertThat(seller.stock(product)).isEqualTo(9);
    var order = Shopper.signedUp(shop).orders(product, 8);
    order.json(201);
    assertThat(books(product).get("locations").findValuesAsText("available"))
        .containsExactly("0", "1");
  }

  @Test
  @DisplayName("are corrected to what was counted, by either route")
  void counts() {
    var product = seller.offers("Rug", "99", 5);

    var counted = put("/api/inventory/" + product + "/stock", quantity(12)).json(200);
    assertBooks(counted, 12, 12, 0);
    var shown = put("/api/products/" + product + "/stock", quantity(4)).json(200);

    assertThat(shown.get("title").asText()).isEqualTo("Rug");
    assertThat(shown.get("quantity").asLong()).isEqualTo(4);
    assertBooks(books(product), 4, 4, 0);
    assertThat(seller.stock(product)).isEqualTo(4);
  }

  @Test
  @DisplayName("write off what is broken, and no more than there is")
  void writesOff() {
    var product = seller.offers("Cup", "8", 3);
    var broken = quantity(2).put("because", "damaged");

    var books = seller.post("/api/inventory/" + product + "/write-off", broken).json(200);
    seller
        .post("/api/inventory/" + product + "/write-off", broken)
        .problem(409, "stock.insufficient");

    assertThat(books.get("writtenOff").asLong()).isEqualTo(2);
    assertThat(books.get("available").asLong()).isEqualTo(1);
  }

  @Test
  @DisplayName("are in the list of what is low from the crossing on until there is more again")
  void low() {
    var product = seller.offers("Print", "18", 5);
    var threshold = JSON.createObjectNode().put("threshold", 3);
    put("/api/inventory/" + product + "/threshold", threshold).json(200);
    assertThat(lowOnes().findValuesAsText("id")).doesNotContain(product);

    Shopper.signedUp(shop).orders(product, 2).json(201);

    await().untilAsserted(() -> assertThat(lowOnes().findValuesAsText("id")).contains(product));
    assertThat(books(product).get("low").asBoolean()).isTrue();
    assertThat(Shopper.signedUp(shop).get("/api/inventory/low").json(200).get("items")).isEmpty();

    put("/api/inventory/" + product + "/stock", quantity(9)).json(200);

    await()
        .untilAsserted(() -> assertThat(lowOnes().findValuesAsText("id")).doesNotContain(product));
  }

  @Test
  @DisplayName("are listed page by page, each seller's own")
  void listed() {
    var other = Shopper.signedUp(shop);
    var first = other.offers("One", "1", 1);
    var second = other.offers("Two", "2", 2);
    await()
        .untilAsserted(
            () -> assertThat(other.get("/api/inventory").json(200).get("items")).hasSize(2));

    var page = other.get("/api/inventory?limit=1").json(200);
    var next =
        other.get("/api/inventory?limit=1&cursor=" + page.get("nextCursor").asText()).json(200);

    assertThat(page.get("items").findValuesAsText("id")).containsExactly(first);
    assertThat(next.get("items").findValuesAsText("id")).containsExactly(second);
    assertThat(next.get("nextCursor").isNull()).as("the last page is full, and the last").isTrue();
  }

  @Test
  @DisplayName("let anybody buy what is never sold out")
  void unlimited() {
    var product = seller.offers("E-Book", "5", 0);
    var buyer = Shopper.signedUp(shop);
    buyer.orders(product, 1).problem(409, "stock.insufficient");

    policy(product, "none");

    assertThat(seller.stock(product)).isEqualTo(1_000_000_000);
    buyer.orders(product, 100).json(201);
    assertBooks(books(product), 0, 0, 0);
  }

  @Test
  @DisplayName("count down what is only tracked, and turn nobody away")
  void tracked() {
    var product = seller.offers("Poster", "5", 3);
    policy(product, "track-only");
    var buyer = Shopper.signedUp(shop);

    var order = buyer.orders(product, 5).json(201);

    assertBooks(books(product), 3, 0, 3);
    buyer.cancels(order.get("id").asText()).json(200);
    await().untilAsserted(() -> assertBooks(books(product), 3, 3, 0));
  }

  @Test
  @DisplayName("keep nothing for an order of what is deducted when it is paid")
  void deducted() {
    var product = seller.offers("Chair", "80", 3);
    policy(product, "deduct-on-payment");
    var buyer = Shopper.signedUp(shop);

    buyer.orders(product, 4).problem(409, "stock.insufficient");
    buyer.orders(product, 3).json(201);

    assertBooks(books(product), 3, 3, 0);
  }

  @Test
  @DisplayName("keep for a cart what is reserved in carts, and it becomes the order's")
  void inCarts() {
    var product = seller.offers("Bag", "60", 3);
    policy(product, "reserve-on-cart");
    var buyer = Shopper.signedUp(shop);
    buyer.post("/api/cart/items", quantity(2).put("productId", product)).json(200);
    await().untilAsserted(() -> assertBooks(books(product), 3, 1, 2));

    Shopper.signedUp(shop).orders(product, 2).problem(409, "stock.insufficient");
    buyer.orders(product, 2).json(201);

    assertBooks(books(product), 3, 1, 2);
  }

  @Test
  @DisplayName("let an operator reserve, pay for and give back by hand, once for each order")
  void byHand() {
    var product = seller.offers("Table", "200", 9);
    var operator = Shopper.operator(shop);
    var two = quantity(2).put("orderId", "by-hand");
    var path = "/api/inventory/" + product;

    operator.post(path + "/reserve", two).json(200);
    var reserved = operator.post(path + "/reserve", two).json(200);
    operator
        .post(path + "/reserve", two.deepCopy().put("quantity", 3))
        .problem(409, "reservation.differs");
    var allocated = operator.post(path + "/allocate", two).json(200);
    operator.post(path + "/release", two).json(200);
    var released = operator.post(path + "/release", two).json(200);

    assertBooks(reserved, 9, 7, 2);
    assertBooks(allocated, 9, 7, 0);
    assertThat(allocated.get("allocated").asLong()).isEqualTo(2);
    assertBooks(released, 9, 9, 0);
    operator.post(path + "/reserve", two).problem(409, "reservation.ended");
    operator.post(path + "/allocate", two).problem(409, "reservation.ended");
  }

  @Test
  @DisplayName("let nobody give away by hand what a paid order has, until its money is back")
  void paidFor() {
    var product = seller.offers("Lamp", "60", 9);
    var operator = Shopper.operator(shop);
    var order = seller.orders(product, 2).json(201).get("id").asText();
    var byHand = quantity(2).put("orderId", order);
    var path = "/api/inventory/" + product;
    seller
        .post(
            "/api/payments", JSON.createObjectNode().put("orderId", order).put("token", "tok_visa"))
        .json(201);
    await()
        .untilAsserted(() ->
            assertThat(seller.order(order).json(200).get("status").asText()).isEqualTo("complete"));

    operator.post(path + "/release", byHand).problem(409, "reservation.paid");

    assertBooks(books(product), 9, 7, 0);
    operator.post("/api/payments/" + order + "/refund", JSON.createObjectNode()).json(200);
    await().untilAsserted(() -> assertBooks(books(product), 9, 9, 0));
    operator.post(path + "/release", byHand).json(200);
    assertBooks(books(product), 9, 9, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "stock, '{\"quantity\":-1}'",
    "stock, '{\"quantity\":1.5}'",
    "stock, '{\"quantity\":2147483648}'",
    "stock, '{\"quantity\":1e30}'",
    "stock, '{\"quantity\":\"5\"}'",
    "stock, '{}'",
    "stock, '{\"quantity\":5,\"location\":\"no spaces here\"}'",
    "stock, '{\"quantity\":5,\"because\":\"I like it\"}'",
    "threshold, '{\"threshold\":-1}'",
    "policy, '{\"policy\":\"whatever\"}'",
  })
  @DisplayName("take no numbers and no words that mean nothing")
  void refused(String what, String body) throws Exception {
    var product = seller.offers("Spoon", "3", 5);

    put("/api/inventory/" + product + "/" + what, JSON.readTree(body))
        .problem(400, "request.invalid");

    assertBooks(books(product), 5, 5, 0);
  }

  @Test
  @DisplayName("do not exist for what nobody has offered, nor for anybody else")
  void notTheirs() {
    var product = seller.offers("Fork", "3", 5);
    var other = Shopper.signedUp(shop);
    var delivery = quantity(5).put("productId", product);

    other.get("/api/inventory/" + product).problem(404, "stock.not-found");
    other.post("/api/inventory", delivery).problem(404, "stock.not-found");
    seller
        .post("/api/inventory", delivery.put("productId", "nothing"))
        .problem(404, "stock.not-found");
    seller.get("/api/inventory/nothing").problem(404, "stock.not-found");
  }

  private static void policy(String product, String policy) {
    put("/api/inventory/" + product + "/policy", JSON.createObjectNode().put("policy", policy))
        .json(200);
  }

  private static JsonNode books(String product) {
    return seller.get("/api/inventory/" + product).json(200);
  }

  private static JsonNode lowOnes() {
    return seller.get("/api/inventory/low?limit=100").json(200).get("items");
  }

  private static ObjectNode quantity(long quantity) {
    return JSON.createObjectNode().put("quantity", quantity);
  }

  private static Answer put(String path, JsonNode body) {
    return seller.send(
        seller
            .to(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString())));
  }

  private static void assertBooks(JsonNode books, long received, long available, long reserved) {
    assertThat(books.get("received").asLong()).as("%s", books).isEqualTo(received);
    assertThat(books.get("available").asLong()).as("%s", books).isEqualTo(available);
    assertThat(books.get("reserved").asLong()).as("%s", books).isEqualTo(reserved);
  }
}
