package boutique.kernel.feed;

import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.Context;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane per stream: its facts are heard one after the other, while those of other streams pass
 * beside them.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final String PARKED = "parked";
  private static final int MOST_TRIES = 5;
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int PAGE = 500;

  private final Vertx vertx;
  private final String prefix;
  private final EventStore store;
  private final Views views;
  private final Progress progress;
  private final Feed.Listener listener;
  private final Map<StreamId, Future<Void>> tails = new HashMap<>();
  private final Set<StreamId> parked = new HashSet<>();
  private final Arrivals arrivals = new Arrivals();

  Lanes(
      Vertx vertx,
      String group,
      EventStore store,
      Views views,
      Progress progress,
      Feed.Listener listener) {
    this.vertx = vertx;
    this.prefix = group + "/";
    this.store = store;
    this.views = views;
    this.progress = progress;
    this.listener = listener;
  }

  Set<StreamId> parked() {
    return Set.copyOf(parked);
  }

  /** Remembers which streams were parked before the start. */
  Future<Void> load() {
    return load(Page.first(prefix, PAGE));
  }

  /** Completed when the fact is heard, known already, or parked: never with a failure. */
  Future<Void> put(Fact fact) {
    return behind(
        fact.recorded().stream(), () -> patiently(() -> handle(fact), FIRST_PAUSE_MILLIS));
  }

  /** Completed when the stream is handled up to this version; fails if it is parked. */
  Future<Void> reached(StreamId stream, long version) {
    var arrival = arrivals.expect(stream, version);
    if (parked.contains(stream)) {
      arrivals.parked(stream);
    } else {
      progress.mark(stream, false).onSuccess(mark -> arrivals.handled(stream, mark));
    }
    return arrival;
  }

  Future<Void> redrive(StreamId stream) {
    return behind(stream, () -> hearParked(stream));
  }

  private Future<Void> load(Page page) {
    return views
        .scan(PARKED, page)
        .compose(entries -> {
          entries.forEach(entry -> parked.add(recorded(entry.document()).stream()));
          return entries.size() < page.limit()
              ? Future.succeededFuture()
              : load(new Page(prefix, entries.getLast().key(), false, PAGE));
        });
  }

  private Future<Void> behind(StreamId stream, Supplier<Future<Void>> work) {
    var tail = tails.getOrDefault(stream, Future.succeededFuture());
    var mine = tail.otherwiseEmpty().compose(_ -> work.get());
    tails.put(stream, mine);
    return mine.onComplete(_ -> tails.remove(stream, mine));
  }

  /** Tries for as long as the failure is one that passes by itself: a store or a room is away. */
  private Future<Void> patiently(Supplier<Future<Void>> work, long pause) {
    return attempt(work)
        .recover(failure -> {
          LOG.warn("{} waits: {}", prefix, failure.getMessage());
          return pause(pause)
              .compose(_ -> patiently(work, Math.min(LONGEST_PAUSE_MILLIS, pause * 2)));
        });
  }

  private Future<Void> handle(Fact fact) {
    var recorded = fact.recorded();
    return progress
        .mark(recorded.stream(), fact.fresh() && recorded.version() == 1)
        .compose(mark -> {
          if (recorded.version() <= mark) {
            return Future.succeededFuture();
          }
          return recorded.version() == mark + 1
              ? hear(recorded)
              : fill(recorded.stream(), mark, recorded.version() - 1).compose(_ -> hear(recorded));
        });
  }

  /** Hears from the store what has not come by itself. */
  private Future<Void> fill(StreamId stream, long mark, long last) {
    return store
        .read(stream, mark + 1, PAGE)
        .compose(commits -> {
          var missing =
              commits.stream()
                  .map(Commit::events)
                  .flatMap(List::stream)
                  .filter(one -> one.version() > mark && one.version() <= last)
                  .toList();
          if (missing.isEmpty()) {
            LOG.error("{} has no version {}: what follows is parked", stream, mark + 1);
            parked.add(stream);
            return Future.succeededFuture();
          }
          var reached = missing.getLast().version();
          return hearAll(missing)
              .compose(
                  _ -> reached < last ? fill(stream, reached, last) : Future.succeededFuture());
        });
  }

  private Future<Void> hearAll(List<Recorded> all) {
    var heard = Future.<Void>succeededFuture();
    for (var one : all) {
      heard = heard.compose(_ -> hear(one));
    }
    return heard;
  }

  private Future<Void> hear(Recorded recorded) {
    var heard =
        parked.contains(recorded.stream())
            ? park(recorded, "an earlier fact of its stream is parked")
            : hearOrPark(recorded, 1, FIRST_PAUSE_MILLIS);
    return heard.onSuccess(_ -> handled(recorded.stream(), recorded.version()));
  }

  private void handled(StreamId stream, long version) {
    progress.handled(stream, version);
    if (parked.contains(stream)) {
      arrivals.parked(stream);
    } else {
      arrivals.handled(stream, version);
    }
  }

  private Future<Void> hearOrPark(Recorded recorded, int tries, long pause) {
    return attempt(() -> listener.hear(recorded, this::keeps))
        .recover(failure -> {
          if (Feed.passing(failure)) {
            return Future.failedFuture(failure);
          }
          if (tries < MOST_TRIES) {
            return pause(pause).compose(_ -> hearOrPark(recorded, tries + 1, pause * 2));
          }
          LOG.error("{}{} is parked", prefix, recorded.id(), failure);
          return park(recorded, String.valueOf(failure));
        });
  }

  /**
   * What is parked is heard again when somebody has looked at it, so of that nothing is certain.
   */
  private boolean keeps(StreamId stream, long version) {
    return !parked.contains(stream) && progress.keeps(stream, version);
  }

  private Future<Void> park(Recorded recorded, String because) {
    parked.add(recorded.stream());
    var document = document(recorded).put("because", because);
    return views.write(List.of(new Change.Put(PARKED, key(recorded), document)));
  }

  private Future<Void> hearParked(StreamId stream) {
    return views
        .scan(PARKED, Page.first(prefix + stream + "@", PAGE))
        .compose(entries -> {
          if (entries.isEmpty()) {
            parked.remove(stream);
            return Future.succeededFuture();
          }
          var heard = Future.<Void>succeededFuture();
          for (var entry : entries) {
            heard = heard.compose(_ -> hearParked(entry));
          }
          return heard.compose(_ -> hearParked(stream));
        });
  }

  private Future<Void> hearParked(Entry entry) {
    return attempt(() -> listener.hear(recorded(entry.document()), this::keeps))
        .compose(_ -> views.write(List.of(new Change.Delete(PARKED, entry.key()))));
  }

  private Future<Void> pause(long millis) {
    var promise = Promise.<Void>promise();
    vertx.setTimer(millis, _ -> promise.complete());
    return promise.future();
  }

  /** A listener that throws fails like one that answers with a failure. */
  private static Future<Void> attempt(Supplier<Future<Void>> work) {
    try {
      return work.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private String key(Recorded recorded) {
    return prefix + Commit.key(recorded.stream(), recorded.version());
  }

  private static JsonObject document(Recorded recorded) {
    return new JsonObject()
        .put("stream", recorded.stream().toString())
        .put("version", recorded.version())
        .put("type", recorded.type())
        .put("at", recorded.at().toString())
        .put("correlation", recorded.context().correlation())
        .put("causation", recorded.context().causation())
        .put("actor", recorded.context().actor())
        .put("event", recorded.json().toString());
  }

  private static Recorded recorded(JsonObject document) {
    return new Recorded(
        StreamId.parse(document.getString("stream")),
        document.getLong("version"),
        document.getString("type"),
        Instant.parse(document.getString("at")),
        new Context(
            document.getString("correlation"),
            document.getString("causation"),
            document.getString("actor")),
        Buffer.buffer(document.getString("event")));
  }
}
