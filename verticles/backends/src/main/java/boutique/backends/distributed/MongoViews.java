package boutique.backends.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.store.Views;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of many nodes: a collection for each, the key as primary key, which MongoDB
 * compares by its UTF-8 bytes unless told of a collation. Each change happens whole or not at all;
 * several of one write may be seen one after the other.
 *
 * <p>A document is kept as its text: nobody but its owner looks into it, and names with dots or
 * dollars and large numbers stay what they are.
 */
public final class MongoViews implements Views {
  private static final String ID = "_id";
  private static final String JSON = "json";
  private static final int LAST_BEFORE_SURROGATES = 0xD7FF;
  private static final int FIRST_BEHIND_SURROGATES = 0xE000;

  private final MongoClient mongo;

  /** The client stays the caller's. */
  public MongoViews(MongoClient mongo) {
    this.mongo = mongo;
  }

  @Override
  public Future<@Nullable JsonObject> get(String collection, String key) {
    return MongoServer.asked(mongo.findOne(name(collection), new JsonObject().put(ID, key), null))
        .map(found -> found == null ? null : document(found));
  }

  @Override
  public Future<Void> write(List<Change> changes) {
    var written = Future.<Void>succeededFuture();
    var from = 0;
    while (from < changes.size()) {
      var collection = changes.get(from).collection();
      var to = from;
      while (to < changes.size() && changes.get(to).collection().equals(collection)) {
        to++;
      }
      var run = changes.subList(from, to);
      written = written.compose(_ -> writeTo(name(collection), run));
      from = to;
    }
    return written;
  }

  @Override
  public Future<@Nullable JsonObject> claim(Change.Put first) {
    var document = new JsonObject().put(ID, first.key()).put(JSON, first.document().encode());
    return mongo
        .insert(name(first.collection()), document)
        .<@Nullable JsonObject>map(_ -> null)
        .recover(failure ->
            isTaken(failure)
                ? there(first)
                : Future.failedFuture(MongoServer.unavailable(failure)));
  }

  /** Who was in the way may be gone already. */
  private Future<@Nullable JsonObject> there(Change.Put first) {
    return get(first.collection(), first.key())
        .compose(found -> found == null ? claim(first) : Future.succeededFuture(found));
  }

  private static boolean isTaken(Throwable failure) {
    return failure instanceof MongoWriteException refused
        && refused.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
  }

  @Override
  public Future<List<Entry>> scan(String collection, Page page) {
    if (page.limit() <= 0) {
      return Future.succeededFuture(List.of()); // to MongoDB, zero is no limit
    }
    var query = new JsonObject().put(ID, range(page));
    return MongoServer.asked(
            mongo.findWithOptions(
                name(collection), query, MongoServer.page(ID, page.backwards(), page.limit())))
        .map(documents -> {
          var entries = new ArrayList<Entry>(documents.size());
          for (var each : documents) {
            entries.add(new Entry(each.getString(ID), document(each)));
          }
          return entries;
        });
  }

  @Override
  public Future<Void> drop(String collection) {
    return MongoServer.asked(mongo.dropCollection(name(collection)));
  }

  private Future<Void> writeTo(String collection, List<Change> changes) {
    var operations = new ArrayList<BulkOperation>(changes.size());
    for (var change : changes) {
      var id = new JsonObject().put(ID, change.key());
      operations.add(
          switch (change) {
            case Change.Put(_, var key, var document) ->
                BulkOperation.createReplace(
                    id, new JsonObject().put(ID, key).put(JSON, document.encode()), true);
            case Change.Delete _ -> BulkOperation.createDelete(id);
          });
    }
    return MongoServer.asked(
            mongo.bulkWriteWithOptions(collection, operations, new BulkWriteOptions(true)))
        .mapEmpty();
  }

  /** {@code $gt} and {@code $gte} may stand beside one another: both hold. */
  private static JsonObject range(Page page) {
    var range = new JsonObject().put("$gte", page.prefix());
    var above = above(page.prefix());
    if (above != null) {
      range.put("$lt", above);
    }
    var after = page.after();
    if (after != null && !page.backwards()) {
      range.put("$gt", after);
    } else if (after != null && (above == null || compare(after, above) < 0)) {
      range.put("$lt", after);
    }
    return range;
  }

  private static int compare(String one, String other) {
    return Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  /** The lowest key above all that begin with this prefix; null when there is none. */
  static @Nullable String above(String prefix) {
    var end = prefix.length();
    while (end > 0) {
      var last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        var next = last == LAST_BEFORE_SURROGATES ? FIRST_BEHIND_SURROGATES : last + 1;
        return prefix.substring(0, end) + Character.toString(next);
      }
    }
    return null;
  }

  private static String name(String collection) {
    return "view." + collection;
  }

  private static JsonObject document(JsonObject found) {
    return new JsonObject(found.getString(JSON));
  }
}
