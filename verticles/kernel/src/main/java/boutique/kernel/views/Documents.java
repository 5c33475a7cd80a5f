package boutique.kernel.views;

import boutique.kernel.feed.Feed;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A collection of documents into which facts go, each once. While a document is being written,
 * further facts for it wait; then all of them go in one after the other and are written at once: so
 * a document into which many streams flow gets cheaper per fact.
 *
 * <p>A document knows the version of each stream that has gone into it, so a fact that comes again
 * changes nothing. It forgets that of a stream whose facts cannot come again, because the feed has
 * saved that they were heard: so the document of a whole day does not grow with its orders.
 */
final class Documents {
  static final String SEEN = "_seen";
  static final String AT = "at";
  private static final int MOST_AT_ONCE = 512;

  private final String collection;
  private final Views views;
  private final Function<JsonObject, Set<String>> index;
  private final Map<String, Deque<Waiting>> waiting = new HashMap<>();

  /**
   * Documents of a collection.
   *
   * @param index under which further keys a document is to be found
   */
  Documents(String collection, Views views, Function<JsonObject, Set<String>> index) {
    this.collection = collection;
    this.views = views;
    this.index = index;
  }

  private record Waiting(
      Recorded recorded,
      Feed.Memory memory,
      UnaryOperator<@Nullable JsonObject> step,
      Promise<@Nullable JsonObject> done) {}

  /** The document with the fact in it; null when there is none any more. */
  Future<@Nullable JsonObject> take(
      String key, Recorded recorded, Feed.Memory memory, UnaryOperator<@Nullable JsonObject> step) {
    var one = new Waiting(recorded, memory, step, Promise.promise());
    var queue = waiting.get(key);
    if (queue == null) {
      queue = new ArrayDeque<>();
      waiting.put(key, queue);
      queue.add(one);
      work(key, queue);
    } else {
      queue.add(one);
    }
    return one.done().future();
  }

  private void work(String key, Deque<Waiting> queue) {
    var turn = new ArrayList<Waiting>();
    while (!queue.isEmpty() && turn.size() < MOST_AT_ONCE) {
      turn.add(queue.remove());
    }
    var results = new HashMap<Waiting, @Nullable JsonObject>();
    views
        .get(collection, key)
        .compose(before -> goIn(key, before, turn, results))
        .onComplete(written -> {
          if (queue.isEmpty()) {
            waiting.remove(key);
          } else {
            work(key, queue);
          }
          for (var one : turn) {
            if (written.succeeded()) {
              one.done().tryComplete(results.get(one));
            } else {
              one.done().tryFail(written.cause());
            }
          }
        });
  }

  private Future<Void> goIn(
      String key,
      @Nullable JsonObject before,
      List<Waiting> turn,
      Map<Waiting, @Nullable JsonObject> results) {
    var seen = seen(before);
    var old = before == null ? Set.<String>of() : index.apply(before);
    var after = before;
    var changed = false;
    for (var one : turn) {
      var stream = one.recorded().stream().toString();
      if (seen.getLong(stream, 0L) < one.recorded().version()) {
        try {
          after = one.step().apply(after);
        } catch (RuntimeException broken) {
          one.done().fail(broken); // alone: the others of its turn go on
          continue;
        }
        seen.put(stream, one.recorded().version());
        forget(seen, stream, one.memory());
        changed = true;
      }
      results.put(one, after);
    }
    return changed ? write(key, old, after, seen) : Future.succeededFuture();
  }

  /** What is found under other keys first, the document last: if that is there, so is the rest. */
  private Future<Void> write(
      String key, Set<String> old, @Nullable JsonObject after, JsonObject seen) {
    var changes = new ArrayList<Change>();
    var others = Generations.index(collection);
    var now = after == null ? Set.<String>of() : index.apply(after);
    now.stream()
        .filter(other -> !old.contains(other))
        .forEach(
            other -> changes.add(new Change.Put(others, other, new JsonObject().put(AT, key))));
    old.stream()
        .filter(other -> !now.contains(other))
        .forEach(other -> changes.add(new Change.Delete(others, other)));
    changes.add(
        after == null
            ? new Change.Delete(collection, key)
            : new Change.Put(collection, key, after.put(SEEN, seen)));
    return views.note(changes);
  }

  private static void forget(JsonObject seen, String but, Feed.Memory memory) {
    if (seen.size() > 1) {
      seen.getMap()
          .entrySet()
          .removeIf(one ->
              !one.getKey().equals(but)
                  && memory.keeps(
                      StreamId.parse(one.getKey()), ((Number) one.getValue()).longValue()));
    }
  }

  private static JsonObject seen(@Nullable JsonObject document) {
    return document == null
        ? new JsonObject()
        : document.getJsonObject(SEEN, new JsonObject()).copy();
  }
}
