package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import boutique.invariants.CartInvariants;
import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Where stock is held for carts")
@Timeout(300)
class HeldForCartsIT {
  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper seller;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Unlimited.FLAGS);
    seller = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
    assertThat(Facts.in(data, CartInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("a cart is told what it holds, and what it holds is not missing to it")
  void notMissing() {
    var vase = held("Vase", 3);
    var buyer = Shopper.signedUp(shop);
    buyer.puts(vase, 2).json(200);
    await().until(() -> hold(buyer) == 2);

    buyer.puts(vase, 1).json(200);
    await().until(() -> hold(buyer) == 3);

    assertThat(buyer.stock(vase)).isZero();
    assertThat(item(buyer).has("available")).isFalse();
    assertThat(item(buyer).at("/held/until").asText()).endsWith("Z");
    assertThat(buyer.puts(vase, 1).json(200).at("/items/0/available").asLong()).isEqualTo(3);
  }

  @Test
  @DisplayName("a cart that came too late is told so, whatever is in it")
  void tooLate() {
    var vase = held("Vase", 3);
    var first = Shopper.signedUp(shop);
    first.puts(vase, 2).json(200);
    await().until(() -> hold(first) == 2);
    var guest = Shopper.stranger(shop);

    guest.puts(vase, 2).json(200);
    await().until(() -> hold(guest) == 1);

    assertThat(item(guest).get("available").asLong()).isEqualTo(1);
    assertThat(item(first).has("available")).isFalse();
    guest.signsUp();
    assertThat(item(guest).get("quantity").asLong()).isEqualTo(2);
  }

  @Test
  @DisplayName("two carts of one shopper become one that has what both held")
  void bothHolds() {
    var vase = held("Vase", 5);
    var account = Shopper.signedUp(shop, "both-holds@example.com");
    account.puts(vase, 2).json(200);
    await().until(() -> hold(account) == 2);
    var guest = Shopper.stranger(shop);
    guest.puts(vase, 2).json(200);
    await().until(() -> hold(guest) == 2);

    guest.signsIn("both-holds@example.com");

    assertThat(item(guest).get("quantity").asLong()).isEqualTo(4);
    assertThat(item(guest).has("cut")).isFalse();
    await().until(() -> hold(guest) == 4);
    assertThat(guest.stock(vase)).isOne();
  }

  @Test
  @DisplayName("an order takes them out of its buyer's cart, at first and when it becomes more")
  void orders() {
    var vase = held("Vase", 3);
    var buyer = Shopper.signedUp(shop);
    buyer.puts(vase, 3).json(200);
    await().until(() -> hold(buyer) == 3);

    var order = buyer.orders(vase, 1).json(201).get("id").asText();
    assertThat(hold(buyer)).isEqualTo(2);
    Shopper.signedUp(shop).orders(vase, 1).problem(409, "stock.insufficient");
    var more = JsonNodeFactory.instance.objectNode().put("quantity", 3);
    buyer.put("/api/orders/%s/items/%s".formatted(order, vase), more).json(200);

    assertThat(hold(buyer)).isZero();
    assertThat(buyer.stock(vase)).isZero();
    buyer.orders(Map.of(vase, 1L)).problem(409, "stock.insufficient");
  }

  @Test
  @DisplayName("its pages hear what it holds and what is left, in one message")
  void live() {
    var vase = held("Vase", 3);
    var buyer = Shopper.signedUp(shop);
    try (var page = BrowserSocket.of(buyer).register("cart.me")) {
      buyer.puts(vase, 2).json(200);

      await().until(() -> page.news().stream().anyMatch(frame -> says(frame, vase, 2, 1)));
    }
  }

  private static boolean says(JsonNode frame, String product, long held, long left) {
    var body = frame.get("body");
    return body.get("type").asText().equals("held")
        && body.get("productId").asText().equals(product)
        && body.get("held").asLong() == held
        && body.get("quantity").asLong() == left;
  }

  private static String held(String title, long quantity) {
    var product = seller.offers(title, "19.99", quantity);
    var policy = JsonNodeFactory.instance.objectNode().put("policy", "reserve-on-cart");
    seller.put("/api/inventory/" + product + "/policy", policy).json(200);
    return product;
  }

  private static JsonNode item(Shopper shopper) {
    return shopper.get("/api/cart").json(200).at("/items/0");
  }

  private static long hold(Shopper shopper) {
    return item(shopper).at("/held/quantity").asLong();
  }
}
