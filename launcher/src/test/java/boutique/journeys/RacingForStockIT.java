package boutique.journeys;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.language.inventory.InventoryEvent.StockReserved;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When many want the same")
@Timeout(600)
class RacingForStockIT {
  @TempDir Path data;
  private final Arrivals arrivals = new Arrivals();

  @Test
  @DisplayName("sixty-four buyers who try six hundred times for two hundred things get two hundred")
  void exactlyAllAreSold() throws Exception {
    String product;
    var answers = new ConcurrentHashMap<Integer, Answer>();
    try (var shop = ShopProcess.open(data, Unlimited.FLAGS)) {
      var buyers = buyers(shop);
      product = buyers.getFirst().offers("Sale", "10", 200);
      var attempts = Race.attempts(600);
      Race.of(
          attempts,
          number -> {
            var buyer = buyers.get(number % Race.RUNNERS);
            answers.put(number, arrivals.of(number, () -> buyer.orders(product, 1)));
          });

      assertThat(answers.values().stream().collect(groupingBy(Answer::status, counting())))
          .isEqualTo(Map.of(201, 200L, 409, 400L));
      assertThat(answers.values())
          .filteredOn(answer -> answer.status() == 409)
          .allSatisfy(answer -> answer.problem(409, "stock.insufficient"));
      assertThat(buyers.getFirst().stock(product)).isZero();
    }
    assertBooks(product, 200, answers);
  }

  @Test
  @DisplayName("ten thousand attempts for a thousand things sell a thousand, over a crash as well")
  void exactlyAllAreSoldOverACrash() throws Exception {
    var port = Ports.free();
    var answers = new ConcurrentHashMap<Integer, Answer>();
    var attempts = Race.attempts(10_000);
    var moment = 100 + ThreadLocalRandom.current().nextInt(1_500);
    List<Shopper> buyers;
    String product;
    try (var shop = open(port)) {
      buyers = buyers(shop);
      product = buyers.getFirst().offers("Sale", "10", 1_000);
      System.out.printf("killed after %d answers%n", moment);
      Race.of(
          attempts,
          number -> {
            answers.put(number, attempt(buyers, product, number));
            if (answers.size() == moment) {
              shop.kill();
            }
          });
      assertThat(answers.size()).isLessThan(10_000);
    }
    try (var _ = open(port)) {
      var unanswered = Race.attempts(10_000);
      unanswered.removeIf(answers::containsKey);
      Race.of(unanswered, number -> answers.put(number, attempt(buyers, product, number)));

      assertThat(answers.values().stream().collect(groupingBy(Answer::status, counting())))
          .isEqualTo(Map.of(201, 1_000L, 409, 9_000L));
      assertThat(
              answers.values().stream()
                  .filter(answer -> answer.status() == 201)
                  .map(answer -> answer.json().get("id").asText()))
          .doesNotHaveDuplicates();
      assertThat(buyers.getFirst().stock(product)).isZero();
    }
    assertBooks(product, 1_000, answers);
  }

  private ShopProcess open(int port) {
    var flags = Stream.concat(Stream.of("--port", "" + port), Stream.of(Unlimited.FLAGS));
    return ShopProcess.open(data, flags.toArray(String[]::new));
  }

  private void assertBooks(String product, long sold, Map<Integer, Answer> answers)
      throws Exception {
    var attempts = new HashMap<String, Integer>();
    var turnedAway = new ArrayList<Integer>();
    answers.forEach((number, answer) -> {
      if (answer.status() == 201) {
        attempts.put(answer.json().get("id").asText(), number);
      } else {
        turnedAway.add(number);
      }
    });
    Facts.in(
        data,
        store -> {
          assertThat(StockInvariants.violations(store)).isEmpty();
          var ledger = StockInvariants.ledgers(store).get(product);
          assertThat(ledger.taken()).isEqualTo(sold);
          assertThat(ledger.keptFor()).hasSize((int) sold);
          var served = served(store, attempts);
          assertThat(served).hasSize((int) sold);
          arrivals.assertKept(served);
          arrivals.assertKept(served, turnedAway);
          return ledger;
        });
  }

  /** The attempts whose orders have stock, in the order in which they got it. */
  private static List<Integer> served(EventStore store, Map<String, Integer> attempts) {
    return Facts.of(store, "inventory").stream()
        .map(Recorded::event)
        .filter(StockReserved.class::isInstance)
        .map(event -> attempts.get(((StockReserved) event).order().value()))
        .toList();
  }

  /** Under a key of its own: whoever had no answer asks again, for the same order. */
  private Answer attempt(List<Shopper> buyers, String product, int number) {
    var buyer = buyers.get(number % Race.RUNNERS);
    return arrivals.of(number, () -> buyer.orders("attempt-" + number, Map.of(product, 1L)));
  }

  private static List<Shopper> buyers(ShopProcess shop) {
    return IntStream.range(0, Race.RUNNERS).mapToObj(_ -> Shopper.signedUp(shop)).toList();
  }
}
