package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Trouble with Kafka is no trouble for shoppers:")
@Timeout(300)
class KafkaTroubleIT {
  @TempDir Path data;

  @Test
  @DisplayName("when its port is taken it is at the next free one, and a line says so")
  void portTaken() throws IOException {
    try (var other = Ports.taken();
        var shop = ShopProcess.openWithKafka(data, other.getLocalPort())) {
      var taken = other.getLocalPort();
      var buyer = Shopper.signedUp(shop);

      shop.program().awaitOut(line -> line.contains(taken + " is in use"));

      var line =
          shop.program().out().stream().filter(said -> said.contains("Kafka")).findFirst().get();
      var port = Integer.parseInt(line.replaceFirst(".*localhost:(\\d+).*", "$1"));
      assertThat(port).isGreaterThan(taken);
      try (var reader = new FactReader(port)) {
        await()
            .untilAsserted(() ->
                assertThat(reader.all())
                    .anyMatch(fact -> fact.header("ce_actor").equals(buyer.id())));
      }
    }
  }

  @Test
  @DisplayName(
      "when it cannot start, orders go on, one line says so, and a later start brings it all")
  void cannotStart() throws IOException {
    Files.writeString(data.resolve("kafka"), "a file where its directory should be");
    var kafka = Ports.free();
    var orders = 40;
    try (var shop = ShopProcess.openWithKafka(data, kafka)) {
      shop.program().awaitOut(line -> line.startsWith("Facts wait in the store"));
      var buyer = Shopper.signedUp(shop);
      var product = buyer.offers("Vase", "38", 1_000);
      IntStream.range(0, orders)
          .forEach(_ -> {
            var order = buyer.numbered(buyer.orders(product, 1).json(201)).get("id").asText();
            buyer.cancels(order).json(200);
          });
      assertThat(shop.program().out())
          .filteredOn(line -> line.contains("Facts"))
          .singleElement()
          .asString()
          .contains(data.resolve("kafka").toString());
      assertThat(shop.program().err()).isEmpty();
      shop.program().terminate();
    }

    Files.delete(data.resolve("kafka"));
    try (var _ = ShopProcess.openWithKafka(data, kafka);
        var reader = new FactReader(kafka)) {
      await()
          .untilAsserted(() ->
              assertThat(reader.streams().values().stream().map(KafkaTroubleIT::types))
                  .filteredOn(
                      List.of(
                              "checkout.started",
                              "order.created",
                              "order.numbered",
                              "order.cancelled")
                          ::equals)
                  .hasSize(orders));
    }
  }

  @Test
  @DisplayName("when its directory was lost, the next start brings everything again")
  void directoryLost() throws IOException {
    var kafka = Ports.free();
    Map<String, List<Fact>> before;
    try (var shop = ShopProcess.openWithKafka(data, kafka);
        var reader = new FactReader(kafka)) {
      var buyer = Shopper.signedUp(shop);
      var product = buyer.offers("Vase", "38", 10);
      buyer.orders(product, 1).json(201);
      await().untilAsserted(() -> assertThat(reader.streams()).anySatisfy(KafkaTroubleIT::ordered));
      before = reader.streams();
      shop.program().terminate();
    }

    delete(data.resolve("kafka"));
    try (var _ = ShopProcess.openWithKafka(data, kafka);
        var reader = new FactReader(kafka)) {
      await().untilAsserted(() -> assertThat(reader.streams()).containsAllEntriesOf(before));
    }
  }

  private static void ordered(String stream, List<Fact> facts) {
    assertThat(types(facts)).contains("order.created");
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> types(List<Fact> stream) {
    return stream.stream().map(Fact::type).toList();
  }
}
