package boutique.kernel.views;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the documents of a view's live generation. */
public record ViewReader(Views views, String view) {
  public Future<@Nullable JsonObject> get(String key) {
    return live().compose(collection -> views.get(collection, key)).map(ViewReader::plain);
  }

  public Future<List<Entry>> scan(Page page) {
    return live()
        .compose(collection -> views.scan(collection, page))
        .map(entries ->
            entries.stream()
                .map(entry -> new Entry(entry.key(), withoutMarks(entry.document())))
                .toList());
  }

  private Future<String> live() {
    return Generations.read(views, view)
        .map(generations -> Generations.collection(view, generations.live()));
  }

  private static @Nullable JsonObject plain(@Nullable JsonObject document) {
    return document == null ? null : withoutMarks(document);
  }

  private static JsonObject withoutMarks(JsonObject document) {
    document.remove(Folding.SEEN);
    return document;
  }
}
