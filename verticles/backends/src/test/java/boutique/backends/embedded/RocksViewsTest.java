package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;

import boutique.kernel.store.Views;
import boutique.kernel.store.ViewsConformance;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("RocksDB as a keeper of views")
class RocksViewsTest extends ViewsConformance {
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
  protected Views views() {
    return new RocksViews(database);
  }

  @Override
  protected void reopen() throws IOException {
    close();
    open();
  }
}
