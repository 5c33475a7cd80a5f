package boutique.backends.embedded;

import org.rocksdb.RocksDBException;

/** Something to be written, together with whatever else waits. */
@FunctionalInterface
interface Write {
  /** Adds itself to the batch, or throws and leaves the batch as it was. */
  void into(Batch batch) throws RocksDBException;
}
