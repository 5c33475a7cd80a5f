package boutique.kernel.feed;

import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every commit from the store to Kafka: at least once, in order per stream.
 *
 * <p>It pulls. What is pending is read from the store itself, published, and only then marked; so
 * it needs no memory of its own, a crash at any point costs duplicates and never a gap, and a Kafka
 * that is away costs nothing but the waiting. An append wakes it; a slow clock makes sure that
 * nothing is forgotten, such as what a dead node left behind.
 */
public final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BATCH = 1_000;
  private static final long SWEEP_MILLIS = 1_000;

  /** What is together in a request is cheap, and nobody who reads Kafka notices the difference. */
  private static final int SHORTEST_BREATH_MILLIS = 10;

  /** The same where so much happens that each of it has to cost less. */
  private static final int LONGEST_BREATH_MILLIS = 50;

  private static final int COMMITS_PER_MILLI = 4;

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Vertx vertx;
  private final EventStore store;
  private final FactSink sink;
  private final Context context;
  private final Promise<Void> stopped = Promise.promise();
  private long pause = FIRST_PAUSE_MILLIS;
  private boolean stopping;
  private boolean running;
  private boolean woken;
  private boolean away;
  private long relayed;
  private long clock;

  public Relay(Vertx vertx, EventStore store, FactSink sink) {
    this.vertx = vertx;
    this.store = store;
    this.sink = sink;
    this.context = vertx.getOrCreateContext();
  }

  public void start() {
    store.onAppend(this::wake);
    context.runOnContext(_ -> {
      clock = vertx.setPeriodic(SWEEP_MILLIS, _ -> run());
      run();
    });
  }

  /** Completed when the batch on its way, if any, has arrived or failed. */
  public Future<Void> stop() {
    context.runOnContext(_ -> {
      stopping = true;
      vertx.cancelTimer(clock);
      if (!running) {
        stopped.tryComplete();
      }
    });
    return stopped.future();
  }

  /** How many commits have been brought since the start. */
  public long relayed() {
    return relayed;
  }

  private void wake() {
    context.runOnContext(_ -> {
      woken = true;
      run();
    });
  }

  private void run() {
    if (running || stopping) {
      return;
    }
    running = true;
    woken = false;
    store
        .pending(BATCH)
        .compose(this::bring)
        .onComplete(brought -> {
          running = false;
          if (brought.succeeded()) {
            arrived(brought.result());
          } else {
            failed(brought.cause());
          }
        });
  }

  private Future<Integer> bring(List<Commit> commits) {
    return commits.isEmpty()
        ? Future.succeededFuture(0)
        : sink.publish(commits).compose(_ -> store.relayed(commits)).map(commits.size());
  }

  private void arrived(int count) {
    pause = FIRST_PAUSE_MILLIS;
    relayed += count;
    if (away && count > 0) {
      away = false;
      LOG.info("Kafka is back: facts are on their way again");
    }
    if (stopping) {
      stopped.tryComplete();
    } else if (count == BATCH) {
      run();
    } else if (woken) {
      rest(Math.clamp(count / COMMITS_PER_MILLI, SHORTEST_BREATH_MILLIS, LONGEST_BREATH_MILLIS));
    }
  }

  /** Nobody else may begin until it is over. */
  private void rest(long millis) {
    running = true;
    vertx.setTimer(
        millis,
        _ -> {
          running = false;
          if (stopping) {
            stopped.tryComplete();
          } else {
            run();
          }
        });
  }

  private void failed(Throwable cause) {
    if (!away) {
      away = true;
      LOG.warn("Kafka is away, facts wait in the store: {}", cause.getMessage());
    }
    if (stopping) {
      stopped.tryComplete();
      return;
    }
    rest(pause);
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
  }
}
