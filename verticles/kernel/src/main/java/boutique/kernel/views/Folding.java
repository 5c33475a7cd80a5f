package boutique.kernel.views;

import boutique.kernel.feed.Feed;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import boutique.language.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds facts into the documents of one view, and adds what a document contributes to the sums that
 * it has a share in. Both know what has gone into them; a fact that comes again because somebody
 * died in between finds its document done, and adds to the sums what it has not added yet.
 */
final class Folding implements Feed.Listener {
  private final View view;
  private final Documents documents;
  private final Documents sums;

  Folding(View view, String collection, Views views) {
    this.view = view;
    this.documents = new Documents(collection, views, view::index);
    this.sums = new Documents(Generations.sums(collection), views, _ -> Set.of());
  }

  @Override
  public Future<Void> hear(Recorded recorded) {
    return hear(recorded, (_, _) -> false);
  }

  @Override
  public Future<Void> hear(Recorded recorded, Feed.Memory memory) {
    var event = recorded.event();
    var key = view.key(recorded, event);
    return key == null
        ? Future.succeededFuture()
        : documents
            .take(key, recorded, memory, before -> view.fold(before, recorded, event))
            .compose(after ->
                after == null ? Future.succeededFuture() : add(after, recorded, event, memory));
  }

  private Future<Void> add(
      JsonObject document, Recorded recorded, Event event, Feed.Memory memory) {
    var added = new ArrayList<Future<?>>();
    view.shares(document, recorded, event)
        .forEach((key, share) ->
            added.add(sums.take(key, recorded, memory, before -> sum(before, share))));
    return added.isEmpty() ? Future.succeededFuture() : Future.join(added).mapEmpty();
  }

  private static JsonObject sum(@Nullable JsonObject before, JsonObject share) {
    var sum = before == null ? new JsonObject() : before.copy();
    share.forEach(field ->
        sum.put(
            field.getKey(),
            field.getValue() instanceof Number more
                ? (Object) Math.addExact(sum.getLong(field.getKey(), 0L), more.longValue())
                : field.getValue()));
    return sum;
  }
}
