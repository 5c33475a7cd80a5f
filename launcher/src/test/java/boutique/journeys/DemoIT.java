package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The small catalogue of a new shop")
@Timeout(300)
class DemoIT {
  private static final int OFFERS = 12;

  @TempDir Path data;

  @Test
  @DisplayName("can be bought from, and is there once, however often the shop is opened")
  void onceAndForAll() {
    try (var shop = ShopProcess.open(data, "--demo")) {
      var buyer = Shopper.signedUp(shop);
      await().until(() -> buyer.products().size() == OFFERS);
      var product = buyer.products().getFirst();

      buyer.orders(product.get("id").asText(), 1).json(201);
      shop.kill();
    }
    try (var again = ShopProcess.open(data, "--demo")) {
      var somebody = Shopper.stranger(again);
      await()
          .untilAsserted(() ->
              assertThat(somebody.products())
                  .hasSize(OFFERS)
                  .allSatisfy(product -> assertThat(product.get("title").asText()).isNotBlank()));
    }
  }

  @Test
  @DisplayName("stays away from a shop that has something of its own")
  void notAmongOthers() {
    try (var shop = ShopProcess.open(data)) {
      var seller = Shopper.signedUp(shop);
      seller.offers("Vase", "38", 1);
      await().until(() -> seller.products().size() == 1);
      shop.program().terminate();
    }
    try (var again = ShopProcess.open(data, "--demo")) {
      assertThat(Shopper.stranger(again).products()).hasSize(1);
    }
  }
}
