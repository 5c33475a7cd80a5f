package boutique.backends.embedded;

import boutique.backends.Answer;
import boutique.kernel.Unavailable;
import boutique.kernel.store.VersionConflict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

  private final RocksDatabase database;
  private final Heads heads = new Heads();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private List<Waiting> queue = new ArrayList<>();
  private long bytes;
  private int expected;
  private long lastTook;
  private long patience;
  private boolean closing;
  private volatile boolean failing;

  private record Waiting(Write write, Answer<Void> answer) {}

  GroupCommit(RocksDatabase database) {
    this.database = database;
  }

  /**
   * @param weight how many bytes wait while this does
   */
  Future<Void> write(int weight, Write write) {
    var answer = new Answer<Void>();
    lock.lock();
    try {
      if (closing) {
        return Future.failedFuture(new Unavailable("the store is closed"));
      }
      if (queue.size() >= MOST_WAITING || (bytes > 0 && bytes + weight > MOST_BYTES_WAITING)) {
        return Future.failedFuture(new Unavailable("the store has too much to write already"));
      }
      queue.add(new Waiting(write, answer));
      bytes += weight;
      if (queue.size() == 1) {
        news.signal();
      }
    } finally {
      lock.unlock();
    }
    return answer.future();
  }

  /** Lets {@link #run} end when everything accepted is written. */
  void close() {
    lock.lock();
    try {
      closing = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  private List<Waiting> closeAndTake() {
    lock.lock();
    try {
      closing = true;
      var taken = queue;
      queue = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Writes until it is closed. */
  void run() {
    var taken = new ArrayList<Waiting>();
    try {
      while (commit(taken)) {
        taken.clear();
      }
    } catch (Throwable bug) {
      // It may have been written and not counted: a further batch would take the same numbers.
      LOG.error("the writer of {} has failed and stops", database.directory(), bug);
      failing = true;
      abandon(taken);
      abandon(closeAndTake());
    }
  }

  private List<Waiting> takeFirst() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && !closing) {
        news.await();
      }
      patience = lastTook / PATIENCE;
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Those who come while there is patience left; nobody when it is over. */
  private List<Waiting> takeMore() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && patience > 0 && !closing) {
        patience = news.awaitNanos(patience);
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private List<Waiting> take() {
    var taken = queue;
    queue = new ArrayList<>();
    bytes = 0;
    return taken;
  }

  /** Puts into the batch who is there while the others are still on their way. */
  private boolean commit(List<Waiting> taken) throws InterruptedException {
    var some = takeFirst();
    if (some.isEmpty()) {
      return false;
    }
    var answers = new ArrayList<Answer<Void>>(expected);
    var log = database.log();
    try (var batch = new Batch(database, heads, log.end())) {
      while (!some.isEmpty()) {
        taken.addAll(some);
        for (var waiting : some) {
          answers.add(waiting.answer);
          add(waiting, batch);
        }
        some = taken.size() < expected ? takeMore() : List.of();
      }
      expected = taken.size();
      var start = System.nanoTime();
      batch.write(database.rocks(), database.settings());
      lastTook = System.nanoTime() - start;
      log.publish(batch.appended());
      failing = false;
    } catch (RocksDBException failure) {
      refuse(answers, failure);
    }
    Answer.deliverAll(answers);
    return true;
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

  boolean failing() {
    return failing;
  }

  /**
   * Nobody knows what of it has reached the disk, so nobody is told that it was written. After a
   * failure in its journal RocksDB accepts nothing more until it is opened again, which is well: a
   * write that was half lost can so never be followed by one that is whole.
   */
  private void refuse(List<Answer<Void>> answers, Exception failure) {
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
    for (var answer : answers) {
      if (!answer.isFailure()) {
        answer.failed(refusal);
      }
    }
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
