package boutique.kernel.views;

import boutique.kernel.feed.Feed;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.language.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds facts into the documents of one view. A document knows the version of each stream that has
 * gone into it, so a fact that comes again changes nothing; and the facts of one document are
 * folded one after the other, even when they come from several streams.
 */
final class Folding implements Feed.Listener {
  static final String SEEN = "_seen";

  private final View view;
  private final String collection;
  private final Views views;
  private final Map<String, Future<Void>> tails = new HashMap<>();

  Folding(View view, String collection, Views views) {
    this.view = view;
    this.collection = collection;
    this.views = views;
  }

  @Override
  public Future<Void> hear(Recorded recorded) {
    var event = recorded.event();
    var key = view.key(recorded, event);
    return key == null ? Future.succeededFuture() : behind(key, recorded, event);
  }

  private Future<Void> behind(String key, Recorded recorded, Event event) {
    var tail = tails.getOrDefault(key, Future.succeededFuture());
    var mine = tail.otherwiseEmpty().compose(_ -> fold(key, recorded, event));
    tails.put(key, mine);
    return mine.onComplete(_ -> tails.remove(key, mine));
  }

  private Future<Void> fold(String key, Recorded recorded, Event event) {
    return views
        .get(collection, key)
        .compose(before -> {
          var seen = seen(before);
          var stream = recorded.stream().toString();
          if (seen.getLong(stream, 0L) >= recorded.version()) {
            return Future.succeededFuture();
          }
          var after = view.fold(before, recorded, event);
          return views.write(
              List.of(
                  after == null
                      ? new Change.Delete(collection, key)
                      : new Change.Put(
                          collection,
                          key,
                          after.put(SEEN, seen.copy().put(stream, recorded.version())))));
        });
  }

  private static JsonObject seen(@Nullable JsonObject document) {
    return document == null ? new JsonObject() : document.getJsonObject(SEEN, new JsonObject());
  }
}
