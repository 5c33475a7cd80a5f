package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A crash")
@Timeout(900)
class CrashLosesNothingIT {
  private static final int KILLS = 3;
  private static final int SHOPPERS = 16;
  private static final int MOST_ANSWERS = 600;

  @TempDir Path data;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final int port = Ports.free();
  private final int kafka = Ports.free();
  private final Map<String, Long> received = new TreeMap<>();
  private final List<Purchase> purchases = new ArrayList<>();
  private List<Shopper> shoppers = List.of();

  @Test
  @DisplayName("loses nothing that was acknowledged, here or in Kafka, and makes nothing up")
  void killedUnderLoad() throws Exception {
    try (var shop = open()) {
      shoppers = IntStream.range(0, SHOPPERS).mapToObj(_ -> Shopper.signedUp(shop)).toList();
      for (var quantity : List.of(100_000L, 100_000L, 40L)) {
        received.put(shoppers.getFirst().offers("Tea", "3.50", quantity), quantity);
      }
      killUnderLoad(shop, 1);
    }
    for (var kill = 2; kill <= KILLS; kill++) {
      try (var shop = open()) {
        assertNothingLost(kill - 1);
        askAgain();
        killUnderLoad(shop, kill);
      }
    }
    try (var _ = open()) {
      assertNothingLost(KILLS);
    }
  }

  private ShopProcess open() {
    return ShopProcess.openWithKafka(data, kafka, "--port", "" + port);
  }

  private void killUnderLoad(ShopProcess shop, int kill) throws Exception {
    var moment = 1 + random.nextInt(MOST_ANSWERS);
    System.out.printf("seed %d: kill %d after %d answers%n", seed, kill, moment);
    try (var crowd = new Crowd(shoppers, List.copyOf(received.keySet()), random)) {
      crowd.awaitAnswers(moment);
      shop.kill();
      purchases.addAll(crowd.leave());
      assertThat(crowd.cutOff()).as("requests that kill %d has cut off", kill).isPositive();
    }
  }

  /** Some of those who had no answer ask again, with the same key, and get their one order. */
  private void askAgain() {
    purchases.stream()
        .filter(Purchase::unanswered)
        .filter(_ -> random.nextBoolean())
        .forEach(Purchase::place);
  }

  private void assertNothingLost(int kill) {
    var story = "seed %d, after kill %d".formatted(seed, kill);
    await().untilAsserted(() -> assertThat(heldOrAvailable()).as(story).isEqualTo(received));
    assertShopKnows(story);
    try (var reader = new FactReader(kafka)) {
      await().untilAsserted(() -> assertKafkaKnows(reader.streams(), story));
      System.out.printf(
          "%s: %d facts in Kafka, %d of them again%n",
          story, reader.all().size(), reader.repetitions());
    }
  }

  /** Per product, what can be bought, and what the orders that are open hold. */
  private Map<String, Long> heldOrAvailable() {
    var sums = new TreeMap<String, Long>();
    received.keySet().forEach(product -> sums.put(product, shoppers.getFirst().stock(product)));
    for (var order : listed().values()) {
      if (!isCancelled(order)) {
        order
            .get("items")
            .forEach(item ->
                sums.merge(
                    item.get("productId").asText(), item.get("quantity").asLong(), Long::sum));
      }
    }
    return sums;
  }

  private void assertShopKnows(String story) {
    var listed = listed();
    for (var purchase : purchases.stream().filter(Purchase::placed).toList()) {
      var order = purchase.buyer().order(purchase.id()).json(200);
      assertThat(unchanging(order)).as(story).isEqualTo(unchanging(purchase.order()));
      assertThat(listed).as(story).containsEntry(purchase.id(), order);
      if (purchase.kept() || purchase.cancelled()) {
        assertThat(isCancelled(order)).as("%s: %s", story, order).isEqualTo(purchase.cancelled());
      }
    }
    var placed = purchases.stream().filter(Purchase::placed).map(Purchase::id).collect(toSet());
    var unanswered = purchases.stream().filter(Purchase::unanswered).count();
    assertThat(listed.keySet())
        .as(story)
        .filteredOn(id -> !placed.contains(id))
        .hasSizeLessThanOrEqualTo((int) unanswered);
  }

  private void assertKafkaKnows(Map<String, List<Fact>> streams, String story) {
    var listed = listed();
    var cancelled =
        listed.entrySet().stream()
            .filter(order -> isCancelled(order.getValue()))
            .map(Map.Entry::getKey)
            .collect(toSet());
    assertThat(having("order.created", streams)).as(story).isEqualTo(listed.keySet());
    assertThat(having("order.cancelled", streams)).as(story).isEqualTo(cancelled);
    assertThat(streams)
        .as(story)
        .allSatisfy((stream, facts) -> {
          if (stream.startsWith("orders/")) {
            assertThat(facts).as("a checkout that has begun and ended").hasSizeGreaterThan(1);
          }
        });
    for (var product : received.keySet()) {
      var last = streams.getOrDefault("inventory/" + product, List.of()).getLast();
      assertThat(last.json().get("available").asLong())
          .as(story)
          .isEqualTo(shoppers.getFirst().stock(product));
    }
  }

  /** Everybody's orders, by their ids. */
  private Map<String, JsonNode> listed() {
    return shoppers.stream()
        .flatMap(shopper -> shopper.orders().stream())
        .collect(toMap(order -> order.get("id").asText(), order -> order));
  }

  /** The orders that have such a fact. */
  private static Set<String> having(String type, Map<String, List<Fact>> streams) {
    return streams.values().stream()
        .flatMap(List::stream)
        .filter(fact -> fact.type().equals(type))
        .map(fact -> fact.json().get("order").asText())
        .collect(toSet());
  }

  private static boolean isCancelled(JsonNode order) {
    return order.get("status").asText().equals("cancelled");
  }

  private static JsonNode unchanging(JsonNode order) {
    ObjectNode copy = order.deepCopy();
    return copy.remove(List.of("number", "status", "cancelledBecause", "version"));
  }
}
