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

/** A page that hears of stock, and notes when each unit that was kept became visible. */
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

  static Released of(Vertx vertx, Server shop, Pending pending) throws Exception {
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
    return released;
  }

  /** The first unit that is back is taken for that of the first order whose time was over. */
  private void hear(String frame) {
    var now = Instant.now();
    var news = new JsonObject(frame).getJsonObject("body");
    var dues = deadlines.get(news.getString("productId"));
    if (dues == null) {
      return;
    }
    var product = news.getString("productId");
    var before = seen.getOrDefault(product, 0);
    var available = news.getInteger("quantity");
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
