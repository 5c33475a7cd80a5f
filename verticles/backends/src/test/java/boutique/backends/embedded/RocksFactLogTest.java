package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;

import boutique.kernel.feed.FactLog;
import boutique.kernel.feed.FactLogConformance;
import boutique.kernel.store.Commit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("RocksDB as a log of facts")
class RocksFactLogTest extends FactLogConformance {
  @TempDir Path directory;
  private RocksDatabase database;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
  }

  @AfterEach
  void close() {
    get(database.close());
  }

  @Override
  protected FactLog log() {
    return new RocksFactLog(database);
  }

  @Override
  protected void commit(Commit commit) {
    get(new RocksEventStore(database).append(commit));
  }

  @Override
  protected void reopen() throws IOException {
    close();
    open();
  }
}
