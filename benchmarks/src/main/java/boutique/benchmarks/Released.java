package boutique.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A page that reads of stock when it is opened and hears of it from then on, and notes when each
 * unit that was kept became visible.
 */
final class Released implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final WebSocketClient client;
  private final Map<String, List<Instant>> deadlines;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Double> millis = new ArrayList<>();
  private final CountDownLatch missing;

  private Released(WebSocketClient client, Pending pending) {
    this.client = client;
    this.deadlines = pending.deadlines();
    this.missing = new CountDownLatch(pending.orders());
  }

  static Released of(Vertx vertx, Server shop, Buyer operator, Pending pending) throws Exception {
    var released = new Released(vertx.createWebSocketClient(), pending);
    var wish = new JsonObject().put("type", "register").put("address", "stock");
    released
        .client
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(shop.port())
                .setURI("/eventbus/websocket"))
        .onSuccess(socket -> socket.textMessageHandler(released::hear))
        .compose(socket -> socket.writeTextMessage(wish.encode()))
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (var product : released.deadlines.keySet()) {
      var stock = operator.at(shop).asks("/api/inventory/" + product);
      released.see(product, new JsonObject(stock.body()).getInteger("available"));
    }
    return released;
  }

  private void hear(String frame) {
    var news = new JsonObject(frame).getJsonObject("body");
    see(news.getString("productId"), news.getInteger("quantity"));
  }

  /** The first unit that is back is taken for that of the first order whose time was over. */
  private synchronized void see(String product, int available) {
    var now = Instant.now();
    var dues = deadlines.get(product);
    if (dues == null) {
      return;
    }
    var before = seen.getOrDefault(product, 0);
    for (var unit = before; unit < available; unit++) {
      millis.add(Duration.between(dues.get(unit), now).toNanos() / 1e6);
      missing.countDown();
    }
    seen.put(product, Math.max(before, available));
  }

  /** By how much each was late, in milliseconds, in order. */
  List<Double> late(Duration patience) throws InterruptedException {
    if (!missing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(missing.getCount() + " units are not given back");
    }
    return millis.stream().sorted().toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
