package boutique.journeys;

import static boutique.journeys.Patience.await;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Shoppers who buy and change their minds for as long as anybody answers. */
final class Crowd implements AutoCloseable {
  private final List<String> products;
  private final Queue<Purchase> purchases = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger cutOff = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> shopping;

  Crowd(List<Shopper> shoppers, List<String> products, Random random) {
    this.products = products;
    this.shopping =
        shoppers.stream()
            .<Future<?>>map(shopper -> {
              var whims = new Random(random.nextLong());
              return threads.submit(() -> shop(shopper, whims));
            })
            .toList();
  }

  void awaitAnswers(int count) {
    await().until(() -> answers.get() >= count || shopping.stream().anyMatch(Future::isDone));
  }

  /** Everything that was wanted, once everybody has noticed that nobody answers any more. */
  List<Purchase> leave() throws Exception {
    for (var one : shopping) {
      one.get();
    }
    return List.copyOf(purchases);
  }

  /** How many requests had no answer. */
  int cutOff() {
    return cutOff.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void shop(Shopper shopper, Random whims) {
    try {
      for (var number = 0; ; number++) {
        var purchase =
            new Purchase(shopper, "%d-%d".formatted(whims.nextLong(), number), wish(whims));
        purchases.add(purchase);
        purchase.place();
        answers.incrementAndGet();
        if (purchase.placed() && whims.nextInt(3) == 0) {
          purchase.cancel();
          answers.incrementAndGet();
        }
      }
    } catch (UncheckedIOException nobodyAnswers) {
      cutOff.incrementAndGet();
    }
  }

  private Map<String, Long> wish(Random whims) {
    var first = whims.nextInt(products.size());
    var second = whims.nextInt(products.size());
    var quantity = 1 + whims.nextLong(3);
    return first == second
        ? Map.of(products.get(first), quantity)
        : Map.of(products.get(first), quantity, products.get(second), 1L);
  }
}
