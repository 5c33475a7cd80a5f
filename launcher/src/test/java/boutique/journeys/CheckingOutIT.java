package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.util.Collections.nCopies;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whoever checks out their cart")
@Timeout(300)
class CheckingOutIT {
  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper seller;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR);
    seller = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("orders what is in it, with its vouchers, and cannot change it any more")
  void ordersTheCart() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    var mug = seller.offers("Mug", "10", 5);
    var code = voucher(10);
    buyer.puts(vase, 2).json(200);
    buyer.puts(mug, 1).json(200);
    buyer.post("/api/cart/vouchers", object().put("code", code)).json(200);

    var order = checksOut(buyer).json(201);

    assertThat(order.get("items"))
        .extracting(item -> item.get("productId").asText(), item -> item.get("quantity").asInt())
        .containsExactly(tuple(vase, 2), tuple(mug, 1));
    assertThat(order.get("subtotal").decimalValue()).isEqualByComparingTo("90");
    assertThat(order.get("total").decimalValue()).isEqualByComparingTo("81");
    var refused = buyer.puts(mug, 1).problem(409, "cart.locked");
    assertThat(refused.get("orderId")).isEqualTo(order.get("id"));
    assertThat(seller.stock(vase)).isEqualTo(3);
  }

  @Test
  @DisplayName("has it back as it was when the order is cancelled")
  void cancelled() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    buyer.puts(vase, 2).json(200);
    var before = unlocked(buyer.get("/api/cart").json(200));
    var order = checksOut(buyer).json(201).get("id").asText();

    buyer.cancels(order).json(200);

    await().untilAsserted(() -> assertThat(buyer.puts(vase, 1).status()).isEqualTo(200));
    buyer.sets(vase, 2).json(200);
    assertThat(unlocked(buyer.get("/api/cart").json(200))).isEqualTo(before);
  }

  @Test
  @DisplayName("fifty times at once gets one order")
  void fiftyTimes() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 500);
    buyer.puts(vase, 2).json(200);

    var answers = together(50, () -> checksOut(buyer));

    assertThat(answers.stream().collect(groupingBy(Answer::status, counting())))
        .isEqualTo(Map.of(201, 1L, 409, 49L));
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .allSatisfy(answer -> answer.problem(409, "cart.locked"));
    await().untilAsserted(() -> assertThat(buyer.orders()).hasSize(1));
    assertThat(seller.stock(vase)).isEqualTo(498);
  }

  @Test
  @DisplayName("is refused, with the cart as it was, when there is not enough of something")
  void notEnough() {
    var buyer = Shopper.signedUp(shop);
    var other = Shopper.signedUp(shop);
    var plenty = seller.offers("Mug", "10", 5);
    var scarce = seller.offers("Vase", "40", 1);
    buyer.puts(plenty, 1).json(200);
    buyer.puts(scarce, 1).json(200);
    other.orders(scarce, 1).json(201);

    var refused =
        buyer
            .post("/api/orders", object(), "Idempotency-Key", "not-enough")
            .problem(409, "stock.insufficient");

    assertThat(refused.get("productId").asText()).isEqualTo(scarce);
    assertThat(seller.stock(plenty)).isEqualTo(5);
    assertThat(buyer.puts(plenty, 1).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("orders nothing when nothing is in it")
  void empty() {
    checksOut(Shopper.signedUp(shop)).problem(422, "order.empty");
  }

  @Test
  @DisplayName("gets one line of what they name twice, and a hundred lines at the most")
  void namedTwice() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    var mug = seller.offers("Mug", "10", 5);

    var order = buyer.post("/api/orders", named(List.of(vase, mug, vase))).json(201);

    assertThat(order.get("items"))
        .extracting(item -> item.get("productId").asText(), item -> item.get("quantity").asInt())
        .containsExactly(tuple(vase, 2), tuple(mug, 1));
    buyer.post("/api/orders", named(nCopies(101, vase))).problem(400, "request.invalid");
    buyer.post("/api/orders", named(nCopies(100, vase))).problem(409, "stock.insufficient");
    assertThat(seller.stock(vase)).isEqualTo(3);
  }

  private static ObjectNode named(List<String> products) {
    var body = object();
    var items = body.putArray("items");
    products.forEach(product -> items.addObject().put("productId", product).put("quantity", 1));
    return body;
  }

  @Test
  @DisplayName("pays what the shop says, whatever price is sent along")
  void ownPrice() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    var body = object();
    body.putArray("items").addObject().put("productId", vase).put("quantity", 1).put("price", 1);

    var order = buyer.post("/api/orders", body).json(201);

    assertThat(order.get("total").decimalValue()).isEqualByComparingTo("40");
  }

  @Test
  @DisplayName("gets the same order for the same key, though the cart is locked by it")
  void sameKey() {
    var buyer = Shopper.signedUp(shop);
    buyer.puts(seller.offers("Vase", "40", 5), 2).json(200);

    var answers =
        together(8, () -> buyer.post("/api/orders", object(), "Idempotency-Key", "cart-key"));

    assertThat(answers)
        .extracting(answer -> answer.json(201).get("id"))
        .containsOnly(answers.getFirst().json().get("id"));
  }

  @Test
  @DisplayName("item by item locks it too, and a second order beside it is none of its business")
  void itemByItem() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    buyer.puts(vase, 2).json(200);

    buyer.orders(vase, 1).json(201);
    buyer.orders(vase, 1).json(201);

    buyer.puts(vase, 1).problem(409, "cart.locked");
  }

  @Test
  @DisplayName("sees each step at once")
  void sees() {
    var buyer = Shopper.signedUp(shop);
    buyer.puts(seller.offers("Vase", "40", 5), 2).json(200);
    try (var page = BrowserSocket.of(buyer).register("checkout.me").register("orders.me")) {
      var order = checksOut(buyer).json(201).get("id").asText();

      await().until(() -> !page.news("orders.me").isEmpty());
      assertThat(page.news("checkout.me"))
          .allSatisfy(frame -> assertThat(frame.at("/body/id").asText()).isEqualTo(order))
          .extracting(frame -> frame.at("/body/step").asText())
          .containsExactly("cart", "stock", "order");
    }
  }

  private static Answer checksOut(Shopper buyer) {
    return buyer.post("/api/orders", object());
  }

  private static String voucher(int percent) {
    var code = "CART-" + System.nanoTime();
    Shopper.operator(shop)
        .post("/api/discounts", object().put("code", code).put("percent", percent))
        .json(201);
    return code;
  }

  private static JsonNode unlocked(JsonNode cart) {
    ObjectNode copy = cart.deepCopy();
    return copy.remove(List.of("version"));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static <T> List<T> together(int count, Callable<T> deed) {
    try (var everybody = Executors.newVirtualThreadPerTaskExecutor()) {
      return everybody.invokeAll(IntStream.range(0, count).mapToObj(_ -> deed).toList()).stream()
          .map(Future::resultNow)
          .toList();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
