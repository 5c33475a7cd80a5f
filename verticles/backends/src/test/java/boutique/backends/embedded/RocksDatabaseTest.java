package boutique.backends.embedded;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import boutique.kernel.Unavailable;
import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Views.Change.Put;
import boutique.language.StreamId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A RocksDB database")
@Timeout(120)
class RocksDatabaseTest {
  private static final StreamId ORDER = new StreamId("orders", "0198");

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
  @DisplayName("is in directories that nobody but their owner may look into, if it has made them")
  void ownersOnly() throws IOException {
    var made = directory.resolve("shop/data");
    assumeThat(Files.getFileStore(directory).supportsFileAttributeView("posix")).isTrue();

    get(RocksDatabase.open(made).close());

    for (var each : List.of(made, made.getParent())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  @DisplayName(
      "finds at once what is in memory, sends for what is on the disk, and nothing once closed")
  void finds() throws IOException {
    var document = new JsonObject().put("a", 1);
    get(new RocksViews(database).write(List.of(new Put("seen", "a", document))));
    var inMemory = new RocksViews(database).get("seen", "a");
    assertThat(inMemory.isComplete()).as("at once").isTrue();
    assertThat(get(inMemory)).isEqualTo(document);
    assertThat(new RocksViews(database).get("seen", "b").isComplete()).isTrue();

    get(database.close());
    assertThat(failure(new RocksViews(database).get("seen", "a"))).isInstanceOf(Unavailable.class);
    assertThat(failure(store.read(ORDER, 1, 10))).isInstanceOf(Unavailable.class);

    open();
    assertThat(get(new RocksViews(database).get("seen", "a"))).isEqualTo(document);
  }

  @Test
  @DisplayName("counts what it waits for the disk for, and not what is only noted")
  void flushes() {
    var views = new RocksViews(database);
    var before = database.flushed();

    get(views.note(List.of(new Put("seen", "a", new JsonObject()))));
    var noted = database.flushed();
    get(views.write(List.of(new Put("seen", "b", new JsonObject()))));
    get(store.append(Facts.commit(ORDER, 1, 3)));

    assertThat(noted).isEqualTo(before);
    assertThat(database.flushed().flushes()).isEqualTo(before.flushes() + 2);
    assertThat(database.flushed().nanos()).isGreaterThan(before.nanos());
    assertThat(database.flushed().events()).isEqualTo(before.events() + 3);
  }

  @Test
  @DisplayName("a directory has one user within a process, and is free again after the close")
  void oneUserInside() throws IOException {
    assertThatThrownBy(() -> RocksDatabase.open(directory))
        .isInstanceOf(DataUnusable.class)
        .hasMessage(directory + " is used by this process already");

    close();
    open();

    get(store.append(Facts.commit(ORDER, 1, 1)));
  }

  @Test
  @DisplayName("a place where no directory can be is refused in one sentence")
  void noDirectory() throws IOException {
    var file = Files.createFile(directory.resolve("a-file"));

    assertThatThrownBy(() -> RocksDatabase.open(file.resolve("data")))
        .isInstanceOf(DataUnusable.class)
        .hasMessage(file.resolve("data") + " cannot be made a directory for data");
  }

  @Test
  @DisplayName("answers come home to the context that has asked")
  void home() {
    var vertx = Vertx.vertx();
    var contexts = List.of(vertx.getOrCreateContext(), vertx.getOrCreateContext());
    var answered = new ArrayList<Future<@Nullable Context>>();
    for (var version = 1; version <= 20; version++) {
      var context = contexts.get(version % 2);
      var commit = Facts.commit(new StreamId("orders", "order-" + version), 1, 1);
      var at = Promise.<@Nullable Context>promise();
      context.runOnContext(
          _ -> store.append(commit).onComplete(_ -> at.complete(Vertx.currentContext())));
      answered.add(at.future());
    }

    for (var i = 0; i < answered.size(); i++) {
      assertThat(get(answered.get(i))).isSameAs(contexts.get((i + 1) % 2));
    }
    get(vertx.close());
  }

  @Test
  @DisplayName("more than can wait is refused at once, and what was accepted is written")
  void overload() {
    var blocked = new CountDownLatch(1);
    var blocker = database.write(0, _ -> awaitQuietly(blocked));
    var accepted = new ArrayList<Future<Void>>();
    Future<Void> last;
    do {
      last = store.append(Facts.commit(ORDER, accepted.size() + 1L, 1));
      accepted.add(last);
    } while (!last.failed());
    accepted.removeLast();

    assertThat(last.cause()).isInstanceOf(Unavailable.class);
    assertThat(accepted).hasSizeGreaterThan(1_000);
    blocked.countDown();
    get(blocker);
    accepted.forEach(Facts::get);
  }

  @Test
  @DisplayName("a write that fails by itself fails alone")
  void aloneInFailure() {
    var blocked = new CountDownLatch(1);
    var blocker = database.write(0, _ -> awaitQuietly(blocked));
    var bad =
        database.write(
            0,
            _ -> {
              throw new IllegalStateException("not mine");
            });
    var good = store.append(Facts.commit(ORDER, 1, 1));

    blocked.countDown();

    get(blocker);
    assertThat(failure(bad)).isInstanceOf(Unavailable.class);
    get(good);
  }

  @Test
  @DisplayName("a close in the middle of much reading answers everybody")
  void closeWhileReading() {
    for (var commit : Facts.commits(ORDER, 1, 200)) {
      get(store.append(commit));
    }
    var reads = new ArrayList<Future<?>>();
    for (var i = 0; i < 2_000; i++) {
      reads.add(store.read(ORDER, 1, 200));
      if (i == 1_000) {
        reads.add(database.close());
      }
    }

    for (var read : reads) {
      get(read.otherwiseEmpty());
    }
    failure(store.read(ORDER, 1, 1));
  }

  @Test
  @DisplayName("what is long past is read from the disk, and what follows it from memory")
  void longPast() {
    var appends = new ArrayList<Future<Void>>();
    for (var commit : Facts.commits(ORDER, 1, 6_000)) {
      appends.add(store.append(commit));
    }
    appends.forEach(Facts::get);
    var following = get(new RocksFactLog(database).follow("late", Set.of("orders")));

    var read = new ArrayList<Fact>();
    while (read.size() < 6_000) {
      read.addAll(get(following.next(999)));
    }

    assertThat(read)
        .extracting(Fact::recorded)
        .isEqualTo(
            Facts.commits(ORDER, 1, 6_000).stream()
                .flatMap(commit -> commit.events().stream())
                .toList());
    assertThat(get(store.pending(10_000))).hasSize(6_000);
  }

  @Test
  @DisplayName(
      "a group that asks for another room later sees that room from its beginning, and goes on in the others")
  void anotherRoom() {
    var product = new StreamId("catalog", "a");
    get(store.append(Facts.commit(product, 1, 1)));
    get(store.append(Facts.commit(ORDER, 1, 1)));
    var log = new RocksFactLog(database);
    var before = get(log.follow("group", Set.of("orders")));
    var first = get(before.next(10));
    get(before.done(Map.of(0, first.getLast().position() + 1)));
    get(store.append(Facts.commit(ORDER, 2, 1)));

    var wider = get(log.follow("group", Set.of("orders", "catalog")));
    var read = get(wider.next(10));
    get(wider.done(Map.of(0, read.getFirst().position() + 1)));
    var again = get(get(log.follow("group", Set.of("orders", "catalog"))).next(10));
    var same = get(get(log.follow("group", Set.of("orders"))).next(10));

    assertThat(read).extracting(fact -> fact.recorded().stream()).containsExactly(product, ORDER);
    assertThat(again).extracting(fact -> fact.recorded().version()).containsExactly(2L);
    assertThat(same).extracting(fact -> fact.recorded().version()).containsExactly(2L);
  }

  @Test
  @DisplayName("a group reads on for a room from where it was before it did without it")
  void roomWithoutForAWhile() {
    get(store.append(Facts.commit(ORDER, 1, 1)));
    var log = new RocksFactLog(database);
    var both = get(log.follow("group", Set.of("orders", "catalog")));
    get(both.done(Map.of(0, get(both.next(10)).getLast().position() + 1)));
    get(store.append(Facts.commit(ORDER, 2, 1)));
    get(store.append(Facts.commit(new StreamId("catalog", "a"), 1, 1)));
    var one = get(log.follow("group", Set.of("catalog")));
    get(one.done(Map.of(0, get(one.next(10)).getLast().position() + 1)));

    var read = get(get(log.follow("group", Set.of("orders", "catalog"))).next(10));

    assertThat(read).extracting(fact -> fact.recorded().version()).containsExactly(2L);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
