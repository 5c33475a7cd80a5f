package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.store.Commit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All commits in the order in which they were appended, numbered without a gap. */
final class CommitLog {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLog.class);
  private static final int STRIDE = 256;

  /** After so many a read stops, whatever it has found, so that others get their turn. */
  private static final int LONGEST_READ = 1 << 14;

  private final RocksDatabase database;
  private final Recent recent;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private volatile long end;
  private volatile boolean closed;

  /** Somebody who reads, and says what is of interest and when it is enough. */
  interface Reader {
    /** The first number, from this one on, that is of interest. */
    long next(long number);

    boolean wants(String room);

    /** Takes a commit; answers whether to go on. */
    boolean take(long number, Commit commit);
  }

  CommitLog(RocksDatabase database, long end) {
    this.database = database;
    this.end = end;
    this.recent = new Recent(end);
  }

  /** The number of the next commit. */
  long end() {
    return end;
  }

  void onAppend(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Wakes somebody once, when the log goes on with something of interest or never will: at once if
   * it has gone on meanwhile.
   */
  void await(Waiter waiter) {
    waiting.add(waiter);
    if ((end > waiter.seen() || closed) && waiting.remove(waiter)) {
      waiter.wake();
    }
  }

  /** Lets somebody go on who was not woken yet. */
  void stopWaiting(Waiter waiter) {
    if (waiting.remove(waiter)) {
      waiter.giveUp();
    }
  }

  /** These are durable now. */
  void publish(List<Batch.Appended> appended) {
    if (appended.isEmpty()) {
      return;
    }
    for (var one : appended) {
      recent.add(one.commit(), one.size());
    }
    var before = end;
    end = before + appended.size();
    listeners.forEach(CommitLog::call);
    wake(before, rooms(appended));
  }

  private static Set<String> rooms(List<Batch.Appended> appended) {
    var rooms = new HashSet<String>();
    for (var one : appended) {
      rooms.add(one.commit().stream().room());
    }
    return rooms;
  }

  /** From now on nothing is remembered, and the database refuses what is asked instead. */
  void close() {
    closed = true;
    waiting.forEach(this::wake);
  }

  /**
   * Reads what is remembered, without touching the disk. Answers the number to go on from, or -1
   * when the first commit is not remembered.
   */
  long readRecent(long from, Reader reader) {
    var number = reader.next(from);
    var first = number;
    while (true) {
      var commits = closed ? null : recent.from(number, STRIDE);
      if (commits == null) {
        return number == first ? -1 : number; // forgotten meanwhile
      }
      if (commits.isEmpty()) {
        return number;
      }
      var start = number;
      while (number < start + commits.size()) {
        var commit = commits.get((int) (number - start));
        if (reader.wants(commit.stream().room()) && !reader.take(number, commit)) {
          return number + 1;
        }
        number = reader.next(number + 1);
      }
    }
  }

  /** Reads from wherever it is. Answers the number to go on from. */
  long read(long from, Reader reader) throws RocksDBException {
    var remembered = readRecent(from, reader);
    return remembered >= 0 ? remembered : readStored(from, reader);
  }

  private long readStored(long from, Reader reader) throws RocksDBException {
    var last = Math.min(end, from + LONGEST_READ);
    try (var entries = database.entries(Column.LOG, false)) {
      var number = reader.next(from);
      entries.seek(Numbers.bytes(number));
      while (number < last && entries.isValid()) {
        requireGapless(number, entries);
        var key = entries.value();
        var name = new String(key, UTF_8);
        if (reader.wants(name.substring(0, name.indexOf('/')))) {
          var bytes = database.get(Column.COMMITS, key);
          if (bytes == null) {
            throw new IllegalStateException("the log names " + name + ", which is not there");
          }
          if (!reader.take(number, CommitFormat.decode(name, bytes))) {
            return number + 1;
          }
        }
        var next = reader.next(number + 1);
        if (next == number + 1) {
          entries.next();
        } else {
          entries.seek(Numbers.bytes(next));
        }
        number = next;
      }
      entries.status();
      return number;
    }
  }

  private static void requireGapless(long number, RocksIterator entries) {
    var found = Numbers.number(entries.key());
    if (found != number) {
      throw new IllegalStateException("the log has a gap from " + number + " to " + found);
    }
  }

  private void wake(long before, Set<String> rooms) {
    for (var waiter : waiting) {
      if (waiter.isInterestedIn(rooms)) {
        wake(waiter);
      } else {
        waiter.pass(before, end);
      }
    }
  }

  private void wake(Waiter waiter) {
    if (waiting.remove(waiter)) {
      call(waiter::wake);
    }
  }

  private static void call(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException listenersOwn) {
      LOG.error("whoever was told of an append has failed with it", listenersOwn);
    }
  }
}
