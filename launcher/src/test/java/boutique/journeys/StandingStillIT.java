package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cause is real: what a room has kept of a stream to read it faster is damaged on the disk, so
 * it cannot answer for that stream until somebody takes it away.
 */
@DisplayName("What a room cannot take in")
@Timeout(300)
class StandingStillIT {
  private static final String LIST = "/api/ops/parked";
  private static final String RETRY = LIST + "/retry";
  private static final String SNAPSHOTS = "snapshots";
  private static final String FEED = "inventory.reactions";
  private static final int FIRST_TRIES = 5;

  @TempDir static Path data;

  @Test
  @DisplayName("stands still alone and is listed with its reason, and is done when that is gone")
  void standsStill() throws IOException {
    String product;
    String order;
    try (var shop = ShopProcess.open(data, Shopper.OPERATOR)) {
      product = Shopper.signedUp(shop).offers("Vase", "38", 5);
      order = Shopper.signedUp(shop).orders(product, 2).json(201).get("id").asText();
    }
    damage(product);

    try (var shop = ShopProcess.open(data, Shopper.OPERATOR)) {
      var operator = Shopper.operator(shop);
      assertThat(parked(operator)).isEmpty();
      operator.post("/api/orders/" + order + "/cancel", object()).json(200);

      await().untilAsserted(() -> assertThat(parked(operator)).hasSize(1));
      var first = parked(operator).get(0);
      assertThat(first.get("feed").asText()).isEqualTo(FEED);
      assertThat(first.get("stream").asText()).isEqualTo("orders/" + order);
      assertThat(first.get("type").asText()).isEqualTo("order.cancelled");
      assertThat(first.get("tries").asInt()).isEqualTo(FIRST_TRIES);
      assertThat(first.get("because").asText()).contains("inventory failed");
      assertThat(first.get("correlation").asText()).isNotEmpty();
      assertThat(shop.metrics())
          .contains("boutique_parked_streams{feed=\"" + FEED + "\"} 1.0")
          .contains("boutique_parked_events 1.0");
      operator.get("/health/ready").json(200);

      var again = operator.post(RETRY, asked(order)).json(200);
      assertThat(again.get("over").asBoolean()).isFalse();
      assertThat(again.get("parked").get("tries").asInt()).isEqualTo(FIRST_TRIES + 1);
      assertThat(again.get("parked").get("since")).isEqualTo(first.get("since"));

      var other = Shopper.signedUp(shop);
      var mug = other.offers("Mug", "8", 3);
      other.cancels(other.orders(mug, 2).json(201).get("id").asText()).json(200);
      await().untilAsserted(() -> assertThat(other.stock(mug)).isEqualTo(3));
    }
    mend(product);

    try (var shop = ShopProcess.open(data, Shopper.OPERATOR)) {
      var operator = Shopper.operator(shop);
      assertThat(operator.stock(product)).isEqualTo(3);
      assertThat(parked(operator)).hasSize(1);

      var answer = operator.post(RETRY, asked(order), "Prefer", "wait=projected");

      assertThat(answer.json(200).get("over").asBoolean()).isTrue();
      assertThat(answer.json().get("parked").isNull()).isTrue();
      assertThat(answer.header("Preference-Applied")).contains("wait=projected");
      assertThat(operator.stock(product)).isEqualTo(5);
      assertThat(parked(operator)).isEmpty();
      assertThat(shop.metric("boutique_parked_events")).isZero();
      assertThat(shop.metrics()).doesNotContain("boutique_parked_streams{");
      operator.post(RETRY, asked(order)).problem(409, "parked.over");
      operator.post(RETRY, asked(order + "\n")).problem(400, "request.invalid");
    }
  }

  private static JsonNode parked(Shopper operator) {
    return operator.get(LIST).json(200).get("items");
  }

  private static ObjectNode asked(String order) {
    return object().put("feed", FEED).put("stream", "orders/" + order);
  }

  private static void damage(String product) throws IOException {
    write(
        new Put(
            SNAPSHOTS,
            "inventory/" + product,
            new JsonObject()
                .put("shape", "stock.4")
                .put("version", 1)
                .put("due", 10_000)
                .put("text", "{")));
  }

  private static void mend(String product) throws IOException {
    write(new Delete(SNAPSHOTS, "inventory/" + product));
  }

  /** Into the store of the shop, while that is closed. */
  private static void write(Change change) throws IOException {
    var database = RocksDatabase.open(data);
    try {
      new RocksViews(database).write(List.of(change)).await();
    } finally {
      database.close().await();
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
