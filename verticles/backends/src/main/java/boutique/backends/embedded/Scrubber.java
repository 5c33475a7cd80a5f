package boutique.backends.embedded;

import boutique.backends.Answer;
import boutique.kernel.Unavailable;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from the disk what was deleted. A deletion is only one more entry: what it is about stays
 * in the journal as long as that holds anything that is in no table yet, and in the tables until
 * they are merged. In a small shop neither happens for months.
 *
 * <p>On a thread of its own, one at a time, beside the writer: that goes on in a new journal. What
 * somebody reads at this moment stays until they are through.
 */
final class Scrubber {
  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
  private static final int MOST_WAITING = 16;

  /** RocksDB deletes a journal behind one's back, a moment after it has become useless. */
  private static final Duration DELETION = Duration.ofSeconds(10);

  private static final Duration LOOKS = Duration.ofMillis(5);

  private final RocksDatabase database;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          0,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("store-scrubber").factory());
  private volatile boolean closing;

  Scrubber(RocksDatabase database) {
    this.database = database;
  }

  Future<Void> scrub(Column column, byte[] from, byte[] to) {
    var answer = new Answer<Void>();
    try {
      thread.execute(() -> answer(column, from, to, answer));
    } catch (RejectedExecutionException refused) {
      return Future.failedFuture(
          new Unavailable(
              thread.isShutdown() ? "the store is closed" : "the store has too much to scrub"));
    }
    return answer.future();
  }

  /** Leaves off in the middle: whoever has asked will ask again. For the writer, as it ends. */
  void close() throws InterruptedException {
    closing = true;
    thread.shutdown();
    database.settings().scrubbing.setCanceled(true);
    while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
      LOG.warn("still waiting until {} is scrubbed", database.directory());
    }
  }

  private void answer(Column column, byte[] from, byte[] to, Answer<Void> answer) {
    try {
      scrubNow(column, from, to);
    } catch (RocksDBException | IOException | RuntimeException failure) {
      answer.failed(new Unavailable("the store cannot scrub: " + failure.getMessage(), failure));
    }
    answer.deliver();
  }

  private void scrubNow(Column column, byte[] from, byte[] to)
      throws RocksDBException, IOException {
    if (closing) {
      throw new Unavailable("the store is closed");
    }
    var journals = journals();
    database.rocks().flush(database.settings().flushing, database.handles());
    database.rocks().compactRange(database.handle(column), from, to, database.settings().scrubbing);
    awaitDeletion(journals);
  }

  /** An empty one has just been begun, and is the one to go on with. */
  private List<Path> journals() throws IOException {
    try (var files = Files.newDirectoryStream(database.files(), "*.log")) {
      var journals = new ArrayList<Path>();
      for (var file : files) {
        if (file.toFile().length() > 0) { // zero also when it is gone meanwhile
          journals.add(file);
        }
      }
      return journals;
    }
  }

  private void awaitDeletion(List<Path> journals) {
    var end = System.nanoTime() + DELETION.toNanos();
    for (var journal : journals) {
      while (Files.exists(journal)) {
        if (closing || System.nanoTime() - end > 0) {
          throw new Unavailable(journal.getFileName() + " is still there");
        }
        LockSupport.parkNanos(this, LOOKS.toNanos());
      }
    }
  }
}
