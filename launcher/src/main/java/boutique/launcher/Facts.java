package boutique.launcher;

import boutique.backends.embedded.KafkaBroker;
import boutique.backends.embedded.RocksEventStore;
import boutique.kafka.KafkaAccess;
import boutique.kafka.KafkaSink;
import boutique.kernel.feed.Relay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of the facts out of this process: a Kafka broker inside it, and the relay that brings it
 * every commit. Started when the shop is open already: nobody waits for it, and it takes nothing
 * from the start.
 */
final class Facts {
  private final Vertx vertx;
  private final RocksEventStore store;
  private final PrintStream out;
  private final CompletableFuture<@Nullable KafkaBroker> broker = new CompletableFuture<>();
  private @Nullable Relay relay;
  private @Nullable KafkaSink sink;
  private boolean stopping;

  private Facts(Vertx vertx, RocksEventStore store, PrintStream out) {
    this.vertx = vertx;
    this.store = store;
    this.out = out;
  }

  static Facts start(
      Vertx vertx, RocksEventStore store, Path directory, int port, PrintStream out) {
    var facts = new Facts(vertx, store, out);
    Thread.ofPlatform().daemon().name("kafka-start").start(() -> facts.start(directory, port));
    return facts;
  }

  /** Completed when nothing is read from the store any more. */
  synchronized Future<Void> stop() {
    stopping = true;
    var running = relay;
    var open = sink;
    return running == null || open == null
        ? Future.succeededFuture()
        : running.stop().compose(_ -> open.close());
  }

  /**
   * Blocks nobody: the broker closes on a thread of its own. One that is still starting is not
   * waited for, since it has nothing yet that could be lost.
   */
  Future<Void> close() {
    return broker.isDone()
        ? Future.fromCompletionStage(broker.thenAcceptAsync(Facts::close))
        : Future.succeededFuture();
  }

  private void start(Path directory, int port) {
    KafkaBroker started = null;
    try {
      started = KafkaBroker.start(directory, port, this::failed);
      relayTo(started);
      out.println(welcome(started.port(), port));
    } catch (IOException | RuntimeException | LinkageError failure) {
      failed(failure); // LinkageError: its classes cannot be loaded while the process ends
    } finally {
      broker.complete(started);
    }
  }

  private static String welcome(int port, int wanted) {
    var taken = wanted == 0 || wanted == port ? "" : " (" + wanted + " is in use)";
    return "Kafka is at localhost:" + port + taken + ", and facts are on their way to it";
  }

  private synchronized void failed(Throwable failure) {
    if (!stopping) {
      out.println("Facts wait in the store until the next start: " + failure.getMessage());
    }
  }

  private synchronized void relayTo(KafkaBroker started) {
    if (!stopping) {
      sink = new KafkaSink(vertx, KafkaAccess.to(started.bootstrap()));
      relay = new Relay(vertx, store, sink);
      store.relayTo(started.cluster()).onSuccess(_ -> relay()).onFailure(this::failed);
    }
  }

  private synchronized void relay() {
    if (!stopping && relay != null) {
      relay.start();
    }
  }

  private static void close(@Nullable KafkaBroker running) {
    if (running != null) {
      running.close();
    }
  }
}
