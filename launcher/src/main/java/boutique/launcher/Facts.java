package boutique.launcher;

import boutique.backends.embedded.KafkaBroker;
import boutique.kafka.KafkaAccess;
import boutique.kafka.KafkaSink;
import boutique.kernel.feed.Relay;
import boutique.kernel.store.EventStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of the facts out of this process: a Kafka broker inside it, started beside the shop, and
 * the relay that brings it every commit.
 */
final class Facts {
  private final CompletableFuture<KafkaBroker> broker = new CompletableFuture<>();
  private final PrintStream out;
  private @Nullable Relay relay;
  private @Nullable KafkaSink sink;
  private boolean closing;

  private Facts(PrintStream out) {
    this.out = out;
  }

  static Facts start(Path directory, int port, PrintStream out) {
    var facts = new Facts(out);
    Thread.ofPlatform()
        .daemon()
        .name("kafka-start")
        .start(() -> facts.startBroker(directory, port));
    return facts;
  }

  /** Relays as soon as the broker is there. */
  void relay(Vertx vertx, EventStore store) {
    broker.thenAccept(started -> relay(vertx, store, started));
  }

  /** Blocks nobody: the broker closes on a thread of its own. */
  Future<Void> close() {
    var stopped = stopRelay();
    return Future.fromCompletionStage(
        stopped
            .toCompletionStage()
            .thenCompose(_ -> CompletableFuture.runAsync(this::closeBroker)));
  }

  private void startBroker(Path directory, int port) {
    try {
      var started = KafkaBroker.start(directory, port, this::failed);
      if (started.port() != port) {
        out.printf("Kafka's port %d is in use: it is at port %d instead%n", port, started.port());
      }
      broker.complete(started);
    } catch (IOException failure) {
      out.println(
          "Kafka did not start, so facts wait in the store until it does: " + failure.getMessage());
      broker.completeExceptionally(failure);
    }
  }

  private void failed(IOException failure) {
    out.println("Facts wait in the store until the next start: " + failure.getMessage());
  }

  private synchronized void relay(Vertx vertx, EventStore store, KafkaBroker started) {
    if (closing) {
      return;
    }
    sink = new KafkaSink(vertx, KafkaAccess.to(started.bootstrap()));
    relay = new Relay(vertx, store, sink);
    relay.start();
  }

  private synchronized Future<Void> stopRelay() {
    closing = true;
    var running = relay;
    var open = sink;
    return running == null || open == null
        ? Future.succeededFuture()
        : running.stop().compose(_ -> open.close());
  }

  private void closeBroker() {
    if (broker.isDone() && !broker.isCompletedExceptionally()) {
      broker.join().close();
    }
  }
}
