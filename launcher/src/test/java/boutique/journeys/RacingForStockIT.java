package boutique.journeys;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final int BUYERS = 64;

  @TempDir Path data;

  @Test
  @DisplayName("sixty-four buyers who try six hundred times for two hundred things get two hundred")
  void exactlyAllAreSold() throws Exception {
    String product;
    try (var shop = ShopProcess.open(data, Unlimited.FLAGS)) {
      var buyers = buyers(shop);
      product = buyers.getFirst().offers("Sale", "10", 200);
      var answers = new ConcurrentHashMap<Integer, Answer>();
      var attempts = attempts(600);
      race(attempts, number -> answers.put(number, buyers.get(number % BUYERS).orders(product, 1)));

      assertThat(answers.values().stream().collect(groupingBy(Answer::status, counting())))
          .isEqualTo(Map.of(201, 200L, 409, 400L));
      assertThat(answers.values())
          .filteredOn(answer -> answer.status() == 409)
          .allSatisfy(answer -> answer.problem(409, "stock.insufficient"));
      assertThat(buyers.getFirst().stock(product)).isZero();
    }
    assertBooks(product, 200);
  }

  @Test
  @DisplayName("ten thousand attempts for a thousand things sell a thousand, over a crash as well")
  void exactlyAllAreSoldOverACrash() throws Exception {
    var port = Ports.free();
    var answers = new ConcurrentHashMap<Integer, Answer>();
    var attempts = attempts(10_000);
    var moment = 100 + ThreadLocalRandom.current().nextInt(1_500);
    List<Shopper> buyers;
    String product;
    try (var shop = open(port)) {
      buyers = buyers(shop);
      product = buyers.getFirst().offers("Sale", "10", 1_000);
      System.out.printf("killed after %d answers%n", moment);
      race(
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
      var unanswered = attempts(10_000);
      unanswered.removeIf(answers::containsKey);
      race(unanswered, number -> answers.put(number, attempt(buyers, product, number)));

      assertThat(answers.values().stream().collect(groupingBy(Answer::status, counting())))
          .isEqualTo(Map.of(201, 1_000L, 409, 9_000L));
      assertThat(
              answers.values().stream()
                  .filter(answer -> answer.status() == 201)
                  .map(answer -> answer.json().get("id").asText()))
          .doesNotHaveDuplicates();
      assertThat(buyers.getFirst().stock(product)).isZero();
    }
    assertBooks(product, 1_000);
  }

  private ShopProcess open(int port) {
    var flags = Stream.concat(Stream.of("--port", "" + port), Stream.of(Unlimited.FLAGS));
    return ShopProcess.open(data, flags.toArray(String[]::new));
  }

  private void assertBooks(String product, long sold) throws Exception {
    Facts.in(
        data,
        store -> {
          assertThat(StockInvariants.violations(store)).isEmpty();
          var ledger = StockInvariants.ledgers(store).get(product);
          assertThat(ledger.taken()).isEqualTo(sold);
          assertThat(ledger.keptFor()).hasSize((int) sold);
          return ledger;
        });
  }

  /** Under a key of its own: whoever had no answer asks again, for the same order. */
  private static Answer attempt(List<Shopper> buyers, String product, int number) {
    return buyers.get(number % BUYERS).orders("attempt-" + number, Map.of(product, 1L));
  }

  private static List<Shopper> buyers(ShopProcess shop) {
    return IntStream.range(0, BUYERS).mapToObj(_ -> Shopper.signedUp(shop)).toList();
  }

  private static Queue<Integer> attempts(int count) {
    return new ConcurrentLinkedQueue<>(IntStream.range(0, count).boxed().toList());
  }

  private interface Deed {
    void done(int number);
  }

  /** All buyers at once, each one attempt after the other, as long as anybody answers. */
  private static void race(Queue<Integer> attempts, Deed deed) throws Exception {
    try (var everybody = Executors.newVirtualThreadPerTaskExecutor()) {
      var racing =
          IntStream.range(0, BUYERS)
              .<Future<?>>mapToObj(_ -> everybody.submit(() -> run(attempts, deed)))
              .toList();
      for (var one : racing) {
        one.get();
      }
    }
  }

  private static void run(Queue<Integer> attempts, Deed deed) {
    try {
      for (var next = attempts.poll(); next != null; next = attempts.poll()) {
        deed.done(next);
      }
    } catch (UncheckedIOException nobodyAnswers) {
      // the shop is gone
    }
  }
}
