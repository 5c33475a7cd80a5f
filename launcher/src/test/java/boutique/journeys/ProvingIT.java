package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("With what a buyer proves to their bank that it is they")
@Timeout(300)
class ProvingIT {
  private static final String SECRET = "a client secret";

  private final int kafka = Ports.free();
  private final String port = "" + Ports.free();
  @TempDir Path data;

  @Test
  @DisplayName(
      "is told to them, also after a death, and to nobody else, and is in no event and on no disk")
  void theirsAlone() {
    List<String> said = new ArrayList<>();
    try (var stripe = new TinyStripe()) {
      Shopper buyer;
      String order;
      try (var shop = open(stripe)) {
        buyer = Shopper.signedUp(shop);
        order = buyer.orders(buyer.offers("Vase", "38", 5), 1).json(201).get("id").asText();
        var body = json().put("orderId", order).put("token", TinyStripe.ASKED);
        try (var page = BrowserSocket.of(buyer).register("payments.me")) {
          var asked = buyer.post("/api/payments", body, "Idempotency-Key", "pay").json(201);
          assertThat(asked.get("action").asText()).isEqualTo(SECRET);
          assertThat(status(buyer, order).get("action").asText()).isEqualTo(SECRET);
          await().until(() -> page.news().toString().contains("action-required"));
          said.add(page.news().toString());
        }
        var operator = Shopper.operator(shop);
        said.add(status(operator, order).toString());
        said.add(buyer.get("/api/users/me/export").json(200).toString());
        said.addAll(facts());
        shop.kill();
        said.addAll(shop.program().out());
        said.addAll(shop.program().err());
      }
      assertThat(said).anyMatch(one -> one.contains("action-required"));
      assertThat(said).noneMatch(one -> one.contains(SECRET));
      assertThat(Disk.filesWith(data, order)).isNotEmpty();
      assertThat(Disk.filesWith(data, SECRET)).isEmpty();

      try (var _ = open(stripe)) {
        assertThat(status(buyer, order).get("action").asText()).isEqualTo(SECRET);
        stripe.prove();
        assertThat(status(buyer, order).get("status").asText()).isEqualTo("paid");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/payments", "/api/payments/%s/stripe"})
  @DisplayName("is called off when they choose another card, and that one is charged at once")
  void another(String path) {
    try (var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var buyer = Shopper.signedUp(shop);
      var order = buyer.orders(buyer.offers("Vase", "38", 5), 1).json(201).get("id").asText();
      var first = json().put("orderId", order).put("token", TinyStripe.ASKED);
      var asked = buyer.post("/api/payments", first).json(201);
      assertThat(buyer.post("/api/payments", first).json(201).get("action"))
          .isEqualTo(asked.get("action"));

      var body = path.endsWith("stripe") ? json() : json().put("orderId", order);
      var paid = buyer.post(path.formatted(order), body.put("token", "pm_other"));

      assertThat(paid.json(path.endsWith("stripe") ? 200 : 201).get("status").asText())
          .isEqualTo("paid");
      stripe.prove();
      assertThat(stripe.charged()).containsExactly("pm_other");
      assertThat(status(buyer, order).get("stripeId").asText())
          .isEqualTo("pi_2")
          .isNotEqualTo(asked.get("stripeId").asText());
    }
  }

  @Test
  @DisplayName("counts when it was proved before another card was chosen, and that is not charged")
  void provedFirst() {
    try (var stripe = new TinyStripe();
        var shop = open(stripe)) {
      var buyer = Shopper.signedUp(shop);
      var order = buyer.orders(buyer.offers("Vase", "38", 5), 1).json(201).get("id").asText();
      var body = json().put("orderId", order);
      buyer.post("/api/payments", body.put("token", TinyStripe.ASKED)).json(201);
      stripe.prove();

      var paid = buyer.post("/api/payments", body.put("token", "pm_other")).json(201);

      assertThat(paid.get("status").asText()).isEqualTo("paid");
      assertThat(paid.get("stripeId").asText()).isEqualTo("pi_1");
      assertThat(stripe.charged()).containsExactly(TinyStripe.ASKED);
    }
  }

  /** Everything in Kafka, as soon as it is there that a buyer was asked. */
  private List<String> facts() {
    try (var reader = new FactReader(kafka)) {
      await()
          .until(() ->
              reader.all().stream().anyMatch(fact -> fact.type().equals("payment.challenged")));
      return reader.all().stream().map(Fact::toString).toList();
    }
  }

  private static JsonNode status(Shopper by, String order) {
    return by.get("/api/payments/" + order + "/status").json(200);
  }

  private ShopProcess open(TinyStripe stripe) {
    return ShopProcess.openWithKafka(
        data,
        kafka,
        Shopper.OPERATOR,
        "--port",
        port,
        "--payments.provider=stripe",
        "--payments.stripe.key=sk_test_1",
        "--payments.stripe.url=" + stripe.base());
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
