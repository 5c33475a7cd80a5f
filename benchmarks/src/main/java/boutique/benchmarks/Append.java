package boutique.benchmarks;

import boutique.backends.embedded.RawRocks;
import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.benchmarks.Callers.Load;
import boutique.kernel.store.EventStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The price of an event store on top of RocksDB: queueing, locking, encoding, answering. */
final class Append implements Benchmark {
  private static final double BAR = 0.7;
  private static final int JUDGED = 64;
  private static final int WARM_UPS = 12;
  private static final int ROUNDS = 24;
  private static final int ROUNDS_UNJUDGED = 8;
  private static final Duration SLICE = Duration.ofMillis(150);
  private static final long CLOSING_SECONDS = 20;

  @Override
  public String name() {
    return "append";
  }

  @Override
  public String question() {
    return "durable appends through the event store, against raw RocksDB with the same writes";
  }

  @Override
  public List<Row> measure(Place place) throws Exception {
    var rows = new ArrayList<Row>();
    var vertx = Vertx.vertx();
    try {
      compare(place, vertx, JUDGED, WARM_UPS);
      for (var callers : List.of(1, JUDGED, 256)) {
        rows.addAll(compare(place, vertx, callers, callers == JUDGED ? ROUNDS : ROUNDS_UNJUDGED));
      }
    } finally {
      vertx.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
    return rows;
  }

  private static List<Row> compare(Place place, Vertx vertx, int callers, int rounds)
      throws Exception {
    var ours = place.fresh("store");
    var bare = place.fresh("raw");
    var database = RocksDatabase.open(ours);
    try (var raw = new RawRocks(bare, SampleOrder.commit(0, 1))) {
      var store = new RocksEventStore(database);
      var syncs = new AtomicLong();
      store.onAppend(syncs::incrementAndGet); // called once for each batch
      var orders = new AtomicLong();
      var sides =
          Rounds.of(
              rounds,
              () -> Callers.each(vertx, callers, SLICE, () -> new Buyer(store, orders), syncs::get),
              () -> write(raw, callers));
      return rows(callers, sides.get(0), sides.get(1), raw.bytesPerCommit());
    } finally {
      database.close().await(CLOSING_SECONDS, TimeUnit.SECONDS);
      Place.delete(ours);
      Place.delete(bare);
    }
  }

  /** Brings one order after the other through its life: so many events, one after the other. */
  static final class Buyer implements Callers.Work {
    private static final int EVENTS_OF_AN_ORDER = 5;

    private final EventStore store;
    private final AtomicLong orders;
    private long order;
    private int version = EVENTS_OF_AN_ORDER;

    Buyer(EventStore store, AtomicLong orders) {
      this.store = store;
      this.orders = orders;
    }

    @Override
    public Future<?> ask() {
      if (version == EVENTS_OF_AN_ORDER) {
        version = 0;
        order = orders.getAndIncrement();
      }
      return store.append(SampleOrder.commit(order, ++version));
    }
  }

  /** What so many callers allow: one batch with a commit of each, and then the next. */
  private static Load write(RawRocks raw, int together) throws Exception {
    var batches = 0L;
    var cpu = Callers.cpuNanos();
    var start = System.nanoTime();
    while (System.nanoTime() - start < SLICE.toNanos()) {
      raw.write(together);
      batches++;
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    var cpuMicros = (Callers.cpuNanos() - cpu) / 1e3;
    return new Load(batches * together, seconds, cpuMicros, List.of((double) batches));
  }

  private static List<Row> rows(int callers, List<Load> store, List<Load> raw, int bytes) {
    var who = callers == 1 ? "1 caller" : callers + " callers";
    var rate = Samples.of(store, Load::perSecond);
    var rawRate = Samples.of(raw, Load::perSecond);
    var ratio = rate.over(rawRate);
    var compared =
        Row.compared(
            "%s: commits/s of %d bytes".formatted(who, bytes),
            rate.text(0),
            "raw, %d a batch: %s".formatted(callers, rawRate.text(0)),
            ratio);
    var perSync = Samples.of(store, load -> 1 / load.each(0));
    var cpu = Samples.of(store, Load::cpuMicrosEach);
    var rawCpu = Samples.of(raw, Load::cpuMicrosEach);
    return List.of(
        callers == JUDGED ? compared.atLeast(BAR, ratio) : compared,
        Row.note(who + ": commits per fsync", perSync.text(1)),
        Row.compared(
            who + ": core-µs per commit", cpu.text(1), "raw: " + rawCpu.text(1), cpu.over(rawCpu)));
  }
}
