package boutique.benchmarks;

import boutique.benchmarks.Callers.Load;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the gateway costs on top of HTTP: routing, session, contract, the way to the room and back,
 * and the writing of the answer.
 */
final class Gateway implements Benchmark {
  private static final double BAR = 0.6;
  private static final double BAR_OF_UNCHANGED = 0.8;
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 24;
  private static final Duration SLICE = Duration.ofMillis(150);
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final int WARM_UPS = 8;
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String question() {
    return "GET with a session through the whole gateway, "
        + CONNECTIONS
        + " connections, against a bare Vert.x server that answers the same bytes";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var data = place.fresh("data");
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try (var shop = Server.shop(place, data, 0, Map.of(), "--no-demo", "--limits.enabled=false")) {
      shop.untilReady("/health/ready");
      var buyer = Buyer.of(vertx, shop, "buyer@example.org");
      var product = buyer.offers();
      var order = buyer.orders(product);
      var rows = new ArrayList<Row>();
      for (var path : List.of("/api/orders/" + order, "/api/products/" + product)) {
        rows.addAll(compare(place, vertx, shop, path, buyer.asks(path)));
      }
      return rows;
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Place.delete(data);
    }
  }

  private static List<Row> compare(
      Place place, Vertx vertx, Server shop, String path, Recording whole) throws Exception {
    var name = "GET " + path.replaceFirst("/[^/]+$", "/:id");
    var rows = new ArrayList<>(compare(place, vertx, shop, name, whole, BAR));
    var tag = whole.headers().get("etag");
    if (tag != null) {
      var question = whole.question().replaceFirst("\r\n", "\r\nIf-None-Match: " + tag + "\r\n");
      var unchanged = Recording.of(shop.port(), question);
      rows.addAll(compare(place, vertx, shop, name + ", 304", unchanged, BAR_OF_UNCHANGED));
    }
    return rows;
  }

  /** Through the shop, and by heart. */
  static List<Row> compare(
      Place place, Vertx vertx, Server shop, String name, Recording recording, double bar)
      throws Exception {
    try (var bare = BareServer.like(place, shop, recording);
        var ours = new Crowd(vertx, shop, recording);
        var others = new Crowd(vertx, bare, recording)) {
      Rounds.of(WARM_UPS, () -> ours.ask(WARM_UP), () -> others.ask(WARM_UP));
      var sides = Rounds.of(ROUNDS, () -> ours.ask(SLICE), () -> others.ask(SLICE));
      var rate = Samples.of(sides.get(0), Load::perSecond);
      var bareRate = Samples.of(sides.get(1), Load::perSecond);
      var ratio = rate.over(bareRate);
      var cpu = Samples.of(sides.get(0), load -> load.each(0));
      var bareCpu = Samples.of(sides.get(1), load -> load.each(0));
      return List.of(
          Row.compared(name + ": answers/s", rate.text(0), "bare: " + bareRate.text(0), ratio)
              .atLeast(bar, ratio),
          Row.compared(
              name + ": core-µs of the server",
              cpu.text(1),
              "bare: " + bareCpu.text(1),
              cpu.over(bareCpu)));
    }
  }

  /** Callers who keep their connections. */
  private static final class Crowd implements AutoCloseable {
    private final Vertx vertx;
    private final Server server;
    private final NetClient net;
    private final List<Line> lines;

    Crowd(Vertx vertx, Server server, Recording recording) throws Exception {
      this.vertx = vertx;
      this.server = server;
      this.net = vertx.createNetClient();
      this.lines =
          Future.all(
                  Stream.generate(() -> Line.open(net, server.port(), recording))
                      .limit(CONNECTIONS)
                      .toList())
              .map(opened -> opened.<Line>list())
              .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    Load ask(Duration time) throws Exception {
      Queue<Line> free = new ConcurrentLinkedQueue<>(lines);
      return Callers.each(
          vertx, CONNECTIONS, time, () -> free.remove()::ask, () -> (long) server.cpuMicros());
    }

    @Override
    public void close() throws IOException {
      net.close();
    }
  }
}
