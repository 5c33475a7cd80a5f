package boutique.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way of an order, whole: HTTP, session, checkout, three durable commits, answer. The callers
 * are in this process and take their part of the same cores; the times are those of a closed loop,
 * so they say nothing about a shop that is asked faster than it answers.
 */
final class Orders implements Benchmark {
  private static final int CONNECTIONS = 32;
  private static final int BUYERS = 8;
  private static final int ROUNDS = 5;
  private static final int CREATED = 201;
  private static final int MOST_TIMED = 1 << 20;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration SLICE = Duration.ofSeconds(1);
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public String question() {
    return "POST /api/orders, one item, " + CONNECTIONS + " connections, one product for all";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var data = place.fresh("data");
    var kafkaPort = Web.freePort();
    var vertx = Vertx.vertx();
    try (var shop = Server.shop(place, data, kafkaPort, Map.of())) {
      shop.untilReady("/health/ready");
      shop.until(() -> Web.kafkaAnswers(kafkaPort));
      var crowd = new Crowd(vertx, shop);
      crowd.prepare();
      crowd.order(WARM_UP);
      return rows(Rounds.of(ROUNDS, () -> crowd.order(SLICE)).getFirst());
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Place.delete(data);
    }
  }

  private static List<Row> rows(List<Run> runs) {
    return List.of(
        Row.note("orders/s", Samples.of(runs, Run::perSecond).text(0)),
        Row.note("half of them answered within, ms", Samples.of(runs, Run::half).text(1)),
        Row.note("99 of 100 within, ms", Samples.of(runs, Run::most).text(1)),
        Row.note(
            "core-µs per order, the shop with its Kafka",
            Samples.of(runs, Run::shopMicros).text(0)),
        Row.note("core-µs per order, the callers", Samples.of(runs, Run::callersMicros).text(0)));
  }

  /**
   * What was seen in a while.
   *
   * @param half how long half of the orders took at most, in milliseconds
   * @param most the same for 99 of 100
   * @param shopMicros processor time of the shop, for each order
   */
  private record Run(
      double perSecond, double half, double most, double shopMicros, double callersMicros) {}

  /** The buyers, and the connections that they share. */
  private static final class Crowd {
    private final Vertx vertx;
    private final Server shop;
    private final HttpClientAgent http;
    private final List<String> sessions = new ArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private Buffer order = Buffer.buffer();

    Crowd(Vertx vertx, Server shop) {
      this.vertx = vertx;
      this.shop = shop;
      this.http =
          vertx.createHttpClient(
              new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1));
    }

    /** Accounts are made beforehand: a password costs more than an order. */
    void prepare() throws Exception {
      for (var buyer = 0; buyer < BUYERS; buyer++) {
        sessions.add(Buyer.of(vertx, shop, "buyer-" + buyer + "@example.org").session());
      }
      var product =
          new JsonObject()
              .put("title", "Linen Shirt, Sky")
              .put("price", 59.00)
              .put("quantity", 1_000_000_000);
      var offered =
          post("/api/products", product.toBuffer(), sessions.getFirst())
              .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      var item = new JsonObject().put("productId", offered.getString("id")).put("quantity", 1);
      order = new JsonObject().put("items", new JsonArray().add(item)).toBuffer();
    }

    Run order(Duration time) throws Exception {
      var nanos = new long[MOST_TIMED];
      var timed = new AtomicInteger();
      var load =
          Callers.load(
              vertx,
              CONNECTIONS,
              time,
              () -> {
                var start = System.nanoTime();
                return post("/api/orders", order, buyer())
                    .onSuccess(_ -> nanos[timed.getAndIncrement()] = System.nanoTime() - start);
              },
              () -> (long) shop.cpuMicros());
      var sorted = Arrays.copyOf(nanos, timed.get());
      Arrays.sort(sorted);
      return new Run(
          load.perSecond(),
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length * 99 / 100] / 1e6,
          load.each(0),
          load.cpuMicrosEach());
    }

    private String buyer() {
      return sessions.get(Math.floorMod(turns.getAndIncrement(), BUYERS));
    }

    private Future<JsonObject> post(String path, Buffer body, String session) {
      return http.request(options(path))
          .compose(request ->
              request
                  .putHeader("Content-Type", "application/json")
                  .putHeader("Authorization", "Bearer " + session)
                  .send(body))
          .compose(response ->
              response
                  .body()
                  .map(answer -> {
                    if (response.statusCode() != CREATED) {
                      throw new IllegalStateException(answer.toString());
                    }
                    return new JsonObject(answer);
                  }));
    }

    private RequestOptions options(String path) {
      return new RequestOptions()
          .setMethod(HttpMethod.POST)
          .setHost("127.0.0.1")
          .setPort(shop.port())
          .setURI(path);
    }
  }
}
