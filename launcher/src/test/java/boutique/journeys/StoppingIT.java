package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A shop that is asked to end")
@Timeout(300)
class StoppingIT {
  /** What a JVM makes of SIGTERM. */
  private static final int TERMINATED = 143;

  @TempDir Path data;

  @Test
  @DisplayName("closes, says so, and complains of nothing")
  void closes() {
    try (var shop = ShopProcess.open(data)) {
      var buyer = Shopper.signedUp(shop);
      buyer.orders(buyer.offers("Mug", "16", 3), 1).json(201);

      assertThat(shop.program().terminate()).isEqualTo(TERMINATED);

      assertThat(shop.program().out()).last().isEqualTo("The Boutique has closed.");
      assertThat(shop.program().err()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "keeps all that it has acknowledged while it was closing, and opens at the same place")
  void keepsEverything() throws Exception {
    var http = "" + Ports.free();
    var kafka = Ports.free();
    List<Purchase> purchases;
    try (var shop = ShopProcess.openWithKafka(data, kafka, "--port", http)) {
      var shoppers = IntStream.range(0, 8).mapToObj(_ -> Shopper.signedUp(shop)).toList();
      var products = List.of(shoppers.getFirst().offers("Tea", "3.50", 100_000));
      try (var crowd = new Crowd(shoppers, products, new Random(1))) {
        crowd.awaitAnswers(200);
        shop.program().terminate();
        purchases = crowd.leave();
      }
      assertThat(shop.program().out()).last().asString().startsWith("The Boutique has closed");
    }

    try (var _ = ShopProcess.openWithKafka(data, kafka, "--port", http)) {
      assertThat(purchases.stream().filter(Purchase::placed))
          .hasSizeGreaterThan(50)
          .allSatisfy(purchase -> {
            var order = purchase.buyer().order(purchase.id()).json(200);
            assertThat(order.get("items")).isEqualTo(purchase.order().get("items"));
            if (purchase.cancelled()) {
              assertThat(order.get("status").asText()).isEqualTo("cancelled");
            }
          });
    }
  }

  @Test
  @DisplayName("ends also when it has hardly begun, and Kafka is still starting")
  void endsEarly() {
    var kafka = Ports.free();
    try (var shop = ShopProcess.openWithKafka(data, kafka)) {
      assertThat(shop.program().terminate()).isEqualTo(TERMINATED);

      assertThat(shop.program().out()).last().asString().startsWith("The Boutique has closed");
    }
    ShopProcess.openWithKafka(data, kafka).close();
  }
}
