package boutique.kernel.room;

import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Put;
import boutique.language.Event;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room's streams in the store: read from the last snapshot on, in pages, and appended to. */
final class Histories<S, E extends Event> {
  private static final Logger LOG = LoggerFactory.getLogger(Histories.class);
  private static final String SNAPSHOTS = "snapshots";
  private static final int PAGE = 500;
  private static final long EVENTS_BETWEEN_SNAPSHOTS = 10_000;
  private static final long SNAPSHOT_BYTES_PER_EVENT = 100;

  private final Room<?, S, E> room;
  private final EventStore store;
  private final Views views;

  Histories(Room<?, S, E> room, EventStore store, Views views) {
    this.room = room;
    this.store = store;
    this.views = views;
  }

  Future<History<S>> read(StreamId stream) {
    return snapshot(stream).compose(start -> readOn(stream, start));
  }

  Future<Void> append(Commit commit) {
    return store.append(commit);
  }

  /**
   * Keeps a snapshot now and then. It is a short cut only: a failure is logged, and harmless. A
   * large state is written more rarely, so that no event ever pays for more than a few bytes.
   */
  History<S> keepSnapshot(StreamId stream, History<S> now) {
    var format = room.snapshot();
    if (format == null || now.version() < now.snapshotDue()) {
      return now;
    }
    var state = format.written(now.state());
    var due =
        now.version()
            + Math.max(EVENTS_BETWEEN_SNAPSHOTS, state.length() / SNAPSHOT_BYTES_PER_EVENT);
    var document =
        new JsonObject()
            .put("shape", format.shape())
            .put("version", now.version())
            .put("due", due)
            .put("text", state);
    views
        .write(List.of(new Put(SNAPSHOTS, stream.toString(), document)))
        .onFailure(failure -> LOG.warn("no snapshot of {}: {}", stream, failure.getMessage()));
    return new History<>(now.version(), now.state(), due);
  }

  private Future<History<S>> readOn(StreamId stream, History<S> soFar) {
    return store
        .read(stream, soFar.version() + 1, PAGE)
        .compose(commits -> {
          var now = soFar;
          for (var commit : commits) {
            now = evolve(now, commit);
          }
          return commits.size() < PAGE ? Future.succeededFuture(now) : readOn(stream, now);
        });
  }

  private History<S> evolve(History<S> before, Commit commit) {
    var state = before.state();
    for (var recorded : commit.events()) {
      state = room.decider().evolve(state, own(recorded.event()));
    }
    return new History<>(commit.lastVersion(), state, before.snapshotDue());
  }

  private Future<History<S>> snapshot(StreamId stream) {
    var beginning = new History<>(0, room.decider().initial(), EVENTS_BETWEEN_SNAPSHOTS);
    var format = room.snapshot();
    return format == null
        ? Future.succeededFuture(beginning)
        : views
            .get(SNAPSHOTS, stream.toString())
            .map(document -> restored(document, format, beginning));
  }

  private History<S> restored(
      @Nullable JsonObject document, Room.Snapshot<S, ?> format, History<S> beginning) {
    if (document == null
        || !format.shape().equals(document.getString("shape"))
        || !document.containsKey("text")) {
      return beginning;
    }
    return new History<>(
        document.getLong("version"),
        format.restored(document.getString("text")),
        document.getLong("due"));
  }

  @SuppressWarnings("unchecked")
  private E own(Event event) {
    return (E) event; // the stream's name says whose events it holds
  }
}
