package boutique.benchmarks;

import boutique.backends.distributed.MongoEventStore;
import boutique.backends.distributed.MongoServer;
import boutique.benchmarks.Callers.Load;
import boutique.kernel.feed.FactSink;
import boutique.kernel.feed.Relay;
import boutique.kernel.store.Commit;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How often the distributed store is asked. A count, not a time: without {@code MONGO_URL} the
 * server is a stand-in in this JVM's memory, which neither syncs nor stores as MongoDB does.
 */
final class Mongo implements Benchmark {
  private static final double BAR = 0.05;
  private static final int JUDGED = 256;
  private static final int ROUNDS = 3;
  private static final Duration SLICE = Duration.ofMillis(1_500);
  private static final long CLOSING_SECONDS = 20;

  @Override
  public String name() {
    return "mongo";
  }

  @Override
  public String question() {
    return "round trips to MongoDB for each commit, under load: a count, whatever the server";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var given = System.getenv("MONGO_URL");
    if (given != null) {
      return measure(given, "the server at MONGO_URL");
    }
    var server = new de.bwaldvogel.mongo.MongoServer(new MemoryBackend());
    try {
      return measure(server.bindAndGetConnectionString(), "a stand-in in memory");
    } finally {
      server.shutdownNow();
    }
  }

  private static List<Row> measure(String url, String server) throws Exception {
    var vertx = Vertx.vertx();
    var client = MongoServer.connect(vertx, url, "bench-" + UUID.randomUUID());
    try {
      var rows = new ArrayList<Row>();
      rows.add(Row.note("the server", server));
      rows.addAll(rows(vertx, client));
      drop(client);
      return rows;
    } finally {
      vertx.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static List<Row> rows(Vertx vertx, MongoClient client) throws Exception {
    var series = new Series(vertx, client);
    series.run(JUDGED, false); // warms it up
    var appending = Rounds.of(ROUNDS, () -> series.run(JUDGED, false)).getFirst();
    var relaying = Rounds.of(ROUNDS, () -> series.run(JUDGED, true)).getFirst();
    var few = Rounds.of(1, () -> series.run(16, false)).getFirst();
    var alone = Rounds.of(1, () -> series.run(1, false)).getFirst();
    var trips = Samples.of(appending, Mongo::tripsPerCommit);
    var withRelay = Samples.of(relaying, Mongo::tripsPerCommit);
    return List.of(
        new Row(JUDGED + " callers: round trips", trips.text(4), "commits", trips.text(4), "", null)
            .atMost(BAR, trips, ""),
        new Row(
                JUDGED + " callers and the relay: round trips, marks and looks",
                withRelay.text(4),
                "commits",
                withRelay.text(4),
                "",
                null)
            .atMost(BAR, withRelay, ""),
        Row.note("16 callers: round trips a commit", text(few)),
        Row.note("1 caller: round trips a commit", text(alone)),
        Row.note(
            JUDGED + " callers: commits/s, of adapter and protocol",
            Samples.of(appending, Load::perSecond).text(0)),
        Row.note(
            JUDGED + " callers: core-µs per commit, callers and server included",
            Samples.of(appending, Load::cpuMicrosEach).text(0)));
  }

  private static String text(List<Load> loads) {
    return Samples.of(loads, Mongo::tripsPerCommit).text(3);
  }

  private static double tripsPerCommit(Load load) {
    return load.each(0) + load.each(1);
  }

  private static void drop(MongoClient client) throws Exception {
    for (var collection : client.getCollections().await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
      client.dropCollection(collection).await(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Runs on one database, one after the other. */
  private static final class Series {
    private final Vertx vertx;
    private final MongoClient client;
    private final AtomicLong orders = new AtomicLong();

    Series(Vertx vertx, MongoClient client) {
      this.vertx = vertx;
      this.client = client;
    }

    Load run(int callers, boolean relayed) throws Exception {
      drop(client);
      var opened = MongoEventStore.open(vertx, client).await(CLOSING_SECONDS, TimeUnit.SECONDS);
      var store = new Counted(opened);
      var relay = relayed ? new Relay(vertx, store, new Nowhere()) : null;
      start(relay);
      try {
        return Callers.load(
            vertx,
            callers,
            SLICE,
            () -> store.append(SampleOrder.commit(orders.getAndIncrement(), 1)),
            opened::roundTrips,
            store::looks);
      } finally {
        stop(relay);
        store.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
      }
    }

    private static void start(@Nullable Relay relay) {
      if (relay != null) {
        relay.start();
      }
    }

    private static void stop(@Nullable Relay relay) throws Exception {
      if (relay != null) {
        relay.stop().await(CLOSING_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** A Kafka that is always there and needs no time. */
  private record Nowhere() implements FactSink {
    @Override
    public Future<Void> publish(List<Commit> commits) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
