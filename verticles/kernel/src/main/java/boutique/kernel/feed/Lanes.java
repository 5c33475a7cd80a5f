package boutique.kernel.feed;

import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.feed.Parked.Gap;
import boutique.kernel.feed.Parked.Told;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
 * beside them. What comes while others of its lane are heard waits, and is then one run with all
 * that wait, which a listener may hear together: so a stream that many write into is kept up with.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final int MOST_TRIES = 5;
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int PAGE = 500;
  private static final int LONGEST_RUN = 256;

  private final Vertx vertx;
  private final String group;
  private final EventStore store;
  private final Parking parking;
  private final Progress progress;
  private final Feed.Listener listener;
  private final Map<StreamId, Future<Void>> tails = new HashMap<>();
  private final Map<StreamId, Run> gathering = new HashMap<>();
  private final Set<StreamId> parked = new HashSet<>();
  private final Arrivals arrivals = new Arrivals();

  /** Facts of a stream that wait for those before them, and who waits for all of them. */
  private record Run(List<Fact> facts, Future<Void> heard) {}

  Lanes(
      Vertx vertx,
      String group,
      EventStore store,
      Parking parking,
      Progress progress,
      Feed.Listener listener) {
    this.vertx = vertx;
    this.group = group;
    this.store = store;
    this.parking = parking;
    this.progress = progress;
    this.listener = listener;
  }

  Set<StreamId> parked() {
    return Set.copyOf(parked);
  }

  /** Remembers which streams were parked before the start. */
  Future<Void> load() {
    return parking.in(group).onSuccess(parked::addAll).mapEmpty();
  }

  /** Completed when these facts of a stream are heard, known already, or parked: never failed. */
  Future<Void> put(StreamId stream, List<Fact> facts) {
    var waiting = gathering.get(stream);
    if (waiting != null && waiting.facts.size() < LONGEST_RUN) {
      waiting.facts.addAll(facts);
      return waiting.heard;
    }
    var mine = new ArrayList<>(facts);
    var begun = Promise.<Void>promise();
    var heard =
        behind(
            stream,
            () -> {
              begun.complete();
              return patiently(() -> handle(mine), FIRST_PAUSE_MILLIS);
            });
    if (!begun.future().isComplete()) {
      var run = new Run(mine, heard);
      gathering.put(stream, run);
      begun.future().onComplete(_ -> gathering.remove(stream, run));
    }
    return heard;
  }

  /** Completed when the stream is handled up to this version; fails if it is parked. */
  Future<Void> reached(StreamId stream, long version) {
    var arrival = arrivals.expect(stream, version);
    if (parked.contains(stream)) {
      arrivals.parked(stream);
    } else {
      progress.mark(stream).onSuccess(mark -> arrivals.handled(stream, mark));
    }
    return arrival;
  }

  /** Whether a stream has come as far as this. */
  Future<Boolean> isThere(StreamId stream, long version) {
    return store.read(stream, version, 1).map(commits -> !commits.isEmpty());
  }

  /** Whoever waits for it hears that a stream is handled up to this version. */
  void passed(StreamId stream, long version) {
    if (parked.contains(stream)) {
      arrivals.parked(stream);
    } else {
      arrivals.handled(stream, version);
    }
  }

  Future<Void> redrive(StreamId stream) {
    return behind(stream, () -> hearParked(stream));
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
          LOG.warn("{} waits: {}", group, failure.getMessage());
          return pause(pause)
              .compose(_ -> patiently(work, Math.min(LONGEST_PAUSE_MILLIS, pause * 2)));
        });
  }

  private Future<Void> handle(List<Fact> facts) {
    return progress
        .before(facts.getFirst())
        .compose(mark -> handle(facts.stream().map(Fact::recorded).toList(), mark));
  }

  /** Hears of them what is new, and before that what is missing between them. */
  private Future<Void> handle(List<Recorded> facts, long mark) {
    var heard = Future.<Void>succeededFuture();
    var reached = mark;
    var run = new ArrayList<Recorded>();
    for (var one : facts) {
      if (one.version() > reached + 1) {
        var before = List.copyOf(run);
        var last = reached;
        heard =
            heard
                .compose(_ -> hear(before))
                .compose(_ -> fill(one.stream(), last, one.version() - 1));
        run.clear();
      }
      if (one.version() > reached) {
        run.add(one);
        reached = one.version();
      }
    }
    return heard.compose(_ -> hear(run));
  }

  /** Hears from the store what has not come by itself. */
  private Future<Void> fill(StreamId stream, long mark, long last) {
    return stored(stream, mark, last)
        .compose(missing -> {
          if (missing.isEmpty()) {
            LOG.error("{} has no version {}: what follows is parked", stream, mark + 1);
            return park(Parked.gap(group, stream, mark + 1, last, now()));
          }
          var reached = missing.getLast().version();
          return hear(missing)
              .compose(
                  _ -> reached < last ? fill(stream, reached, last) : Future.succeededFuture());
        });
  }

  /** What the store has of a stream behind one version and up to another: the first of it. */
  private Future<List<Recorded>> stored(StreamId stream, long mark, long last) {
    return store
        .read(stream, mark + 1, PAGE)
        .map(commits ->
            commits.stream()
                .map(Commit::events)
                .flatMap(List::stream)
                .filter(one -> one.version() > mark && one.version() <= last)
                .toList());
  }

  /** Together if the listener can, and if nothing of it is indigestible: that is found alone. */
  private Future<Void> hear(List<Recorded> run) {
    if (run.size() < 2
        || !(listener instanceof Feed.Gatherer gatherer)
        || parked.contains(run.getFirst().stream())) {
      return oneByOne(run);
    }
    var last = run.getLast();
    return attempt(() -> gatherer.hear(run, this::keeps))
        .onSuccess(_ -> handled(last.stream(), last.version()))
        .recover(failure -> Feed.passing(failure) ? Future.failedFuture(failure) : oneByOne(run));
  }

  private Future<Void> oneByOne(List<Recorded> run) {
    var heard = Future.<Void>succeededFuture();
    for (var one : run) {
      heard = heard.compose(_ -> hear(one));
    }
    return heard;
  }

  private Future<Void> hear(Recorded recorded) {
    var heard =
        parked.contains(recorded.stream())
            ? park(Parked.behind(group, recorded, now()))
            : hearOrPark(recorded, 1, FIRST_PAUSE_MILLIS);
    return heard.onSuccess(_ -> handled(recorded.stream(), recorded.version()));
  }

  private void handled(StreamId stream, long version) {
    progress.handled(stream, version);
    passed(stream, version);
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
          LOG.error("{}: {} is parked", group, recorded.id(), failure);
          return park(Parked.indigestible(group, recorded, tries, now(), failure));
        });
  }

  /**
   * What is parked is heard again when somebody has looked at it, so of that nothing is certain.
   */
  private boolean keeps(StreamId stream, long version) {
    return !parked.contains(stream) && progress.keeps(stream, version);
  }

  /** Not before it is written down: whoever cannot write tries the fact again. */
  private Future<Void> park(Parked one) {
    return parking.putFirst(one).onSuccess(_ -> parked.add(one.stream()));
  }

  private Future<Void> hearParked(StreamId stream) {
    return parking
        .waiting(group, stream)
        .compose(waiting -> {
          if (waiting.isEmpty()) {
            if (parked.remove(stream)) {
              LOG.info("{}: nothing of {} is parked any more", group, stream);
            }
            return Future.succeededFuture();
          }
          var heard = Future.<Void>succeededFuture();
          for (var one : waiting) {
            heard = heard.compose(_ -> hearParked(one));
          }
          return heard.compose(_ -> hearParked(stream));
        });
  }

  private Future<Void> hearParked(Parked one) {
    return attempt(() -> given(one))
        .recover(failure ->
            Feed.passing(failure)
                ? Future.failedFuture(failure)
                : parking.put(one.again(now(), failure)).compose(_ -> Future.failedFuture(failure)))
        .compose(_ -> parking.remove(one));
  }

  private Future<Void> given(Parked one) {
    return switch (one.what()) {
      case Told(var recorded) -> listener.hear(recorded, this::keeps);
      case Gap(var until) -> missing(one.stream(), one.version() - 1, until);
    };
  }

  /** What was missing, if the store has it by now: what follows is not heard without it. */
  private Future<Void> missing(StreamId stream, long mark, long last) {
    return stored(stream, mark, last)
        .compose(found -> {
          if (found.isEmpty()) {
            return Future.failedFuture(Parked.missing(mark + 1));
          }
          var heard = Future.<Void>succeededFuture();
          for (var one : found) {
            heard = heard.compose(_ -> listener.hear(one, this::keeps));
          }
          var reached = found.getLast().version();
          return heard.compose(
              _ -> reached < last ? missing(stream, reached, last) : Future.succeededFuture());
        });
  }

  /** For people: nothing is decided by it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
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
}
