package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The official client, as the shop serves it to browsers")
@Timeout(300)
class OfficialClientIT {
  private static final String NODE = "node";
  private static final String WITH_WEBSOCKET = "--experimental-websocket";

  @TempDir Path data;

  @Test
  @DisplayName("hears of its buyer's order and of the stock, and can say nothing")
  void hears() {
    requireNode();
    try (var shop = ShopProcess.open(data)) {
      var buyer = Shopper.signedUp(shop);
      var product = buyer.offers("Basket", "12", 5);
      try (var page = page(buyer)) {
        await().until(() -> page.out().size() == 2);
        assertThat(json(page.out().getFirst()).get("open").asText()).isEqualTo("websocket");
        assertThat(json(page.out().getLast()).get("refused").asText()).isEqualTo("access_denied");

        var order = buyer.numbered(buyer.orders(product, 2).json(201)).get("id").asText();
        buyer.cancels(order).json(200);

        await().until(() -> page.out().size() == 7);
        assertThat(heard(page, "orders.me"))
            .allSatisfy(body -> assertThat(body.get("id").asText()).isEqualTo(order))
            .extracting(body -> body.get("type").asText())
            .containsExactly("order.created", "order.numbered", "order.cancelled");
        assertThat(heard(page, "stock"))
            .extracting(body -> body.get("quantity").asLong())
            .containsExactly(3L, 5L);
      }
    }
  }

  /** Node has the WebSocket of browsers since 20.10, at first behind a flag. */
  private static void requireNode() {
    try (var probe =
        Program.start(Map.of(), List.of(NODE, WITH_WEBSOCKET, "-p", "typeof WebSocket"))) {
      if (probe.exitCode() != 0 || !probe.out().contains("function")) {
        abort("this node has no WebSocket for the official client; 20.10 or later is needed");
      }
    } catch (UncheckedIOException missing) {
      abort("there is no node to run the official client in: " + missing.getMessage());
    }
  }

  private static Program page(Shopper of) {
    var script = House.root().resolve("launcher/src/test/node/browser.js").toString();
    var shop = of.shop().toString();
    return Program.start(
        Map.of(), List.of(NODE, WITH_WEBSOCKET, script, shop, of.cookies(), "orders.me", "stock"));
  }

  private static List<JsonNode> heard(Program page, String address) {
    return page.out().stream()
        .map(OfficialClientIT::json)
        .filter(line -> line.path("address").asText().equals(address))
        .map(line -> line.get("body"))
        .toList();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(line, malformed);
    }
  }
}
