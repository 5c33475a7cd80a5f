package boutique.backends.embedded;

import boutique.kernel.store.Commit;
import boutique.kernel.store.VersionConflict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What becomes durable together. Used by the writing thread alone, which makes the question whether
 * a version is free, and its answer, one step.
 */
final class Batch implements AutoCloseable {
  private final RocksDatabase database;
  private final WriteBatch changes = new WriteBatch();
  private final List<Appended> appended = new ArrayList<>();
  private final Map<ByteBuffer, byte[]> documents = new HashMap<>();
  private final Heads heads;
  private final long firstNumber;
  private boolean mustLast;

  record Appended(Commit commit, int size) {}

  Batch(RocksDatabase database, Heads heads, long firstNumber) {
    this.database = database;
    this.heads = heads;
    this.firstNumber = firstNumber;
  }

  /** Gives a commit the next number of the log; its bytes are taken, not copied. */
  void append(Commit commit, byte[] key, byte[] bytes) throws RocksDBException {
    if (!isFree(commit, key)) {
      throw new VersionConflict(commit.key());
    }
    var number = firstNumber + appended.size();
    CommitFormat.number(bytes, number);
    put(Column.COMMITS, key, bytes);
    put(Column.LOG, Numbers.bytes(number), key);
    heads.moved(commit.stream(), commit.lastVersion() + 1);
    appended.add(new Appended(commit, bytes.length));
  }

  private boolean isFree(Commit commit, byte[] key) throws RocksDBException {
    var next = heads.next(commit.stream());
    if (next != null && commit.firstVersion() <= next) {
      return commit.firstVersion() == next;
    }
    return !database.has(Column.COMMITS, key);
  }

  void put(Column column, byte[] key, byte[] value) throws RocksDBException {
    put(column, key, value, true);
  }

  /**
   * @param synced whether the disk is to be waited for
   */
  void put(Column column, byte[] key, byte[] value, boolean synced) throws RocksDBException {
    changes.put(database.handle(column), key, value);
    if (column == Column.VIEWS) {
      documents.put(ByteBuffer.wrap(key), value);
    }
    mustLast |= synced;
  }

  /** Puts where nothing is, also not in this batch; else answers what is there. */
  byte @Nullable [] putIfAbsent(Column column, byte[] key, byte[] value) throws RocksDBException {
    var there = documents.get(ByteBuffer.wrap(key));
    if (there == null) {
      there = database.get(column, key);
    }
    if (there == null) {
      put(column, key, value);
    }
    return there;
  }

  /**
   * @param synced whether the disk is to be waited for
   */
  void delete(Column column, byte[] key, boolean synced) throws RocksDBException {
    changes.delete(database.handle(column), key);
    mustLast |= synced;
  }

  /** Deletes from one key up to another, without it. */
  void deleteRange(Column column, byte[] from, byte[] to) throws RocksDBException {
    changes.deleteRange(database.handle(column), from, to);
    mustLast = true;
  }

  /** Puts what may be forgotten in a crash, and is not worth waiting for the disk. */
  void note(Column column, byte[] key, byte[] value) throws RocksDBException {
    changes.put(database.handle(column), key, value);
  }

  void write(RocksDB into, RocksSettings settings) throws RocksDBException {
    try {
      if (changes.count() > 0) {
        into.write(isSynced() ? settings.synced : settings.unsynced, changes);
      }
    } catch (RocksDBException failure) {
      heads.forget();
      throw failure;
    }
  }

  /** Whether the disk is waited for. */
  boolean isSynced() {
    return mustLast;
  }

  List<Appended> appended() {
    return appended;
  }

  @Override
  public void close() {
    changes.close();
  }
}
