package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An order that is not paid yet")
@Timeout(300)
class ChangingAnOrderIT {
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
  @DisplayName("can have more or less of something, and its stock and price follow")
  void changes() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    var mug = seller.offers("Mug", "10", 5);
    var placed = buyer.orders(Map.of(vase, 2L, mug, 1L)).json(201);
    var id = buyer.numbered(placed).get("id").asText();

    var more = changes(buyer, id, vase, 5).json(200);
    var less = changes(buyer, id, vase, 1).json(200);
    var none = buyer.delete("/api/orders/" + id + "/items/" + mug).json(200);

    assertThat(more.get("total").decimalValue()).isEqualByComparingTo("210");
    assertThat(less.get("total").decimalValue()).isEqualByComparingTo("50");
    assertThat(none.get("total").decimalValue()).isEqualByComparingTo("40");
    assertThat(none.get("items")).hasSize(1);
    assertThat(seller.stock(vase)).isEqualTo(4);
    assertThat(seller.stock(mug)).isEqualTo(5);
    assertThat(buyer.order(id).json(200)).isEqualTo(none);
    await().untilAsserted(() -> assertThat(buyer.orders()).singleElement().isEqualTo(none));
    buyer.cancels(id).json(200);
    await().untilAsserted(() -> assertThat(seller.stock(vase)).isEqualTo(5));
  }

  @Test
  @DisplayName("stays as it is when there is not that much, or the order is another's")
  void stays() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    var order = buyer.orders(vase, 2).json(201);
    var id = order.get("id").asText();

    var refused = changes(buyer, id, vase, 6).problem(409, "stock.insufficient");
    changes(Shopper.signedUp(shop), id, vase, 1).problem(404, "order.not-found");
    buyer.delete("/api/orders/" + id + "/items/" + vase).problem(422, "order.empty");

    assertThat(refused.get("available").asLong()).isEqualTo(5);
    assertThat(buyer.order(id).json(200).get("items")).isEqualTo(order.get("items"));
    assertThat(seller.stock(vase)).isEqualTo(3);
  }

  @Test
  @DisplayName("says what has happened to it, when, by whom and why")
  void history() {
    var buyer = Shopper.signedUp(shop);
    var vase = seller.offers("Vase", "40", 5);
    var id = buyer.orders(vase, 2).json(201).get("id").asText();
    changes(buyer, id, vase, 1).json(200);
    var operator = Shopper.operator(shop);
    operator.cancels(id).json(200);

    await()
        .untilAsserted(() ->
            assertThat(buyer.get("/api/orders/" + id + "/history").json(200).get("items"))
                .extracting(event -> event.get("type").asText())
                .filteredOn(type -> !type.equals("order.numbered")) // whenever that is
                .containsExactly(
                    "checkout.started",
                    "order.created",
                    "order.change-started",
                    "order.changed",
                    "order.cancelled"));
    var items = operator.get("/api/orders/" + id + "/history").json(200).get("items");
    var last =
        items
            .valueStream()
            .filter(event -> event.get("type").asText().equals("order.cancelled"))
            .findFirst()
            .orElseThrow();
    assertThat(last.get("by").asText()).isEqualTo(operator.id());
    assertThat(last.get("because").asText()).isEqualTo("operator");
    Shopper.signedUp(shop).get("/api/orders/" + id + "/history").problem(404, "order.not-found");
  }

  private static Answer changes(Shopper who, String order, String product, int quantity) {
    return who.put(
        "/api/orders/" + order + "/items/" + product,
        JsonNodeFactory.instance.objectNode().put("quantity", quantity));
  }
}
