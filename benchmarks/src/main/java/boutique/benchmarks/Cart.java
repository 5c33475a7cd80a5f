package boutique.benchmarks;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.benchmarks.Callers.Load;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What it costs to put something into a cart, durably before the answer: against the slower of a
 * server that only answers the same bytes to the same POST, and a store that only appends.
 */
final class Cart implements Benchmark {
  private static final double BAR = 0.5;
  private static final double SLOWEST_MILLIS = 10;
  private static final double LOAD = 0.7;
  private static final int SHOPPERS = 32;
  private static final int WARM_UPS = 8;
  private static final int ROUNDS = 24;
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration SLICE = Duration.ofMillis(150);
  private static final Duration PACED = Duration.ofSeconds(5);
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public String name() {
    return "cart";
  }

  @Override
  public String question() {
    return "POST /api/cart/items, durable, " + SHOPPERS + " shoppers with a cart each";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var data = place.fresh("data");
    var bare = place.fresh("store");
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var database = RocksDatabase.open(bare);
    try (var shop = Server.shop(place, data, 0, Map.of(), "--no-demo")) {
      shop.untilReady("/health/ready");
      var buyers = new ArrayList<Buyer>();
      for (var i = 0; i < SHOPPERS; i++) {
        buyers.add(Buyer.of(vertx, shop, "shopper-" + i + "@example.org"));
      }
      var product = buyers.getFirst().offers();
      return compare(place, vertx, shop, new RocksEventStore(database), buyers, product);
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      database.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Place.delete(data);
      Place.delete(bare);
    }
  }

  private static List<Row> compare(
      Place place,
      Vertx vertx,
      Server shop,
      RocksEventStore store,
      List<Buyer> buyers,
      String product)
      throws Exception {
    var item = "{\"productId\":\"" + product + "\",\"quantity\":1}";
    var recording =
        Recording.of(
            shop.port(),
            Conversation.question("POST", "/api/cart/items", buyers.getFirst().session(), item));
    try (var server = BareServer.like(place, shop, recording)) {
      var net = vertx.createNetClient();
      var ours = new Crowd(vertx, net, shop, buyers, product);
      var others = new Crowd(vertx, net, server, buyers, product);
      var orders = new AtomicLong();
      Rounds.Side<Load> append =
          () -> Callers.each(vertx, SHOPPERS, SLICE, () -> new Append.Buyer(store, orders));
      Rounds.of(WARM_UPS, () -> ours.ask(WARM_UP), () -> others.ask(WARM_UP), append);
      var sides = Rounds.of(ROUNDS, () -> ours.ask(SLICE), () -> others.ask(SLICE), append);
      var rate = Samples.of(sides.get(0), Load::perSecond);
      var posts = Samples.of(sides.get(1), Load::perSecond);
      var appends = Samples.of(sides.get(2), Load::perSecond);
      var slower = posts.median() < appends.median() ? posts : appends;
      var cpu = Samples.of(sides.get(0), load -> load.each(0));
      var postCpu = Samples.of(sides.get(1), load -> load.each(0));
      var paced =
          new Samples(List.of(Pace.slowest(vertx, ours.shoppers, rate.median() * LOAD, PACED)));
      return List.of(
          Row.compared(
                  "changes/s",
                  rate.text(0),
                  "bare POST: " + posts.text(0) + ", append: " + appends.text(0),
                  rate.over(slower))
              .atLeast(BAR, rate.over(slower)),
          Row.compared(
              "core-µs of the server",
              cpu.text(1),
              "bare POST: " + postCpu.text(1),
              cpu.over(postCpu)),
          Row.note("99 of 100 within, at 70 % of that load, ms", paced.text(1))
              .atMost(SLOWEST_MILLIS, paced, "ms"));
    }
  }

  /** Shoppers who keep their connections. */
  private static final class Crowd {
    private final Vertx vertx;
    private final Server server;
    private final List<Shopping> shoppers;

    Crowd(Vertx vertx, NetClient net, Server server, List<Buyer> buyers, String product)
        throws Exception {
      this.vertx = vertx;
      this.server = server;
      this.shoppers =
          Future.all(
                  buyers.stream()
                      .map(buyer -> Shopping.open(net, server.port(), buyer.session(), product))
                      .toList())
              .map(opened -> opened.<Shopping>list())
              .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    Load ask(Duration time) throws Exception {
      Queue<Shopping> free = new ConcurrentLinkedQueue<>(shoppers);
      return Callers.each(
          vertx, SHOPPERS, time, () -> free.remove(), () -> (long) server.cpuMicros());
    }
  }
}
