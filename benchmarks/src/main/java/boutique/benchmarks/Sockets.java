package boutique.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The pages that buyers have open: each hears of its own orders, and somebody counts. */
final class Sockets implements AutoCloseable {
  private static final List<String> TOPICS = List.of("orders.me", "checkout.me", "payments.me");
  private static final long PATIENCE_SECONDS = 30;

  private final WebSocketClient client;
  private final AtomicLong frames = new AtomicLong();
  private volatile String latest = "";

  private Sockets(WebSocketClient client) {
    this.client = client;
  }

  static Sockets of(Vertx vertx, Server shop, List<Buyer> buyers) throws Exception {
    var sockets = new Sockets(vertx.createWebSocketClient());
    for (var buyer : buyers) {
      var socket =
          sockets
              .open(shop.port(), "/eventbus/websocket", buyer.session())
              .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (var topic : TOPICS) {
        var wish = new JsonObject().put("type", "register").put("address", topic);
        socket.writeTextMessage(wish.encode()).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
    return sockets;
  }

  private Future<WebSocket> open(int port, String path, String session) {
    return client
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .putHeader("Authorization", "Bearer " + session))
        .onSuccess(socket -> socket.textMessageHandler(this::hear));
  }

  private void hear(String frame) {
    latest = frame;
    frames.incrementAndGet();
  }

  /** How many have come. */
  long frames() {
    return frames.get();
  }

  /** What the last one says. */
  String latest() {
    return latest;
  }

  @Override
  public void close() {
    client.close();
  }
}
