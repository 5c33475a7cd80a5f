package boutique.backends.distributed;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Unavailable;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.EventStoreConformance;
import boutique.kernel.store.Facts;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MongoDB as an event store")
class MongoEventStoreTest extends EventStoreConformance {
  private static final StreamId ORDER = new StreamId("orders", "0198");

  private final Mongo mongo = new Mongo();
  private MongoEventStore store;

  @BeforeEach
  void open() {
    store = get(MongoEventStore.open(mongo.vertx(), mongo.client()));
  }

  @AfterEach
  void close() {
    get(store.close());
    mongo.close();
  }

  @Override
  protected EventStore store() {
    return store;
  }

  @Override
  protected void reopen() {
    get(store.close());
    mongo.reconnect();
    open();
  }

  @Test
  @DisplayName("appends that come together share round trips")
  void together() {
    var appends = new ArrayList<Future<Void>>();
    for (var commit : Facts.commits(ORDER, 1, 1_000)) {
      appends.add(store.append(commit));
    }

    appends.forEach(Facts::get);

    assertThat(store.appended()).isEqualTo(1_000);
    assertThat(store.roundTrips()).isLessThan(20);
  }

  @Test
  @DisplayName("a stream goes on behind what another node has written, however slow its own clock")
  void nodes() {
    var other = get(MongoEventStore.open(mongo.vertx(), mongo.client()));
    for (var version = 1; version <= 20; version += 2) {
      get(store.append(Facts.commit(ORDER, version, 1)));
      get(other.read(ORDER, version, 10));
      get(other.append(Facts.commit(ORDER, version + 1, 1)));
      get(store.read(ORDER, version, 10));
    }

    assertThat(get(store.pending(100))).isEqualTo(Facts.commits(ORDER, 1, 20));
    get(other.close());
  }

  @Test
  @DisplayName("a server that is away fails the append, and what waited behind it")
  void away() {
    var vertx = Vertx.vertx();
    var nowhere = MongoServer.connect(vertx, "mongodb://127.0.0.1:1", "none");

    var opening = MongoEventStore.open(vertx, nowhere);

    assertThat(failure(opening)).isInstanceOf(Unavailable.class);
    get(nowhere.close());
    get(vertx.close());
  }
}
