package boutique.launcher;

import boutique.backends.embedded.RocksDatabase;
import boutique.ops.Figure;
import boutique.ops.Metrics;

/** What the store counts anyway. */
final class StoreFigures {
  private static final double SECOND_NANOS = 1e9;

  private StoreFigures() {}

  static Metrics of(RocksDatabase database) {
    return new Metrics()
        .tells(
            Figure.counter(
                "boutique_store_commits",
                "Commits that are durable, since the shop began",
                database::commits))
        .tells(
            Figure.counter(
                "boutique_store_events",
                "Events that were made durable since the start",
                () -> database.flushed().events()))
        .tells(
            Figure.counter(
                "boutique_store_flushes",
                "Batches that went to the disk since the start, each with one sync",
                () -> database.flushed().flushes()))
        .tells(
            Figure.counter(
                "boutique_store_flush_seconds",
                "How long they took together",
                () -> database.flushed().nanos() / SECOND_NANOS))
        .tells(
            Figure.gauge(
                "boutique_store_writable",
                "1 while the last write has reached the disk",
                () -> database.healthy() ? 1 : 0))
        .tells(
            Figure.gauge(
                "boutique_relay_lag_commits",
                "Commits that Kafka has not got yet",
                database::unrelayed));
  }
}
