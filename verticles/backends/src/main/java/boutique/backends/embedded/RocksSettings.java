package boutique.backends.embedded;

import static java.util.Objects.requireNonNull;

import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Priority;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/** How RocksDB is set up, and the native objects that this takes: they live as long as it does. */
final class RocksSettings implements AutoCloseable {
  private static final long MIB = 1 << 20;

  private final Cache cache = new LRUCache(64 * MIB);
  private final BloomFilter bloom = new BloomFilter(10, false);

  /**
   * One set for all columns: none is so large or so hot that it would gain from its own. Filters
   * and indexes stay in memory beside the cache, about four bytes per commit: a filter is larger
   * than a shard of the cache, and every append of a new stream would load it again.
   */
  private final ColumnFamilyOptions column =
      new ColumnFamilyOptions()
          .setWriteBufferSize(32 * MIB)
          .setCompressionType(CompressionType.LZ4_COMPRESSION)
          .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
          .setLevelCompactionDynamicLevelBytes(true)
          .setMemtablePrefixBloomSizeRatio(0.02)
          .setMemtableWholeKeyFiltering(true)
          .setTableFormatConfig(
              new BlockBasedTableConfig()
                  .setBlockCache(cache)
                  .setFilterPolicy(bloom)
                  .setFormatVersion(5));

  /**
   * A write that the process or the machine died in is cut off at the end of the journal. Damage
   * anywhere else must not be taken for that, as RocksDB does by default: it would silently lose
   * every acknowledged write behind it. And a journal that is too short or not there at all is
   * noticed only when the manifest keeps count, which has no setter in Java.
   */
  final DBOptions database =
      fromText("track_and_verify_wals_in_manifest", "true")
          .setCreateIfMissing(true)
          .setCreateMissingColumnFamilies(true)
          .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
          .setParanoidChecks(true)
          .setEnv(patient())
          .setMaxTotalWalSize(128 * MIB)
          .setMaxBackgroundJobs(2)
          .setBytesPerSync(MIB)
          .setMaxOpenFiles(512)
          .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
          .setStatsDumpPeriodSec(0)
          .setKeepLogFileNum(3);

  final WriteOptions synced = new WriteOptions().setSync(true);
  final WriteOptions unsynced = new WriteOptions().setSync(false);
  final ReadOptions reading = new ReadOptions();

  /** For those who may not wait: what is not in memory is not looked for. */
  final ReadOptions atHand = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);

  /** For those who read everything once, and would push out what others read often. */
  final ReadOptions sweeping = new ReadOptions().setFillCache(false).setReadaheadSize(MIB);

  /** Writes the tables anew although the deepest of them, too, could stay as they are. */
  final CompactRangeOptions scrubbing =
      new CompactRangeOptions()
          .setExclusiveManualCompaction(false)
          .setBottommostLevelCompaction(BottommostLevelCompaction.kForce);

  /** Whoever writes meanwhile is not held up: it waits until it would not. */
  final FlushOptions flushing = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(false);

  /**
   * Tables are merged when nobody else wants the processor: a merge takes a second or more, and on
   * few cores whoever asks meanwhile would wait for it. Where nobody ever rests, tables gather
   * until RocksDB slows the writers down, and so makes room for it.
   */
  private static Env patient() {
    return Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
  }

  private static DBOptions fromText(String option, String value) {
    var text = new Properties();
    text.setProperty(option, value);
    return requireNonNull(DBOptions.getDBOptionsFromProps(text), option);
  }

  ColumnFamilyOptions column() {
    return column;
  }

  @Override
  public void close() {
    for (RocksObject setting :
        new RocksObject[] {
          scrubbing, flushing, reading, atHand, sweeping, synced, unsynced, database, column, bloom,
          cache
        }) {
      setting.close();
    }
  }
}
