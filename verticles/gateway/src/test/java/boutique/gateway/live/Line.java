package boutique.gateway.live;

import static org.awaitility.Awaitility.await;

import io.vertx.core.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client's end of a socket: what it was told, and how it ended. */
final class Line {
  final List<String> frames = new CopyOnWriteArrayList<>();
  final CompletableFuture<Integer> over = new CompletableFuture<>();
  private final WebSocket socket;

  Line(WebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(frames::add);
    socket.closeHandler(_ -> over.complete((int) socket.closeStatusCode()));
  }

  /** Waits until it is understood: what makes no sense is answered, in turn. */
  Line register(String topic) {
    var before = frames.size();
    socket.writeTextMessage("{\"type\":\"register\",\"address\":\"" + topic + "\"}").await();
    socket.writeTextMessage("{\"type\":\"nonsense\"}").await();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(60))
        .until(() -> frames.size() > before);
    return this;
  }

  List<String> news() {
    return frames.stream().filter(frame -> frame.startsWith("{\"type\":\"rec\"")).toList();
  }

  void close() {
    socket.close().await();
  }
}
