package boutique.backends.embedded;

import boutique.backends.Answer;
import boutique.kernel.Unavailable;
import boutique.kernel.store.VersionConflict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer. Whatever has come while the disk was busy goes to it together: one batch, one
 * sync, then all answers. The more there is to write, the less each write costs.
 *
 * <p>Those who have just been answered mostly come back at once with their next write. Starting
 * with the first of them would split them into a small batch and a large one for ever; so the
 * writer waits for as many as there were, but only for a fraction of what the disk takes.
 */
final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MOST_WAITING = 1 << 14;
  private static final long MOST_BYTES_WAITING = 64 << 20;
  private static final int PATIENCE = 8;

  /** About what a disk takes: so nobody who notes waits longer than if it were synced. */
  private static final long LINGER_NANOS = 500_000;

  private final RocksDatabase database;
  private final Heads heads = new Heads();
  private final Intake<Waiting> intake = new Intake<>(MOST_WAITING, MOST_BYTES_WAITING);
  private final LongAdder flushes = new LongAdder();
  private final LongAdder flushNanos = new LongAdder();
  private final LongAdder events = new LongAdder();
  private int expected;
  private long lastTook;
  private volatile boolean ended;
  private volatile boolean failing;

  private record Waiting(Write write, Answer<Void> answer) {}

  GroupCommit(RocksDatabase database) {
    this.database = database;
  }

  /**
   * @param weight how many bytes wait while this does
   * @param urgent whether it is worth a write of its own; others go along with what comes next
   */
  Future<Void> write(int weight, Write write, boolean urgent) {
    if (intake.isClosed()) {
      return Future.failedFuture(new Unavailable("the store is closed"));
    }
    if (intake.isFullFor(weight)) {
      return Future.failedFuture(new Unavailable("the store has too much to write already"));
    }
    var answer = new Answer<Void>();
    intake.put(new Waiting(write, answer), weight, urgent);
    if (ended) {
      abandonTheRest();
    }
    return answer.future();
  }

  /** Lets {@link #run} end when everything accepted is written. */
  void close() {
    intake.close();
  }

  /** Writes until it is closed. */
  void run() {
    var taken = new ArrayList<Waiting>();
    try {
      for (intake.takeAll(taken); !taken.isEmpty(); intake.takeAll(taken)) {
        commit(taken);
        taken.clear();
        intake.linger(LINGER_NANOS);
      }
    } catch (Throwable bug) {
      // It may have been written and not counted: a further batch would take the same numbers.
      LOG.error("the writer of {} has failed and stops", database.directory(), bug);
      failing = true;
      intake.close();
      abandon(taken);
    } finally {
      ended = true;
      abandonTheRest();
    }
  }

  /** Puts into the batch who is there while the others are still on their way. */
  private void commit(List<Waiting> taken) {
    var log = database.log();
    try (var batch = new Batch(database, heads, log.end())) {
      var patience = lastTook / PATIENCE;
      for (var next = 0; next < taken.size(); ) {
        for (; next < taken.size(); next++) {
          add(taken.get(next), batch);
        }
        if (next < expected) {
          patience = intake.takeAll(taken, patience);
        }
      }
      var event = new StoreWrite();
      event.begin();
      var start = System.nanoTime();
      batch.write(database.rocks(), database.settings());
      if (batch.isSynced()) {
        expected = taken.size();
        lastTook = System.nanoTime() - start;
        flushes.increment();
        flushNanos.add(lastTook);
      }
      event.commit(batch);
      log.publish(batch.appended());
      count(batch.appended());
      failing = false;
    } catch (RocksDBException failure) {
      refuse(taken, failure);
    }
    Answer.deliverAll(taken.stream().map(Waiting::answer).toList());
  }

  private static void add(Waiting waiting, Batch batch) {
    try {
      waiting.write.into(batch);
    } catch (VersionConflict conflict) {
      waiting.answer.failed(conflict);
    } catch (RocksDBException | RuntimeException failure) {
      waiting.answer.failed(new Unavailable("the store cannot write: " + why(failure), failure));
    }
  }

  private void count(List<Batch.Appended> appended) {
    for (var one : appended) {
      events.add(one.commit().events().size());
    }
  }

  Flushed flushed() {
    return new Flushed(flushes.sum(), flushNanos.sum(), events.sum());
  }

  boolean failing() {
    return failing;
  }

  /**
   * Nobody knows what of it has reached the disk, so nobody is told that it was written. After a
   * failure in its journal RocksDB accepts nothing more until it is opened again, which is well: a
   * write that was half lost can so never be followed by one that is whole.
   */
  private void refuse(List<Waiting> taken, Exception failure) {
    var sentence =
        "the store in "
            + database.directory()
            + " cannot write until the cause is gone and it is started again: "
            + why(failure);
    if (!failing) {
      failing = true;
      LOG.error(sentence);
    }
    var refusal = new Unavailable(sentence, failure);
    for (var waiting : taken) {
      if (!waiting.answer.isFailure()) {
        waiting.answer.failed(refusal);
      }
    }
  }

  /** Who came too late for the writer, and too early to be told so at the door. */
  private void abandonTheRest() {
    var rest = new ArrayList<Waiting>();
    intake.takeAll(rest, 0);
    abandon(rest);
  }

  private static void abandon(List<Waiting> writes) {
    for (var waiting : writes) {
      waiting.answer.failed(new Unavailable("the store has stopped writing")).deliver();
    }
  }

  private static String why(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
