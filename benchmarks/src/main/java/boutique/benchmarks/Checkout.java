package boutique.benchmarks;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.benchmarks.Callers.Load;
import boutique.kafka.RawKafka;
import boutique.kernel.store.Recorded;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What an order costs from its placing to its completion, with everything that happens because of
 * it, against what its parts would cost by themselves: so many requests that a bare server answers,
 * commits that are only appended, records that Kafka only takes, frames that are only sent. How
 * many of each there are is counted, not reckoned.
 */
final class Checkout implements Benchmark {
  private static final double BAR = 2.5;
  private static final double SLOWEST_MILLIS = 20;
  private static final double MOST_ROUND_TRIPS = 0.5;
  private static final double LOAD = 0.7;
  private static final int BUYERS = 32;
  private static final int LINES = 3;
  private static final int REQUESTS = 2;
  private static final int PERCENT = 10;
  private static final int APPENDERS = 256;
  private static final int ROUNDS = 5;
  private static final String WRITE = "boutique.StoreWrite";
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("bench.checkout.warmUpSeconds", 25));
  private static final Duration WARM_UP_OF_PARTS = Duration.ofSeconds(4);
  private static final Duration SLICE = Duration.ofSeconds(2);
  private static final Duration SLICE_OF_PARTS = Duration.ofMillis(400);
  private static final Duration PACED = Duration.ofSeconds(8);
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public String name() {
    return "checkout";
  }

  @Override
  public String question() {
    return "an order of %d items and a voucher, placed, paid and complete, durable; %d buyers, Kafka, a socket each"
        .formatted(LINES, BUYERS);
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var data = place.fresh("data");
    var appended = place.fresh("store");
    var kafkaPort = Web.freePort();
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var database = RocksDatabase.open(appended);
    try (var shop = Server.shop(place, data, kafkaPort, Map.of(), "--no-demo", Buyer.OPERATOR)) {
      shop.untilReady("/health/ready");
      shop.until(() -> Web.kafkaAnswers(kafkaPort));
      try (var kafka = new RawKafka(kafkaPort, sample())) {
        return measure(
            place,
            vertx,
            shop,
            new Parts(
                vertx,
                shop,
                new RocksEventStore(database),
                kafka,
                vertx.createNetClient(),
                vertx.createWebSocketClient()));
      }
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      database.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Place.delete(data);
      Place.delete(appended);
    }
  }

  /** A fact of a topic of its own. */
  private static Recorded sample() {
    var fact = SampleOrder.commit(0, 1).events().getFirst();
    return new Recorded(
        new StreamId("bench", "0"), 1, fact.type(), fact.at(), fact.context(), fact.json());
  }

  private static List<Row> measure(Place place, Vertx vertx, Server shop, Parts parts)
      throws Exception {
    var buyers = new ArrayList<Buyer>();
    for (var i = 0; i < BUYERS; i++) {
      buyers.add(Buyer.of(vertx, shop, "buyer-" + i + "@example.org"));
    }
    var order = order(buyers.getFirst(), Buyer.operator(vertx, shop).issues("BENCH", PERCENT));
    var session = buyers.getFirst().session();
    try (var sockets = Sockets.of(vertx, shop, buyers)) {
      var placing = Recording.of(shop.port(), Purchase.placing(session, order));
      var id = new JsonObject(placing.body()).getString("id");
      var paying = Recording.of(shop.port(), Purchase.paying(session, id));
      var crowd = new Crowd(vertx, shop, sockets, buyers, order);
      crowd.orders(WARM_UP);
      try (var bare = BareServer.like(place, shop, placing);
          var pay = BareServer.like(place, shop, paying);
          var frames = BareSockets.like(place, shop, sockets.latest())) {
        return rows(place, vertx, shop, crowd, parts.against(bare, placing, pay, paying, frames));
      }
    }
  }

  private static JsonObject order(Buyer seller, String voucher) throws Exception {
    var items = new JsonArray();
    for (var i = 0; i < LINES; i++) {
      items.add(new JsonObject().put("productId", seller.offers(100_000_000)).put("quantity", 1));
    }
    return new JsonObject().put("items", items).put("vouchers", new JsonArray().add(voucher));
  }

  private static List<Row> rows(
      Place place, Vertx vertx, Server shop, Crowd crowd, List<Rounds.Side<Double>> parts)
      throws Exception {
    for (var part : parts) {
      for (var end = System.nanoTime() + WARM_UP_OF_PARTS.toNanos(); System.nanoTime() < end; ) {
        part.measure();
      }
    }
    var ours = new ArrayList<Run>();
    var costs = new ArrayList<List<Double>>();
    for (var round = 0; round < ROUNDS; round++) {
      ours.add(crowd.orders(SLICE));
      var cost = new ArrayList<Double>();
      for (var part : parts) {
        cost.add(part.measure());
      }
      costs.add(cost);
    }
    var counts = crowd.counted(place);
    var cpu = Samples.of(ours, Run::shopMicros);
    var frames = Samples.of(ours, Run::frames);
    var amounts = List.of(1.0, 1.0, counts.commits, counts.facts, frames.median());
    var sums =
        new Samples(
            costs.stream()
                .map(cost ->
                    IntStream.range(0, cost.size())
                        .mapToDouble(i -> cost.get(i) * amounts.get(i))
                        .sum())
                .toList());
    var rate = Samples.of(ours, Run::perSecond);
    var slowest =
        new Samples(List.of(Pace.slowest(vertx, crowd.purchases, rate.median() * LOAD, PACED)));
    shop.settle();
    return List.of(
        Row.note("orders/s, paid", rate.text(0)),
        Row.compared(
                "core-µs per order, the shop with its Kafka",
                cpu.text(0),
                "its parts: " + sums.text(0),
                cpu.over(sums))
            .atMost(BAR, cpu.over(sums), ""),
        Row.note(
            "its parts, each of them: core-µs",
            "a request to place it %s, to pay %s, a commit %s, a record %s, a frame %s"
                .formatted(
                    each(costs, 0),
                    each(costs, 1),
                    each(costs, 2),
                    each(costs, 3),
                    each(costs, 4))),
        Row.note(
            "its parts, how many of them",
            "%d requests, %s commits, %s records, %s frames"
                .formatted(
                    REQUESTS,
                    Row.number(counts.commits, 2),
                    Row.number(counts.facts, 2),
                    frames.text(2))),
        Row.note("placed and paid, 99 of 100 within, at 70 % of that load, ms", slowest.text(1))
            .atMost(SLOWEST_MILLIS, slowest, "ms"),
        Row.note("store round trips per order", counts.trips.text(3))
            .atMost(MOST_ROUND_TRIPS, counts.trips, ""));
  }

  private static String each(List<List<Double>> costs, int part) {
    return Samples.of(costs, cost -> cost.get(part)).text(1);
  }

  /** What was seen of so many orders. */
  private record Run(double perSecond, double shopMicros, double frames) {}

  /** For each order. */
  private record Counts(double commits, double facts, Samples trips) {}

  /** The buyers, who keep their connections. */
  private static final class Crowd {
    private final Vertx vertx;
    private final Server shop;
    private final Sockets sockets;
    private final List<Purchase> purchases;

    /** Kept, for it is closed, with all connections, when nobody has it any more. */
    private final NetClient net;

    Crowd(Vertx vertx, Server shop, Sockets sockets, List<Buyer> buyers, JsonObject order)
        throws Exception {
      this.vertx = vertx;
      this.shop = shop;
      this.sockets = sockets;
      this.net = vertx.createNetClient();
      this.purchases =
          Future.all(
                  buyers.stream()
                      .map(buyer -> Purchase.open(net, shop.port(), buyer.session(), order))
                      .toList())
              .map(opened -> opened.<Purchase>list())
              .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** With everything that follows from them. */
    Run orders(Duration time) throws Exception {
      var loads = new ArrayList<Load>();
      var before = sockets.frames();
      var micros = shop.cpuMicros(() -> loads.add(load(time)));
      var orders = loads.getFirst().answered();
      return new Run(
          loads.getFirst().perSecond(), micros / orders, (sockets.frames() - before) / orders);
    }

    /** The same, watched at its store. */
    Counts counted(Place place) throws Exception {
      var loads = new ArrayList<Load>();
      var writes =
          shop.watched(
              WRITE,
              place.fresh("recording"),
              () -> {
                loads.add(load(SLICE));
                shop.settle();
              });
      var orders = loads.getFirst().answered();
      var synced = writes.stream().filter(write -> write.getBoolean("synced")).count();
      return new Counts(
          sum(writes, "commits") / orders,
          sum(writes, "facts") / orders,
          new Samples(List.of(synced / orders)));
    }

    private static double sum(List<RecordedEvent> writes, String what) {
      return writes.stream().mapToInt(write -> write.getInt(what)).sum();
    }

    private Load load(Duration time) throws Exception {
      return each(vertx, purchases, time);
    }
  }

  private static Load each(
      Vertx vertx, List<? extends Callers.Work> callers, Duration time, LongSupplier... counters)
      throws Exception {
    Queue<Callers.Work> free = new ConcurrentLinkedQueue<>(callers);
    Supplier<Callers.Work> next = free::remove;
    return Callers.each(vertx, callers.size(), time, next, counters);
  }

  /** What an order is made of, each part by itself: what one of it costs, in core-µs. */
  private record Parts(
      Vertx vertx,
      Server shop,
      RocksEventStore store,
      RawKafka kafka,
      NetClient net,
      WebSocketClient sockets) {

    List<Rounds.Side<Double>> against(
        Server placing, Recording placed, Server paying, Recording paid, Server frames)
        throws Exception {
      var orders = new AtomicLong();
      var readers = BareSockets.Reader.open(sockets, frames, BUYERS);
      return List.of(
          requests(placing, placed),
          requests(paying, paid),
          () ->
              Callers.each(vertx, APPENDERS, SLICE_OF_PARTS, () -> new Append.Buyer(store, orders))
                  .cpuMicrosEach(),
          this::records,
          () ->
              each(vertx, readers, SLICE_OF_PARTS, () -> (long) frames.cpuMicros()).each(0)
                  / BareSockets.Reader.FRAMES);
    }

    private Rounds.Side<Double> requests(Server server, Recording recording) throws Exception {
      var lines = new ArrayList<Callers.Work>();
      for (var i = 0; i < BUYERS; i++) {
        var line =
            Line.open(net, server.port(), recording).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        lines.add(line::ask);
      }
      return () -> each(vertx, lines, SLICE_OF_PARTS, () -> (long) server.cpuMicros()).each(0);
    }

    /** Both who sends and who takes: the broker is in the shop. */
    private double records() throws Exception {
      var sent = new AtomicLong();
      var ours = Callers.cpuNanos();
      var broker =
          shop.cpuMicros(() -> {
            var end = System.nanoTime() + SLICE_OF_PARTS.toNanos();
            while (System.nanoTime() < end) {
              sent.addAndGet(kafka.send());
            }
          });
      return (broker + (Callers.cpuNanos() - ours) / 1e3) / sent.get();
    }
  }
}
