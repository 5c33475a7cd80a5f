package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.EventStore;
import boutique.kernel.store.EventStoreConformance;
import boutique.kernel.store.Facts;
import boutique.language.StreamId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("RocksDB as an event store")
class RocksEventStoreTest extends EventStoreConformance {
  @TempDir Path directory;
  private RocksDatabase database;
  private RocksEventStore store;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    store = new RocksEventStore(database);
  }

  @AfterEach
  void close() {
    get(database.close());
  }

  @Test
  @DisplayName("brings everything again to a Kafka that it has not brought it to")
  void otherKafka() throws IOException {
    var stream = new StreamId("room", "one");
    var commits = List.of(Facts.commit(stream, 1, 2), Facts.commit(stream, 3, 1));
    commits.forEach(commit -> get(store.append(commit)));
    get(store.relayTo("one"));
    get(store.relayed(commits));
    reopen();

    get(store.relayTo("one"));
    assertThat(get(store.pending(10))).isEmpty();
    get(store.relayTo("other"));
    assertThat(get(store.pending(10))).isEqualTo(commits);
    reopen();
    assertThat(get(store.pending(10))).isEqualTo(commits);
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
