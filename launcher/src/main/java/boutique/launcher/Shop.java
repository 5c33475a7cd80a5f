package boutique.launcher;

import boutique.backends.embedded.DataUnusable;
import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.language.codec.RecordCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The shop on one node: opened in the order in which things need each other, closed in reverse. */
final class Shop {
  private final Vertx vertx;
  private final RocksDatabase database;
  private final Deployment deployment;
  private final @Nullable Facts facts;

  private Shop(Vertx vertx, RocksDatabase database, Deployment deployment, @Nullable Facts facts) {
    this.vertx = vertx;
    this.database = database;
    this.deployment = deployment;
    this.facts = facts;
  }

  /** Blocks until the shop can serve. Kafka comes later, by itself: nobody waits for it. */
  static Shop open(Config config, Path home, PrintStream out) {
    var database = open(config.data());
    try {
      var store = new RocksEventStore(database);
      var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
      RecordCodec.register(vertx.eventBus());
      var deployment =
          new Deployment(
              vertx,
              store,
              new RocksViews(database),
              new RocksFactLog(database),
              Clock.systemUTC(),
              Keys.in(config.data()));
      await(deployment.open(config, home), config);
      var facts =
          config.kafkaEnabled()
              ? Facts.start(vertx, store, config.data().resolve("kafka"), config.kafkaPort(), out)
              : null;
      return new Shop(vertx, database, deployment, facts);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  int port() {
    return deployment.port();
  }

  Future<Void> close() {
    return deployment
        .close()
        .otherwiseEmpty()
        .compose(_ -> facts == null ? Future.succeededFuture() : facts.stop())
        .otherwiseEmpty()
        .compose(_ -> Future.join(database.close(), broker()))
        .<Void>mapEmpty()
        .eventually(vertx::close);
  }

  private Future<Void> broker() {
    return facts == null ? Future.succeededFuture() : facts.close();
  }

  private static RocksDatabase open(Path data) {
    try {
      return RocksDatabase.open(data);
    } catch (DataUnusable unusable) {
      throw new Mistake(String.valueOf(unusable.getMessage()));
    }
  }

  private static void await(Future<?> opening, Config config) {
    try {
      opening.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof BindException) {
        throw new Mistake(
            "port %d is in use; choose another with --port".formatted(config.httpPort()));
      }
      throw failure;
    }
  }
}
