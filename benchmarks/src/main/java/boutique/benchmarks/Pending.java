package boutique.benchmarks;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Recorded;
import boutique.language.Context;
import boutique.language.Event;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderNumbered;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.orders.OrderNumber;
import boutique.language.pricing.Pricing;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Orders that wait for their money, written into a store as the shop would have written them: one
 * unit each, of some products that nothing is left of. So many cannot be placed in a bearable time,
 * and none can be placed with a deadline of one's choice.
 */
record Pending(String kind, int orders, IntFunction<Instant> deadline) {
  /** How many products share the orders. */
  static final int PRODUCTS = 20;

  private static final int TOGETHER = 500;
  private static final long PATIENCE_SECONDS = 60;
  private static final Duration GRACE = Duration.ofMinutes(15);
  private static final UserId BUYER = new UserId("0198f3a1-11d0-7a2b-8c3d-4e5f60718293");
  private static final Context CONTEXT = new Context("bench", null, "bench");
  private static final Money PRICE = new Money(5_900, "USD");

  ProductId product(int order) {
    return new ProductId("0198f3a0-" + kind + "-" + order % PRODUCTS);
  }

  OrderId order(int number) {
    return new OrderId("0198f3a2-7c41-7e01-" + kind + "-" + number);
  }

  /** Into the store of a shop that is closed. */
  void into(Path data) throws Exception {
    var database = RocksDatabase.open(data);
    try {
      var store = new RocksEventStore(database);
      for (var first = 0; first < orders; first += TOGETHER) {
        var commits = new ArrayList<Future<Void>>();
        for (var number = first; number < Math.min(orders, first + TOGETHER); number++) {
          commits.add(store.append(placed(number)));
        }
        Future.all(commits).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      for (var product = 0; product < PRODUCTS; product++) {
        stock(store, product);
      }
    } finally {
      database.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private Commit placed(int number) {
    var order = order(number);
    var at = Instant.now();
    var until = deadline.apply(number);
    var lines = List.of(new OrderLine(product(number), "Linen Shirt, Sky", PRICE, 1));
    var quote = Pricing.quote(lines.stream().map(OrderLine::item).toList(), List.of()).quote();
    return commit(
        order.stream(),
        1,
        List.of(
            new CheckoutStarted(order, BUYER, lines, quote, CartLock.NONE, until, at),
            new OrderCreated(order, BUYER, lines, quote, PRICE, until, at),
            new OrderNumbered(order, BUYER, OrderNumber.of(year(), first() + number), at, at)));
  }

  /** Numbers of different kinds are apart. */
  private long first() {
    return 1_000_000L * (1 + Math.floorMod(kind.hashCode(), 1_000));
  }

  private static int year() {
    return OrderNumber.year(Instant.now());
  }

  private void stock(RocksEventStore store, int place) throws Exception {
    var product = product(place);
    var numbers = new ArrayList<Integer>();
    for (var number = place; number < orders; number += PRODUCTS) {
      numbers.add(number);
    }
    var stream = new StreamId("inventory", product.value());
    var at = Instant.now();
    var events = new ArrayList<Event>();
    events.add(new StockOpened(product, BUYER, "main", numbers.size(), at));
    var left = numbers.size();
    for (var number : numbers) {
      left--;
      events.add(
          new StockReserved(
              product,
              order(number),
              null,
              1,
              Map.of("main", 1L),
              left,
              deadline.apply(number).plus(GRACE),
              at));
    }
    for (var from = 0; from < events.size(); from += TOGETHER) {
      var some = events.subList(from, Math.min(events.size(), from + TOGETHER));
      store.append(commit(stream, from + 1, some)).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Commit commit(StreamId stream, long first, List<? extends Event> events) {
    var recorded = new ArrayList<Recorded>();
    for (var event : events) {
      recorded.add(Recorded.of(stream, first + recorded.size(), event, Instant.now(), CONTEXT));
    }
    return new Commit(stream, first, recorded);
  }

  /** By product, the deadlines of its orders, the earliest first. */
  Map<String, List<Instant>> deadlines() {
    var all = new HashMap<String, List<Instant>>();
    for (var number = 0; number < orders; number++) {
      all.computeIfAbsent(product(number).value(), _ -> new ArrayList<>())
          .add(deadline.apply(number));
    }
    all.values().forEach(one -> one.sort(null));
    return all;
  }
}
