package boutique.kernel.feed;

import boutique.kernel.Unavailable;
import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.feed.FactLog.Following;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import boutique.language.StreamId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings facts to one listener: in order per stream, streams beside one another, at least once, and
 * with bounded work under way.
 *
 * <p>How far each stream is handled is kept durably, by a mark of its own or by the place in a log
 * that is exact, so a duplicate is known by its version and skipped, and a gap is filled from the
 * store before going on. What the listener cannot digest is parked together with the rest of its
 * stream, alone; all others go on. What is merely unavailable is tried again for as long as it
 * takes.
 */
public final class Feed {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final int BATCH = 256;
  private static final int MOST_UNDER_WAY = 1_024;
  private static final long SAVE_MILLIS = 100;
  private static final long RETRY_MILLIS = 500;
  private static final long LOOK_MILLIS = 5;

  /** Long enough for the facts of one request to come together, too short for anybody to notice. */
  private static final int SHORTEST_BREATH_MILLIS = 5;

  /** The same for what follows from a request, where so many come that each has to cost less. */
  private static final int LONGEST_BREATH_MILLIS = 40;

  private final Vertx vertx;
  private final String group;
  private final Set<String> rooms;
  private final FactLog log;
  private final Listener listener;
  private final Lanes lanes;
  private final Progress progress;
  private final Context context;
  private final Promise<Void> stopped = Promise.promise();
  private @Nullable Following following;
  private @Nullable MessageConsumer<String> retries;
  private boolean stopping;
  private boolean reading;
  private boolean resting;
  private boolean saving;
  private boolean willSave;

  public Feed(
      Vertx vertx,
      String group,
      Set<String> rooms,
      FactLog log,
      EventStore store,
      Views views,
      Listener listener) {
    this.vertx = vertx;
    this.group = group;
    this.rooms = Set.copyOf(rooms);
    this.log = log;
    this.context = vertx.getOrCreateContext();
    this.listener = listener;
    this.progress = new Progress(group, views);
    this.lanes = new Lanes(vertx, group, store, new Parking(views), progress, listener);
  }

  /** Hears one fact. Must be harmless when it hears the same one again. */
  @FunctionalInterface
  public interface Listener {
    Future<Void> hear(Recorded recorded);

    /** The same, where it matters what is remembered durably of facts that were heard before. */
    default Future<Void> hear(Recorded recorded, Memory memory) {
      return hear(recorded);
    }
  }

  /**
   * Who hears facts of one stream together for less than one after the other, and so is given them
   * a few milliseconds later when there are many. They come in order, and are heard all or not at
   * all; what of them has been heard already is harmless, too.
   */
  public interface Gatherer extends Listener {
    Future<Void> hear(List<Recorded> run, Memory memory);
  }

  /** What a feed remembers for ever of what its listener has heard. */
  @FunctionalInterface
  public interface Memory {

    /** Whether nothing of this stream up to this version can be heard again, whoever dies. */
    boolean keeps(StreamId stream, long version);
  }

  public Future<Void> start() {
    var started = Promise.<Void>promise();
    context.runOnContext(_ ->
        lanes
            .load()
            .compose(_ -> log.follow(group, rooms))
            .onSuccess(opened -> {
              following = opened;
              progress.follow(opened);
              read();
            })
            .compose(_ -> listen())
            .onComplete(started));
    return started.future();
  }

  private Future<Void> listen() {
    if (stopping) {
      return Future.succeededFuture();
    }
    var asked = Retries.tell(vertx, group, this);
    retries = asked;
    return asked.completion();
  }

  /** Completed when what was under way is finished and its progress saved. */
  public Future<Void> stop() {
    context.runOnContext(_ -> {
      stopping = true;
      if (retries != null) {
        retries.unregister();
      }
      finish();
    });
    return stopped.future();
  }

  /** Whether every fact that was there has been handled or parked. */
  public boolean caughtUp() {
    return following != null && following.caughtUp() && progress.underWay() == 0;
  }

  /** Completed once every fact that was there has been handled or parked. */
  public Future<Void> whenCaughtUp() {
    var promise = Promise.<Void>promise();
    context.runOnContext(_ -> look(promise));
    return promise.future();
  }

  private void look(Promise<Void> promise) {
    if (caughtUp() || stopping) {
      promise.complete();
    } else {
      vertx.setTimer(LOOK_MILLIS, _ -> look(promise));
    }
  }

