package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A card that somebody has left")
@Timeout(300)
class SavedCardsIT {
  private static final String CARDS = "/api/payments/stripe/payment-method";

  @TempDir static Path data;
  private static ShopProcess shop;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("pays for its owner, again and again, and is nothing to anybody else")
  void pays() {
    var anna = Shopper.signedUp(shop);
    var ben = Shopper.signedUp(shop);
    var card = left(anna, "tok_mastercard");
    assertThat(card.get("brand").asText()).isEqualTo("mastercard");
    assertThat(card.get("last4").asText()).isEqualTo("4444");
    var id = card.get("id").asText();

    for (var n = 0; n < 2; n++) {
      assertThat(pays(anna, id).json(201).get("status").asText()).isEqualTo("paid");
    }
    pays(ben, id).problem(422, "payment.method-unknown");
    ben.delete(CARDS + "/" + id).problem(404, "payment-method.not-found");
    assertThat(ben.get(CARDS).json(200).get("items")).isEmpty();
    assertThat(anna.get(CARDS).json(200).get("items")).containsExactly(card);
    assertThat(anna.get("/api/users/me/export").json(200).get("paymentMethods"))
        .containsExactly(card);
  }

  @Test
  @DisplayName("is forgotten when its owner wants that, and pays nothing then")
  void forgotten() {
    var anna = Shopper.signedUp(shop);
    var id = left(anna, "tok_visa").get("id").asText();

    assertThat(anna.delete(CARDS + "/" + id).status()).isEqualTo(204);

    assertThat(anna.get(CARDS).json(200).get("items")).isEmpty();
    anna.delete(CARDS + "/" + id).problem(404, "payment-method.not-found");
    pays(anna, id).problem(422, "payment.method-unknown");
  }

  @Test
  @DisplayName("is not kept when the provider will not have it, or when there are too many")
  void refused() {
    var anna = Shopper.signedUp(shop);
    anna.post(CARDS, json().put("token", "tok_nobody")).problem(422, "payment.method-unknown");
    anna.post(CARDS, json().put("token", "tok_chargeDeclined")).problem(402, "payment.declined");
    for (var n = 0; n < 20; n++) {
      left(anna, "tok_visa");
    }
    anna.post(CARDS, json().put("token", "tok_visa")).problem(409, "payment-method.too-many");
  }

  @Test
  @DisplayName("asked for once more with the same key is the same card")
  void once() {
    var anna = Shopper.signedUp(shop);
    var body = json().put("token", "tok_visa");

    var first = anna.post(CARDS, body, "Idempotency-Key", "leave-1").json(201);

    assertThat(anna.post(CARDS, body, "Idempotency-Key", "leave-1").json(201)).isEqualTo(first);
    assertThat(anna.get(CARDS).json(200).get("items")).hasSize(1);
  }

  @Test
  @DisplayName("goes with its owner")
  void erased(@TempDir Path elsewhere) throws Exception {
    try (var other = ShopProcess.open(elsewhere)) {
      left(Shopper.signedUp(other, "leaves@example.com"), "tok_visa");
      other.program().terminate();
    }
    assertThat(wallets(elsewhere)).hasSize(1);
    try (var other = ShopProcess.open(elsewhere)) {
      var anna = Shopper.stranger(other);
      anna.signsIn("leaves@example.com");
      var erased = anna.delete("/api/users/me", json().put("password", Shopper.PASSWORD));
      assertThat(erased.status()).isEqualTo(204);
    }
    await()
        .untilAsserted(() -> {
          try (var again = ShopProcess.open(elsewhere)) {
            again.program().terminate();
          }
          assertThat(wallets(elsewhere)).isEmpty();
        });
  }

  private static Answer pays(Shopper buyer, String token) {
    var order = buyer.orders(buyer.offers("Vase", "38", 5), 1).json(201).get("id").asText();
    return buyer.post("/api/payments", json().put("orderId", order).put("token", token));
  }

  /** What is kept of anybody's cards in a shop that is closed. */
  private static List<Entry> wallets(Path data) throws Exception {
    var database = RocksDatabase.open(data);
    try {
      return new RocksViews(database).scan("simulated.wallets", Page.first("", 100)).await();
    } finally {
      database.close().await();
    }
  }

  private static JsonNode left(Shopper owner, String token) {
    return owner.post(CARDS, json().put("token", token)).json(201);
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
