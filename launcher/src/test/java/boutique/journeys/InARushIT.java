package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When many buy at once")
@Timeout(300)
class InARushIT {
  private static final int ORDERS = 2_000;
  private static final int BUYERS = 16;

  @TempDir Path data;

  @Test
  @DisplayName(
      "every order that was acknowledged is in the lists and in the sales, and none is left half done")
  void nothingIsForgotten() throws Exception {
    try (var shop = ShopProcess.open(data, Unlimited.and(Shopper.OPERATOR))) {
      var operator = Shopper.operator(shop);
      var product = Shopper.signedUp(shop).offers("Poster", "5", ORDERS);
      var buyers = IntStream.range(0, BUYERS).mapToObj(_ -> Shopper.signedUp(shop)).toList();
      Map<String, String> bought = new ConcurrentHashMap<>();

      Race.of(
          Race.attempts(ORDERS),
          number -> {
            var id = buys(buyers.get(number % BUYERS), product);
            bought.put(id, "complete");
          });

      assertThat(bought).hasSize(ORDERS);
      await().untilAsserted(() -> assertThat(states(operator)).isEqualTo(bought));
      await()
          .untilAsserted(() -> {
            assertThat(sold(operator)).isEqualTo(ORDERS);
            assertThat(items(operator, "/api/ops/sagas")).isEmpty();
          });
      assertThat(buyers.stream().mapToInt(buyer -> buyer.orders().size()).sum()).isEqualTo(ORDERS);
    }
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
  }

  private static String buys(Shopper buyer, String product) {
    var id = buyer.orders(product, 1).json(201).get("id").asText();
    var payment = JsonNodeFactory.instance.objectNode().put("orderId", id).put("token", "tok_visa");
    buyer.post("/api/payments", payment).json(201);
    return id;
  }

  private static Map<String, String> states(Shopper operator) {
    var states = new HashMap<String, String>();
    operator
        .everyOrder()
        .forEach(order -> states.put(order.get("id").asText(), order.get("status").asText()));
    return states;
  }

  private static long sold(Shopper operator) {
    return items(operator, "/api/ops/sales").stream()
        .mapToLong(day -> day.get("units").asLong())
        .sum();
  }

  private static List<JsonNode> items(Shopper operator, String path) {
    return operator.get(path).json(200).get("items").valueStream().toList();
  }
}
