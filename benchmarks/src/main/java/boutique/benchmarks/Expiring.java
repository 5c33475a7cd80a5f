package boutique.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How soon what was kept for an order that nobody pays can be bought by somebody else, while many
 * others wait; and what those cost who wait. The deadlines of those that expire are spread over one
 * second.
 */
final class Expiring implements Benchmark {
  private static final double SLOWEST_MILLIS = 1_000;
  private static final int WAITING = Integer.getInteger("bench.expiry.waiting", 100_000);
  private static final int EXPIRING = 5_000;
  private static final int FEWER = 1_000;
  private static final Duration FAR = Duration.ofHours(12);
  private static final Duration NEAR = Duration.ofSeconds(30);
  private static final Duration SLEPT = Duration.ofSeconds(2);
  private static final Duration CATCHING_UP = Duration.ofMinutes(10);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long CLOSING_SECONDS = 30;
  private static final String READY = "/health/ready";

  @Override
  public String name() {
    return "expiry";
  }

  @Override
  public String question() {
    return "stock of %,d orders that expire in the same second, while %,d others wait"
        .formatted(EXPIRING, WAITING);
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var data = place.fresh("data");
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      var rows = new ArrayList<Row>();
      rows.addAll(waiting(place, data));
      rows.addAll(prompt(place, data, vertx));
      rows.addAll(sleptOver(place, data, vertx, FEWER));
      rows.addAll(sleptOver(place, data, vertx, EXPIRING));
      return rows;
    } finally {
      vertx.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
      Place.delete(data);
    }
  }

  private static Server open(Place place, Path data, String... more) throws Exception {
    var words = Stream.concat(Stream.of("--no-demo"), Stream.of(more)).toArray(String[]::new);
    var shop = Server.shop(place, data, 0, Map.of(), words);
    shop.untilReady(READY);
    return shop;
  }

  /** With every product's stock in memory, as it is when each was looked at a moment ago. */
  private static List<Row> waiting(Place place, Path data) throws Exception {
    double alone;
    double before;
    try (var shop = open(place, data, Buyer.OPERATOR)) {
      shop.settle(CATCHING_UP);
      alone = idle(shop);
      before = shop.liveBytes();
    }
    var start = Instant.now().plus(FAR);
    var far = new Pending("far", WAITING, number -> start.plusMillis(number));
    far.into(data);
    try (var shop = open(place, data)) {
      shop.settle(CATCHING_UP);
      var with = idle(shop);
      var asleep = shop.liveBytes();
      return List.of(
          Row.note("idle, without them: % of a core", Row.number(alone, 1)),
          Row.note("idle, with them: % of a core", Row.number(with, 1)),
          Row.note("heap beside the store, without them, MiB", Row.number(before / (1 << 20), 1)),
          Row.note("heap for each of them, bytes", Row.number((asleep - before) / WAITING, 0)));
    }
  }

  /** In percent of a core. */
  private static double idle(Server shop) throws Exception {
    var before = shop.cpuMicros();
    Thread.sleep(IDLE);
    return (shop.cpuMicros() - before) / IDLE.toMillis() / 10;
  }

  private static List<Row> prompt(Place place, Path data, Vertx vertx) throws Exception {
    var start = Instant.now().plus(NEAR);
    var near = new Pending("near", EXPIRING, number -> start.plusNanos(number * 200_000L));
    near.into(data);
    try (var shop = open(place, data);
        var released = Released.of(vertx, shop, Buyer.operator(vertx, shop), near)) {
      return rows("visible after the deadline", released.late(PATIENCE));
    }
  }

  /** The shop has taken in all that it was told before it was closed. */
  private static List<Row> sleptOver(Place place, Path data, Vertx vertx, int orders)
      throws Exception {
    var over = Instant.now().plus(NEAR);
    var slept = new Pending("slept" + orders, orders, _ -> over);
    slept.into(data);
    Buyer operator;
    try (var shop = open(place, data)) {
      operator = Buyer.operator(vertx, shop);
      shop.settle(CATCHING_UP);
    }
    if (Instant.now().isAfter(over)) {
      throw new IllegalStateException("the shop was still at work when their time was over");
    }
    Thread.sleep(Duration.between(Instant.now(), over.plus(SLEPT)));
    try (var shop = open(place, data)) {
      var ready = Instant.now();
      try (var released = Released.of(vertx, shop, operator, slept)) {
        var late = Duration.between(over, ready).toNanos() / 1e6;
        return rows(
            "visible after a start that is too late for %,d".formatted(orders),
            released.late(PATIENCE).stream().map(one -> Math.max(0, one - late)).toList());
      }
    }
  }

  private static List<Row> rows(String what, List<Double> late) {
    var most = new Samples(List.of(late.get(late.size() * 99 / 100)));
    return List.of(
        Row.note(what + ": half within, ms", Row.number(late.get(late.size() / 2), 0)),
        Row.note(what + ": 99 of 100 within, ms", most.text(0)).atMost(SLOWEST_MILLIS, most, "ms"),
        Row.note(what + ": the last, ms", Row.number(late.getLast(), 0)));
  }
}
