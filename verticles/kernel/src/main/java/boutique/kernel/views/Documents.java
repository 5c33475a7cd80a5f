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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
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

  /** Facts of one stream, in order, that go in together or not at all. */
  private static final class Waiting {
    private final List<Recorded> run;
    private final Feed.Memory memory;
    private final BiFunction<@Nullable JsonObject, Recorded, @Nullable JsonObject> step;
    private final List<@Nullable JsonObject> results = new ArrayList<>();
    private final Promise<List<@Nullable JsonObject>> done = Promise.promise();

    private Waiting(
        List<Recorded> run,
        Feed.Memory memory,
        BiFunction<@Nullable JsonObject, Recorded, @Nullable JsonObject> step) {
      this.run = run;
      this.memory = memory;
      this.step = step;
    }
  }

  /**
   * The document as each of these facts has left it; null when there is none any more.
   *
   * @param run facts of one stream, in order
   */
  Future<List<@Nullable JsonObject>> take(
      String key,
      List<Recorded> run,
      Feed.Memory memory,
      BiFunction<@Nullable JsonObject, Recorded, @Nullable JsonObject> step) {
    var one = new Waiting(run, memory, step);
    var queue = waiting.get(key);
    if (queue == null) {
      queue = new ArrayDeque<>();
      waiting.put(key, queue);
      queue.add(one);
      work(key, queue);
    } else {
      queue.add(one);
    }
    return one.done.future();
  }

  private void work(String key, Deque<Waiting> queue) {
    var turn = new ArrayList<Waiting>();
    while (!queue.isEmpty() && turn.size() < MOST_AT_ONCE) {
      turn.add(queue.remove());
    }
    views
        .get(collection, key)
        .compose(before -> goIn(key, before, turn))
        .onComplete(written -> {
          if (queue.isEmpty()) {
            waiting.remove(key);
          } else {
            work(key, queue);
          }
          for (var one : turn) {
            if (written.succeeded()) {
              one.done.tryComplete(one.results);
            } else {
              one.done.tryFail(written.cause());
            }
          }
        });
  }

  private Future<Void> goIn(String key, @Nullable JsonObject before, List<Waiting> turn) {
    var seen = seen(before);
    var old = before == null ? Set.<String>of() : index.apply(before);
    var after = before;
    var changed = new HashSet<String>();
    for (var one : turn) {
      try {
        after = goIn(after, one, seen, changed);
      } catch (RuntimeException broken) {
        one.done.fail(broken); // alone: the others of its turn go on
      }
    }
    if (changed.isEmpty()) {
      return Future.succeededFuture();
    }
    if (before == null && after == null) {
      return Future.succeededFuture(); // begun and ended meanwhile
    }
    forget(seen, changed, turn.getLast().memory);
    return write(key, old, after, seen);
  }

  private static @Nullable JsonObject goIn(
      @Nullable JsonObject before, Waiting one, JsonObject seen, Set<String> changed) {
    var stream = one.run.getFirst().stream().toString();
    var known = seen.getLong(stream, 0L);
    var after = before;
    for (var recorded : one.run) {
      if (recorded.version() > known) {
        after = one.step.apply(after, recorded);
      }
      one.results.add(after);
    }
    var last = one.run.getLast().version();
    if (last > known) {
      seen.put(stream, last);
      changed.add(stream);
    }
    return after;
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

  private static void forget(JsonObject seen, Set<String> but, Feed.Memory memory) {
    if (seen.size() > but.size()) {
      seen.getMap()
          .entrySet()
          .removeIf(one ->
              !but.contains(one.getKey())
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
