package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;

import boutique.kernel.store.EventStore;
import boutique.kernel.store.EventStoreConformance;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("RocksDB as an event store")
class RocksEventStoreTest extends EventStoreConformance {
  @TempDir Path directory;
  private RocksDatabase database;
  private EventStore store;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    store = new RocksEventStore(database);
  }

  @AfterEach
  void close() {
    get(database.close());
  }

  @Override
  protected EventStore store() {
    return store;
  }

  @Override
  protected void reopen() throws IOException {
    close();
    open();
  }
}
