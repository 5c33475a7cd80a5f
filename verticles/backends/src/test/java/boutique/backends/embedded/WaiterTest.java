package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.store.Facts;
import boutique.language.StreamId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who waits at the end of the log")
class WaiterTest {
  private static final StreamId CART = new StreamId("carts", "anna");
  private static final StreamId ORDER = new StreamId("orders", "order-1");

  @TempDir Path directory;
  private final AtomicInteger woken = new AtomicInteger();
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
  @DisplayName("is not woken for a room that it does not follow, but has seen what was told there")
  void passedOver() {
    var waiter = waiting(0);

    get(store.append(Facts.commit(CART, 1, 1)));
    get(store.append(Facts.commit(CART, 2, 1)));

    assertThat(waiter.woken()).isFalse();
    assertThat(waiter.seen()).isEqualTo(2);
  }

  @Test
  @DisplayName("is woken once, behind what does not concern it, when its room tells something")
  void woken() {
    var waiter = waiting(0);
    get(store.append(Facts.commit(CART, 1, 1)));

    get(store.append(Facts.commit(ORDER, 1, 1)));
    get(store.append(Facts.commit(ORDER, 2, 1)));

    assertThat(waiter.woken()).isTrue();
    assertThat(waiter.seen()).isEqualTo(1);
    assertThat(woken).hasValue(1);
  }

  @Test
  @DisplayName("is woken at once when the log has gone on while it was coming")
  void late() {
    get(store.append(Facts.commit(CART, 1, 1)));

    var waiter = waiting(0);

    assertThat(waiter.woken()).isTrue();
  }

  @Test
  @DisplayName("is woken when the log is closed")
  void closed() {
    var waiter = waiting(0);

    database.log().close();

    assertThat(waiter.woken()).isTrue();
  }

  private Waiter waiting(long seen) {
    var waiter = new Waiter(Set.of("orders"), seen, _ -> woken.incrementAndGet());
    database.log().await(waiter);
    return waiter;
  }
}
