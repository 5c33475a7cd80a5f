package boutique.backends.embedded;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.Unavailable;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

@DisplayName("What was deleted")
@Timeout(120)
class ScrubberTest {
  private static final String VAULT = "vault";

  @TempDir Path directory;
  private RocksDatabase database;
  private RocksViews views;
  private RocksEventStore store;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    views = new RocksViews(database);
    store = new RocksEventStore(database);
  }

  @AfterEach
  void close() {
    get(database.close());
  }

  @Test
  @DisplayName("is in no file any more when it is scrubbed, neither in a journal nor in a table")
  void gone() throws IOException, RocksDBException {
    put("anna", "canary in a table");
    put("ben", "finch");
    get(views.scrub(VAULT));
    assertThat(inTables("canary in a table")).isTrue();
    put("anna/2", "canary in a journal");
    put("anna/3", "first canary");
    put("anna/3", "second canary");
    get(store.append(Facts.commit(new StreamId("users", "anna"), 1, 3)));
    get(
        views.write(
            List.of(
                new Delete(VAULT, "anna"),
                new Delete(VAULT, "anna/2"),
                new Delete(VAULT, "anna/3"))));
    assertThat(inTables("canary")).isTrue();
    assertThat(inFiles("canary in a journal")).isTrue();

    get(views.scrub(VAULT));

    assertThat(inTables("canary")).isFalse();
    assertThat(inFiles("canary")).isFalse();
    assertThat(get(views.get(VAULT, "ben"))).isEqualTo(document("finch"));
    assertThat(get(store.scan("users", null, 10))).hasSize(1);
  }

  @Test
  @DisplayName("is gone while others write, and what they write is there after a restart")
  void meanwhile() throws IOException, RocksDBException {
    put("anna", "canary");
    get(views.scrub(VAULT));
    get(views.write(List.of(new Delete(VAULT, "anna"))));

    var writes = new ArrayList<Future<Void>>();
    var scrubs = new ArrayList<Future<Void>>();
    for (var i = 0; i < 200; i++) {
      writes.add(views.write(List.of(new Put("orders", "" + i, document("bird " + i)))));
      if (i % 50 == 0) {
        scrubs.add(views.scrub(VAULT));
      }
    }
    scrubs.forEach(Facts::get);
    writes.forEach(Facts::get);

    assertThat(inTables("canary")).isFalse();
    assertThat(inFiles("canary")).isFalse();
    close();
    open();
    for (var i = 0; i < 200; i++) {
      assertThat(get(views.get("orders", "" + i))).isEqualTo(document("bird " + i));
    }
  }

  @Test
  @DisplayName("may be nothing at all, and is refused to be scrubbed once the store is closed")
  void nothing() {
    get(views.scrub(VAULT));
    get(views.scrub("never-there"));

    get(database.close());

    assertThat(failure(views.scrub(VAULT))).isInstanceOf(Unavailable.class);
  }

  @Test
  @DisplayName(
      "may be left half scrubbed by a close, which tells whoever waits and waits for nobody")
  void closing() throws IOException {
    for (var i = 0; i < 100; i++) {
      put("" + i, "bird " + i);
    }
    var scrubs = List.of(views.scrub(VAULT), views.scrub(VAULT), views.scrub(VAULT));

    get(database.close());

    assertThat(scrubs).allMatch(Future::isComplete);
    open();
    assertThat(get(views.get(VAULT, "99"))).isEqualTo(document("bird 99"));
  }

  private void put(String key, String what) {
    get(views.write(List.<Change>of(new Put(VAULT, key, document(what)))));
  }

  private static JsonObject document(String what) {
    return new JsonObject().put("what", what);
  }

  private boolean inFiles(String what) throws IOException {
    try (var files = Files.newDirectoryStream(database.files())) {
      for (var file : files) {
        if (Files.isRegularFile(file)
            && new String(Files.readAllBytes(file), UTF_8).contains(what)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Tables are compressed, so they are read by those who can. */
  private boolean inTables(String what) throws IOException, RocksDBException {
    try (var files = Files.newDirectoryStream(database.files(), "*.sst")) {
      for (var file : files) {
        if (tells(file, what)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean tells(Path table, String what) throws RocksDBException {
    try (var options = new Options();
        var reading = new ReadOptions();
        var reader = new SstFileReader(options)) {
      reader.open(table.toString());
      try (var entries = reader.newIterator(reading)) {
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
          if (new String(entries.value(), UTF_8).contains(what)) {
            return true;
          }
        }
        entries.status();
      }
    }
    return false;
  }
}
