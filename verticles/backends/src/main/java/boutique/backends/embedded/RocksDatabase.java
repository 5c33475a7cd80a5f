package boutique.backends.embedded;

import static java.util.Objects.requireNonNull;

import boutique.backends.Answer;
import boutique.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database directory and the threads that may touch it: a writer for everything that changes, a
 * few readers, and one that takes from the disk what was deleted.
 *
 * <p>RocksDB is native code, and a call after its close ends the process. So nothing outside of
 * these threads ever holds a handle but for a look at what is in memory; and the writer, as its
 * last act, waits for all of them and closes everything: what is asked later is refused before it
 * gets near.
 */
public final class RocksDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(RocksDatabase.class);
  private static final int READERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
  private static final int MOST_READS_WAITING = 1 << 13;
  private static final byte[] NOTHING = {};

  private final Path directory;
  private final DirectoryLock lock;
  private final RocksSettings settings;
  private final RocksDB rocks;
  private final Map<Column, ColumnFamilyHandle> handles = new EnumMap<>(Column.class);
  private final CommitLog log;
  private final Outbox outbox;
  private final GroupCommit writer = new GroupCommit(this);
  private final ThreadPoolExecutor readers;
  private final Scrubber scrubber = new Scrubber(this);
  private final Promise<Void> closed = Promise.promise();

  /** Held by all who look at what is in memory, and in the end by who closes. */
  private final StampedLock looking = new StampedLock();

  /** Something that is read on a thread for it. */
  interface Reading<T extends @Nullable Object> {
    T read() throws RocksDBException;
  }

  /** Something that is looked up as far as these options reach. */
  interface Lookup<T extends @Nullable Object> {
    T look(ReadOptions reach) throws RocksDBException;
  }

  /** Opens a directory, or makes it. Blocks for as long as it takes to recover after a crash. */
  public static RocksDatabase open(Path directory) throws DataUnusable {
    var lock = DirectoryLock.take(directory);
    try {
      return new RocksDatabase(directory, lock);
    } catch (Throwable failure) {
      release(lock);
      throw failure;
    }
  }

  private RocksDatabase(Path directory, DirectoryLock lock) throws DataUnusable {
    RocksDB.loadLibrary();
    this.directory = directory;
    this.lock = lock;
    this.settings = new RocksSettings();
    RocksDB opened = null;
    try {
      opened = openColumns(files(directory));
      this.rocks = opened;
      this.log = new CommitLog(this, endOfLog());
      var mark = get(Column.MARKS, RocksEventStore.RELAYED);
      this.outbox = new Outbox(mark == null ? 0 : Numbers.number(mark));
    } catch (RocksDBException failure) {
      letGo(opened);
      throw unusable(directory, failure);
    } catch (RuntimeException failure) {
      letGo(opened);
      throw failure;
    }
    this.readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_READS_WAITING),
            Thread.ofPlatform().daemon().name("store-reader-", 1).factory());
    Thread.ofPlatform().daemon().name("store-writer").start(this::writeUntilClosed);
  }

  public Path directory() {
    return directory;
  }

  /** Whether the last write has reached the disk. */
  public boolean healthy() {
    return !writer.failing();
  }

  /** What has gone to the disk since the start. */
  public Flushed flushed() {
    return writer.flushed();
  }

  /** How many commits there are. */
  public long commits() {
    return log.end();
  }

  /** How many of them Kafka has not got, counted from the first that it has not. */
  public long unrelayed() {
    return Math.max(0, log.end() - outbox.mark());
  }

  /** Finishes what was accepted, then lets go of the directory. */
  public Future<Void> close() {
    writer.close();
    log.close();
    var answer = new Answer<Void>();
    closed.future().onComplete(_ -> answer.deliver());
    return answer.future();
  }

  Future<Void> write(int weight, Write write) {
    return writer.write(weight, write, true);
  }

  /** Writes it with whatever is written next, or in a moment. */
  Future<Void> note(int weight, Write write) {
    return writer.write(weight, write, false);
  }

  <T extends @Nullable Object> Future<T> read(Reading<T> reading) {
    var answer = new Answer<T>();
    try {
      readers.execute(() -> answer(reading, answer));
    } catch (RejectedExecutionException refused) {
      return Future.failedFuture(
          new Unavailable(
              readers.isShutdown() ? "the store is closed" : "the store has too much to read"));
    }
    return answer.future();
  }

  /**
   * Finds at once, right here, what is in memory: to send for it would cost more than the look.
   * Only for what is on the disk a reader is sent, so nobody who asks ever waits for the disk.
   */
  <T extends @Nullable Object> Future<T> find(Lookup<T> lookup) {
    var stamp = looking.tryReadLock();
    if (stamp != 0) {
      try {
        return Future.succeededFuture(lookup.look(settings.atHand));
      } catch (RocksDBException failure) {
        if (!isOnDisk(failure)) {
          return Future.failedFuture(unreadable(failure));
        }
      } catch (RuntimeException failure) {
        return Future.failedFuture(failure);
      } finally {
        looking.unlockRead(stamp);
      }
    }
    return read(() -> lookup.look(settings.reading));
  }

  private static boolean isOnDisk(RocksDBException failure) {
    return failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.Incomplete;
  }

  private static Unavailable unreadable(RocksDBException failure) {
    return new Unavailable("the store cannot read: " + failure.getMessage(), failure);
  }

  /** Takes from the disk what is not between these keys any more; answered when it is gone. */
  Future<Void> scrub(Column column, byte[] from, byte[] to) {
    return scrubber.scrub(column, from, to);
  }

  CommitLog log() {
    return log;
  }

  Outbox outbox() {
    return outbox;
  }

  // What follows is for the writer and the readers alone, and for who looks something up.

  RocksDB rocks() {
    return rocks;
  }

  RocksSettings settings() {
    return settings;
  }

  ColumnFamilyHandle handle(Column column) {
    return requireNonNull(handles.get(column));
  }

  List<ColumnFamilyHandle> handles() {
    return List.copyOf(handles.values());
  }

  /** Where RocksDB keeps its files. */
  Path files() {
    return files(directory);
  }

  byte @Nullable [] get(Column column, byte[] key) throws RocksDBException {
    return get(column, key, settings.reading);
  }

  byte @Nullable [] get(Column column, byte[] key, ReadOptions reach) throws RocksDBException {
    return rocks.get(handle(column), reach, key);
  }

  /** The beginning of a value, as much as fits; null when there is none. */
  byte @Nullable [] head(Column column, byte[] key, int length) throws RocksDBException {
    var head = new byte[length];
    var found = rocks.get(handle(column), settings.reading, key, head);
    return found == RocksDB.NOT_FOUND ? null : head;
  }

  boolean has(Column column, byte[] key) throws RocksDBException {
    return has(column, key, settings.reading);
  }

  boolean has(Column column, byte[] key, ReadOptions reach) throws RocksDBException {
    return rocks.get(handle(column), reach, key, NOTHING) != RocksDB.NOT_FOUND;
  }

  /** To be closed by whoever asks for it, before anything else. */
  RocksIterator entries(Column column, boolean sweeping) {
    return rocks.newIterator(handle(column), sweeping ? settings.sweeping : settings.reading);
  }

  private static <T extends @Nullable Object> void answer(Reading<T> reading, Answer<T> answer) {
    try {
      answer.found(reading.read());
    } catch (RocksDBException failure) {
      answer.failed(unreadable(failure));
    } catch (RuntimeException failure) {
      answer.failed(failure);
    }
    answer.deliver();
  }

  private static Path files(Path directory) {
    return directory.resolve("rocksdb");
  }

  private RocksDB openColumns(Path path) throws RocksDBException {
    var columns = Column.values();
    var descriptors = Arrays.stream(columns).map(column -> column.descriptor(settings)).toList();
    var opened = new ArrayList<ColumnFamilyHandle>();
    var database = RocksDB.open(settings.database, path.toString(), descriptors, opened);
    for (var i = 0; i < columns.length; i++) {
      handles.put(columns[i], opened.get(i));
    }
    return database;
  }

  private long endOfLog() throws RocksDBException {
    try (var entries = entries(Column.LOG, false)) {
      entries.seekToLast();
      entries.status();
      return entries.isValid() ? Numbers.number(entries.key()) + 1 : 0;
    }
  }

  private void writeUntilClosed() {
    try {
      writer.run();
      scrubber.close();
      readers.shutdown();
      while (!readers.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("still waiting for a reader of {}", directory);
      }
      // A close in peace: Kafka closes as well, with everything on its disk.
      rocks.put(
          handle(Column.MARKS),
          settings.synced,
          RocksEventStore.RELAYED,
          Numbers.bytes(outbox.mark()));
    } catch (RocksDBException | InterruptedException failure) {
      LOG.error("{} was not closed in peace: {}", directory, failure.getMessage());
    } finally {
      letGo(rocks);
      release(lock);
      closed.complete();
    }
  }

  private void letGo(@Nullable RocksDB opened) {
    looking.writeLock(); // for ever
    handles.values().forEach(ColumnFamilyHandle::close);
    if (opened != null) {
      opened.close();
    }
    settings.close();
  }

  private static void release(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException failure) {
      LOG.warn("a lock could not be given back: {}", failure.getMessage());
    }
  }

  private static DataUnusable unusable(Path directory, RocksDBException failure) {
    var status = failure.getStatus();
    var damaged = status != null && status.getCode() == Status.Code.Corruption;
    return new DataUnusable(
        damaged
            ? directory
                + " is damaged and stays closed, because opening it would lose what was"
                + " acknowledged: "
                + failure.getMessage()
            : directory + " cannot be opened: " + failure.getMessage(),
        failure);
  }
}
