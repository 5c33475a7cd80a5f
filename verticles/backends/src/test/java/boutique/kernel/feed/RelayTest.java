package boutique.kernel.feed;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The relay")
@Timeout(120)
class RelayTest {
  private static final StreamId ORDER = new StreamId("orders", "one");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Sink sink = new Sink();
  private RocksDatabase database;
  private RocksEventStore store;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    store = new RocksEventStore(database);
  }

  @AfterEach
  void close() {
    get(vertx.close());
    get(database.close());
  }

  @Test
  @DisplayName("brings what was committed before it started, and what is committed after")
  void brings() {
    append(1, 10);
    var relay = started();
    append(11, 10);

    untilArrived(20);

    assertThat(sink.arrived).containsExactlyElementsOf(Facts.commits(ORDER, 1, 20));
    get(relay.stop());
  }

  @Test
  @DisplayName("waits while Kafka is away, and then brings everything in order")
  void waits() {
    sink.away.set(true);
    var relay = started();
    append(1, 30);
    Awaitility.await().until(() -> sink.refused.get());

    sink.away.set(false);
    untilArrived(30);

    assertThat(sink.arrived).containsExactlyElementsOf(Facts.commits(ORDER, 1, 30));
    get(relay.stop());
  }

  @Test
  @DisplayName("marks only what has arrived: a successor brings the rest")
  void successor() {
    sink.away.set(true);
    var dead = started();
    append(1, 5);
    Awaitility.await().until(() -> sink.refused.get());
    get(dead.stop());
    sink.away.set(false);

    var successor = started();
    untilArrived(5);

    assertThat(sink.arrived).containsExactlyElementsOf(Facts.commits(ORDER, 1, 5));
    get(successor.stop());
    assertThat(get(store.pending(10))).isEmpty();
  }

  private Relay started() {
    var relay = new Relay(vertx, store, sink);
    relay.start();
    return relay;
  }

  private void append(long first, int count) {
    Facts.commits(ORDER, first, count).forEach(commit -> get(store.append(commit)));
  }

  private void untilArrived(int count) {
    Awaitility.await().atMost(Facts.PATIENCE).until(() -> sink.arrived.size() >= count);
  }

  /** A Kafka whose cable can be pulled. */
  private static final class Sink implements FactSink {
    private final List<Commit> arrived = new CopyOnWriteArrayList<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean refused = new AtomicBoolean();

    @Override
    public Future<Void> publish(List<Commit> commits) {
      if (away.get()) {
        refused.set(true);
        return Future.failedFuture(new Unavailable("the cable is pulled"));
      }
      arrived.addAll(commits);
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
