package boutique.backends.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/** The documents of a single node. All changes of one write happen or none. */
public final class RocksViews implements Views {
  private final RocksDatabase database;

  public RocksViews(RocksDatabase database) {
    this.database = database;
  }

  @Override
  public Future<@Nullable JsonObject> get(String collection, String key) {
    var place = place(collection, key);
    return database.<@Nullable JsonObject>find(reach -> {
      var bytes = database.get(Column.VIEWS, place, reach);
      return bytes == null ? null : DocumentFormat.document(bytes);
    });
  }

  @Override
  public Future<Void> write(List<Change> changes) {
    return write(changes, true);
  }

  @Override
  public Future<Void> note(List<Change> changes) {
    return write(changes, false);
  }

  private Future<Void> write(List<Change> changes, boolean synced) {
    if (changes.isEmpty()) {
      return Future.succeededFuture();
    }
    var writes = new ArrayList<Write>(changes.size());
    var weight = 0;
    for (var change : changes) {
      var place = place(change.collection(), change.key());
      weight += place.length;
      switch (change) {
        case Change.Put(_, _, var document) -> {
          var bytes = DocumentFormat.bytes(document);
          weight += bytes.length;
          writes.add(batch -> batch.put(Column.VIEWS, place, bytes, synced));
        }
        case Change.Delete _ -> writes.add(batch -> batch.delete(Column.VIEWS, place, synced));
      }
    }
    Write all =
        batch -> {
          for (var write : writes) {
            write.into(batch);
          }
        };
    return synced ? database.write(weight, all) : database.note(weight, all);
  }

  /** The one writer asks and writes in one step. */
  @Override
  public Future<@Nullable JsonObject> claim(Change.Put first) {
    var place = place(first.collection(), first.key());
    var bytes = DocumentFormat.bytes(first.document());
    var there = new AtomicReference<byte @Nullable []>();
    return database
        .write(
            place.length + bytes.length,
            batch -> there.set(batch.putIfAbsent(Column.VIEWS, place, bytes)))
        .map(_ -> {
          var found = there.get();
          return found == null ? null : DocumentFormat.document(found);
        });
  }

  @Override
  public Future<List<Entry>> scan(String collection, Page page) {
    var start = place(collection, "").length;
    var prefix = place(collection, page.prefix());
    var after = page.after() == null ? null : place(collection, page.after());
    return database.read(() -> {
      var entries = new ArrayList<Entry>();
      try (var all = database.entries(Column.VIEWS, false)) {
        begin(all, prefix, after, page.backwards());
        while (entries.size() < page.limit()
            && all.isValid()
            && Keys.startsWith(all.key(), prefix)) {
          var key = all.key();
          entries.add(
              new Entry(
                  new String(key, start, key.length - start, UTF_8),
                  DocumentFormat.document(all.value())));
          step(all, page.backwards());
        }
        all.status();
      }
      return entries;
    });
  }

  @Override
  public Future<Void> drop(String collection) {
    var all = place(collection, "");
    return database.write(
        all.length, batch -> batch.deleteRange(Column.VIEWS, all, Keys.above(all)));
  }

  @Override
  public Future<Void> scrub(String collection) {
    var all = place(collection, "");
    return database.scrub(Column.VIEWS, all, Keys.above(all));
  }

  private static void begin(
      RocksIterator all, byte[] prefix, byte @Nullable [] after, boolean backwards) {
    if (backwards) {
      var above = Keys.above(prefix);
      var bound = after != null && Arrays.compareUnsigned(after, above) < 0 ? after : above;
      all.seekForPrev(bound);
      stepOff(all, bound, true);
    } else if (after != null && Arrays.compareUnsigned(after, prefix) >= 0) {
      all.seek(after);
      stepOff(all, after, false);
    } else {
      all.seek(prefix);
    }
  }

  private static void stepOff(RocksIterator all, byte[] key, boolean backwards) {
    if (all.isValid() && Arrays.equals(all.key(), key)) {
      step(all, backwards);
    }
  }

  private static void step(RocksIterator all, boolean backwards) {
    if (backwards) {
      all.prev();
    } else {
      all.next();
    }
  }

  private static byte[] place(String collection, String key) {
    if (collection.isEmpty() || collection.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a name for a collection: '" + collection + "'");
    }
    return (collection + '\0' + key).getBytes(UTF_8);
  }
}