  /** Completed when the listener has heard a stream up to this version; may fail, or give up. */
  public Future<Void> reached(StreamId stream, long version) {
    var reached = Promise.<Void>promise();
    context.runOnContext(_ -> {
      var arrival = lanes.reached(stream, version);
      arrival.onComplete(reached);
      if (following != null && following.isExact()) {
        lanes
            .isThere(stream, version)
            .onSuccess(there -> {
              if (there) {
                look(stream, version, arrival);
              }
            });
      }
    });
    return reached.future();
  }

  /** What is there has been handled when all has, also if no mark of it was ever needed. */
  private void look(StreamId stream, long version, Future<Void> arrival) {
    if (arrival.isComplete() || stopping) {
      return;
    }
    if (caughtUp()) {
      lanes.passed(stream, version);
    } else {
      vertx.setTimer(LOOK_MILLIS, _ -> look(stream, version, arrival));
    }
  }

  /** The streams that wait for somebody to look at them. */
  public Set<StreamId> parked() {
    return lanes.parked();
  }

  /**
   * Hears what is parked of a stream again, in order; stops where it fails again, which is then
   * written down with it unless the failure passes by itself.
   */
  public Future<Void> redrive(StreamId stream) {
    var done = Promise.<Void>promise();
    context.runOnContext(_ -> lanes.redrive(stream).onComplete(done));
    return done.future();
  }

  private void read() {
    if (reading
        || resting
        || stopping
        || following == null
        || progress.underWay() >= MOST_UNDER_WAY) {
      return;
    }
    reading = true;
    following
        .next(BATCH)
        .onComplete(read -> {
          if (read.failed()) {
            reading = false;
            LOG.warn("{} cannot read on: {}", group, read.cause().getMessage());
            vertx.setTimer(RETRY_MILLIS, _ -> read());
          } else {
            rest(read.result().size());
            take(read.result());
            reading = false; // not before all of it has its place: what is heard at once reads on
            read();
          }
          finish();
        });
  }

  /**
   * After a few facts, a listener that hears them together for less lets others gather: the longer,
   * the more there were.
   */
  private void rest(int heard) {
    if (listener instanceof Gatherer && heard > 0 && heard < BATCH) {
      resting = true;
      vertx.setTimer(
          Math.clamp(heard, SHORTEST_BREATH_MILLIS, LONGEST_BREATH_MILLIS),
          _ -> {
            resting = false;
            read();
          });
    }
  }

  private void take(List<Fact> facts) {
    if (stopping) {
      return; // not begun, so it will be delivered again
    }
    var runs = new LinkedHashMap<StreamId, List<Fact>>();
    for (var fact : facts) {
      progress.begin(fact);
      runs.computeIfAbsent(fact.recorded().stream(), _ -> new ArrayList<>()).add(fact);
    }
    runs.forEach(this::take);
  }

  private void take(StreamId stream, List<Fact> run) {
    saveSoon();
    lanes
        .put(stream, run)
        .onComplete(_ -> {
          run.forEach(progress::end);
          read();
          finish();
        });
  }

  /** Only while there is something to save: who hears of nothing wakes nobody. */
  private void saveSoon() {
    if (!willSave && !stopping) {
      willSave = true;
      vertx.setTimer(SAVE_MILLIS, _ -> save());
    }
  }

  private void save() {
    willSave = false;
    if (saving || following == null || stopping) {
      return;
    }
    saving = true;
    progress
        .save(following)
        .onComplete(saved -> {
          saving = false;
          if (saved.failed()) {
            LOG.warn("{} cannot save how far it is: {}", group, saved.cause().getMessage());
          }
          if (saved.failed() || !progress.isSaved()) {
            saveSoon();
          }
          finish();
        });
  }

  private void finish() {
    if (!stopping
        || reading
        || saving
        || progress.underWay() > 0
        || stopped.future().isComplete()) {
      return;
    }
    if (following == null) {
      stopped.tryComplete();
      return;
    }
    saving = true;
    var last = following;
    progress
        .save(last)
        .recover(failure -> {
          LOG.warn("{} stops without saving: {}", group, failure.getMessage());
          return Future.succeededFuture();
        })
        .compose(_ -> last.close())
        .onComplete(stopped);
  }

  /** Forgets how far a group is that will never be followed again. */
  public static Future<Void> forget(Views views, String group) {
    return views.drop(Progress.collection(group)).compose(_ -> new Parking(views).forget(group));
  }

  /** Whether a failure says nothing about the fact itself. */
  static boolean passing(Throwable failure) {
    return failure instanceof Unavailable;
  }
}
