package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.store.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What the disk and RocksDB can do when nobody asks and nobody waits: one thread writes batches of
 * what the event store would write, with the store's own settings. It is in the store's package
 * because the settings are nobody else's business.
 */
@NullMarked
public final class RawRocks implements AutoCloseable {
  private static final int DIGITS = 12;

  private final RocksSettings settings = new RocksSettings();
  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private final RocksDB rocks;
  private final ColumnFamilyHandle commits;
  private final ColumnFamilyHandle log;
  private final byte[] key;
  private final byte[] value;
  private final int digitsEnd;
  private long number;

  /** Opens a new database for commits of this form, whose streams are named by 12 digits. */
  public RawRocks(Path directory, Commit form) throws Exception {
    RocksDB.loadLibrary();
    Files.createDirectories(directory);
    var columns =
        Arrays.stream(Column.values()).map(column -> column.descriptor(settings)).toList();
    rocks = RocksDB.open(settings.database, directory.toString(), columns, handles);
    commits = handle(Column.COMMITS);
    log = handle(Column.LOG);
    key = form.key().getBytes(UTF_8);
    value = CommitFormat.encode(form);
    digitsEnd = form.key().indexOf('@');
  }

  /** How many bytes one commit is, keys included. */
  public int bytesPerCommit() {
    return key.length + value.length + Long.BYTES + key.length;
  }

  /** Writes so many commits, and returns when they are on the disk. */
  public void write(int count) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      for (var i = 0; i < count; i++) {
        var name = named(number);
        CommitFormat.number(value, number);
        batch.put(commits, name, value);
        batch.put(log, Numbers.bytes(number), name);
        number++;
      }
      rocks.write(settings.synced, batch);
    }
  }

  @Override
  public void close() {
    handles.forEach(ColumnFamilyHandle::close);
    rocks.close();
    settings.close();
  }

  private ColumnFamilyHandle handle(Column column) {
    return handles.get(List.of(Column.values()).indexOf(column));
  }

  private byte[] named(long stream) {
    var named = key.clone();
    var rest = stream;
    for (var at = digitsEnd - 1; at >= digitsEnd - DIGITS; at--) {
      named[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return named;
  }
}
