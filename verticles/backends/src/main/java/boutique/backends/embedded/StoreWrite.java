package boutique.backends.embedded;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One batch on its way to the disk. Nothing is written down of it, and next to nothing is paid for
 * it, unless somebody has started a flight recording in which it is enabled.
 */
@Name("boutique.StoreWrite")
@Label("Store Write")
@Category("Boutique")
@Description("A batch of changes that was given to RocksDB at once")
@StackTrace(false)
final class StoreWrite extends Event {
  @Label("Commits")
  int commits;

  @Label("Facts")
  int facts;

  @Label("Synced")
  @Description("Whether the disk was waited for")
  boolean synced;

  void commit(Batch batch) {
    end();
    if (shouldCommit()) {
      commits = batch.appended().size();
      facts = batch.appended().stream().mapToInt(one -> one.commit().events().size()).sum();
      synced = batch.isSynced();
      commit();
    }
  }
}
