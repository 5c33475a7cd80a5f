package boutique.launcher;

import boutique.backends.embedded.DataUnusable;
import boutique.backends.embedded.LocalLimits;
import boutique.backends.embedded.LocalTimers;
import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.language.codec.RecordCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shop on one node: opened in the order in which things need each other, closed in reverse. */
final class Shop {
  private static final Logger LOG = LoggerFactory.getLogger(Shop.class);
  private static final long GIVING_UP_SECONDS = 5;
  private static final int MOST_BUCKETS = 100_000;

  private final Vertx vertx;
  private final RocksDatabase database;
  private final RocksEventStore store;
  private final Deployment deployment;
  private @Nullable Facts facts;

  private Shop(Vertx vertx, RocksDatabase database, Keys keys) {
    this.vertx = vertx;
    this.database = database;
    this.store = new RocksEventStore(database);
    RecordCodec.register(vertx.eventBus());
    this.deployment =
        new Deployment(
            vertx,
            store,
            new RocksViews(database),
            new LocalLimits(MOST_BUCKETS, System::nanoTime),
            new LocalTimers(),
            new RocksFactLog(database),
            Clock.systemUTC(),
            keys,
            database::healthy,
            StoreFigures.of(database));
  }

  /** Blocks until the shop can serve. Kafka comes later, by itself: nobody waits for it. */
  static Shop open(Config config, Path home, PrintStream out) {
    var database = open(config.data());
    var vertx = Vertx.vertx(loops());
    try {
      config.certificate().ifPresent(certificate -> Tls.check(certificate, vertx));
      var shop = new Shop(vertx, database, keys(config));
      warnOfReaders(config.data());
      warnOfSilence(config);
      shop.serve(config, home, out);
      return shop;
    } catch (RuntimeException failure) {
      giveUp(Future.join(database.close(), vertx.close()));
      throw failure;
    }
  }

  /** One for each core: none of them ever waits, so a second would only be changed to and fro. */
  private static VertxOptions loops() {
    return new VertxOptions()
        .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  private void serve(Config config, Path home, PrintStream out) {
    try {
      await(deployment.open(config, home, out), config);
    } catch (RuntimeException failure) {
      giveUp(deployment.close());
      throw failure;
    }
    if (config.kafkaEnabled()) {
      facts = Facts.start(vertx, store, config.data().resolve("kafka"), config.kafkaPort(), out);
    }
  }

  int port() {
    return deployment.port();
  }

  Future<Void> close() {
    var relaying = facts;
    return deployment
        .close()
        .otherwiseEmpty()
        .compose(_ -> relaying == null ? Future.succeededFuture() : relaying.stop())
        .otherwiseEmpty()
        .compose(_ ->
            Future.join(
                database.close(), relaying == null ? Future.succeededFuture() : relaying.close()))
        .<Void>mapEmpty()
        .eventually(vertx::close);
  }

  /** Puts away what was opened already, for as long as somebody may be kept waiting. */
  private static void giveUp(Future<?> closing) {
    try {
      closing.toCompletionStage().toCompletableFuture().get(GIVING_UP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException unclean) {
      LOG.warn("what was opened could not be closed: {}", unclean.toString());
    }
  }

  private static Keys keys(Config config) {
    return Keys.in(config.data(), config.sessionKey(), config.previousSessionKey());
  }

  private static RocksDatabase open(Path data) {
    try {
      return RocksDatabase.open(data);
    } catch (DataUnusable unusable) {
      throw new Mistake(String.valueOf(unusable.getMessage()));
    }
  }

  /** One that somebody else has made is theirs to open or to close; but they should know. */
  private static void warnOfReaders(Path data) {
    try {
      var posix = Files.getFileAttributeView(data, PosixFileAttributeView.class);
      if (posix != null
          && posix.readAttributes().permissions().stream()
              .anyMatch(one -> !one.name().startsWith("OWNER"))) {
        LOG.warn(
            "others on this machine can look into {}, where personal data and keys are kept:"
                + " chmod 700 it",
            data);
      }
    } catch (IOException unknown) {
      LOG.warn("nobody can tell who else may look into {}: {}", data, unknown.getMessage());
    }
  }

  /** Whoever only tries it has no address that Stripe could reach; but they should know. */
  private static void warnOfSilence(Config config) {
    if (config.stripeKey().isPresent() && config.webhookSecrets().isEmpty()) {
      LOG.warn(
          "payments.provider is stripe, and payments.webhookSecret is empty: what Stripe tells us is"
              + " refused, so what happens there is learned later, by asking");
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
      if (failure.getCause() instanceof Mistake mistake) {
        throw mistake;
      }
      throw failure;
    }
  }
}
