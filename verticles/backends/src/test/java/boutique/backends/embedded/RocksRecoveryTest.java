package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.language.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/**
 * A copy of the directory, made while the database is open, is what a crash leaves behind: nothing
 * was closed, and only what was synced can be relied on.
 */
@DisplayName("RocksDB after a crash")
@Timeout(120)
class RocksRecoveryTest {
  private static final StreamId ORDER = new StreamId("orders", "0198");
  private static final int COMMITS = 30;

  @TempDir Path home;
  private int copies;
  private RocksDatabase living;

  @BeforeEach
  void write() throws IOException {
    living = RocksDatabase.open(home.resolve("living"));
    append(living, Facts.commits(ORDER, 1, COMMITS));
  }

  @AfterEach
  void close() {
    get(living.close());
  }

  @Test
  @DisplayName("everything acknowledged is there")
  void acknowledged() throws IOException {
    var left = crash();

    assertThat(read(left)).isEqualTo(Facts.commits(ORDER, 1, COMMITS));
  }

  @Test
  @DisplayName(
      "what Kafka has acknowledged only just now is pending again, since it may be lost there")
  void unsettled() throws IOException {
    get(new RocksEventStore(living).relayed(Facts.commits(ORDER, 1, COMMITS)));
    assertThat(get(new RocksEventStore(living).pending(COMMITS))).isEmpty();

    var survivor = RocksDatabase.open(crash());

    assertThat(get(new RocksEventStore(survivor).pending(COMMITS)))
        .isEqualTo(Facts.commits(ORDER, 1, COMMITS));
    get(survivor.close());
  }

  @Test
  @DisplayName("a journal that ends within a write loses that write and nothing before it")
  void torn() throws IOException {
    var length = bytes(journals(crash()).getLast()).length;
    for (var cut : List.of(1, 6, 7, 8, 50, 100, 200)) {
      var left = crash();
      change(journals(left).getLast(), bytes -> Arrays.copyOf(bytes, length - cut));

      assertThat(read(left)).isEqualTo(Facts.commits(ORDER, 1, COMMITS - 1));
    }
  }

  @Test
  @DisplayName("room that the journal has taken and not filled is no damage")
  void filledUp() throws IOException {
    var left = crash();
    change(journals(left).getLast(), bytes -> Arrays.copyOf(bytes, bytes.length + 5_000));

    assertThat(read(left)).isEqualTo(Facts.commits(ORDER, 1, COMMITS));
  }

  @Test
  @DisplayName("after a torn write the log goes on without a gap, crash after crash")
  void goesOn() throws IOException {
    var left = crash();
    for (var round = 0; round < 3; round++) {
      change(journals(left).getLast(), bytes -> Arrays.copyOf(bytes, bytes.length - 1));
      var survivor = RocksDatabase.open(left);
      var kept = get(new RocksEventStore(survivor).read(ORDER, 1, 1_000));
      append(survivor, Facts.commits(ORDER, kept.size() + 1L, 10));
      assertThat(get(new RocksEventStore(survivor).pending(1_000)))
          .isEqualTo(Facts.commits(ORDER, 1, kept.size() + 10));
      left = copy(left);
      get(survivor.close());
    }
    assertThat(read(left)).isEqualTo(Facts.commits(ORDER, 1, COMMITS + 27));
  }

  @Test
  @DisplayName("one wrong bit in the journal keeps the database closed")
  void wrongBit() throws IOException {
    var length = bytes(journals(crash()).getLast()).length;
    for (var at : List.of(8, 100, length / 2, length - 250, length - 1)) {
      var left = crash();
      change(
          journals(left).getLast(),
          bytes -> {
            bytes[at] ^= 1;
            return bytes;
          });

      assertRefused(left);
    }
  }

  @Test
  @DisplayName("a journal that has lost its end although another follows keeps the database closed")
  void shortJournal() throws IOException, RocksDBException {
    beginAnotherJournal();
    var left = crash();
    change(journals(left).getFirst(), bytes -> Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused(left);
  }

  @Test
  @DisplayName("a journal that is not there keeps the database closed")
  void lostJournal() throws IOException, RocksDBException {
    beginAnotherJournal();
    var left = crash();
    Files.delete(journals(left).getFirst());

    assertRefused(left);
  }

  @Test
  @DisplayName("a damaged manifest keeps the database closed")
  void damagedManifest() throws IOException {
    var left = crash();
    change(
        files(left, "MANIFEST-\\d+").getLast(),
        bytes -> {
          bytes[bytes.length / 2] ^= 1;
          return bytes;
        });

    assertRefused(left);
  }

  private static void assertRefused(Path left) {
    assertThatThrownBy(() -> RocksDatabase.open(left))
        .isInstanceOf(DataUnusable.class)
        .hasMessageContaining(left.toString())
        .hasMessageContaining("is damaged and stays closed");
  }

  /** The log is flushed and needs the journal no more, the commits still do. */
  private void beginAnotherJournal() throws RocksDBException {
    try (var flush = new FlushOptions()) {
      living.rocks().flush(flush, living.handle(Column.LOG));
    }
    append(living, Facts.commits(ORDER, COMMITS + 1L, COMMITS));
  }

  private static void append(RocksDatabase database, List<Commit> commits) {
    var store = new RocksEventStore(database);
    for (var commit : commits) {
      get(store.append(commit));
    }
  }

  private static List<Commit> read(Path directory) throws IOException {
    var database = RocksDatabase.open(directory);
    try {
      return get(new RocksEventStore(database).read(ORDER, 1, 1_000));
    } finally {
      get(database.close());
    }
  }

  private Path crash() throws IOException {
    return copy(living.directory());
  }

  private Path copy(Path directory) throws IOException {
    var left = home.resolve("left-" + copies++);
    try (var files = Files.walk(directory)) {
      for (var file : files.toList()) {
        Files.copy(file, left.resolve(directory.relativize(file)));
      }
    }
    return left;
  }

  private static List<Path> journals(Path directory) throws IOException {
    return files(directory, "\\d+\\.log");
  }

  private static List<Path> files(Path directory, String name) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private static void change(Path file, UnaryOperator<byte[]> change) throws IOException {
    Files.write(file, change.apply(bytes(file)));
  }
}
