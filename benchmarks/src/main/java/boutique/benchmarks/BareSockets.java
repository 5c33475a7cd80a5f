package boutique.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Vert.x server without a shop: it sends the same frame to whoever asks for some, one each
 * millisecond, since frames about orders do not come in heaps either.
 */
public final class BareSockets extends VerticleBase {
  private final int port;
  private final String frame;

  private BareSockets(String frame, int port) {
    this.frame = frame;
    this.port = port;
  }

  /** With the file of the frame, and the port. */
  public static void main(String[] arguments) throws Exception {
    var frame = Files.readString(Path.of(arguments[0]));
    var port = Integer.parseInt(arguments[1]);
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
        .deployVerticle(
            () -> new BareSockets(frame, port),
            new DeploymentOptions().setInstances(Callers.LOOPS));
  }

  /** A process of its own, with the options of the shop's JVM. */
  static Server like(Place place, Server shop, String frame) throws Exception {
    var file = place.fresh("frame");
    Files.writeString(file, frame);
    var command = new ArrayList<>(shop.java());
    command.removeIf(word -> word.startsWith("-XX:AOTCache"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.addAll(List.of(BareSockets.class.getName(), file.toString()));
    var server = Server.of(place, command);
    server.untilReady("/");
    return server;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end()) // only whether we are ready
        .webSocketHandler(
            socket -> socket.textMessageHandler(count -> send(socket, Integer.parseInt(count))))
        .listen(port, "127.0.0.1");
  }

  private void send(ServerWebSocket socket, int count) {
    if (count > 0) {
      vertx.setTimer(
          1,
          _ -> {
            var _ = socket.writeTextMessage(frame);
            send(socket, count - 1);
          });
    }
  }

  /** Somebody who asks for frames. */
  static final class Reader implements Callers.Work {
    /** How many at once. */
    static final int FRAMES = 10;

    private static final long PATIENCE_SECONDS = 30;

    private final WebSocket socket;
    private int missing;
    private Promise<Void> read = Promise.promise();

    private Reader(WebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(_ -> hear());
    }

    static List<Reader> open(WebSocketClient client, Server server, int count) throws Exception {
      var readers = new ArrayList<Reader>();
      for (var i = 0; i < count; i++) {
        readers.add(
            client
                .connect(server.port(), "127.0.0.1", "/")
                .map(Reader::new)
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return readers;
    }

    @Override
    public Future<?> ask() {
      read = Promise.promise();
      missing = FRAMES;
      var _ = socket.writeTextMessage(Integer.toString(FRAMES));
      return read.future();
    }

    private void hear() {
      missing--;
      if (missing == 0) {
        read.complete();
      }
    }
  }
}
