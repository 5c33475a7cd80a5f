package boutique.kernel.views;

import boutique.kernel.feed.Feed;
import boutique.kernel.feed.Parking;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Which generation of a view is read, and the newest that was ever begun. A number is used once:
 * what a rebuild left when it died is never taken for a beginning. The generation before the live
 * one is kept until the next rebuild, for those who are reading it at the switch.
 */
record Generations(long before, long live, long newest) {
  private static final String COLLECTION = "generations";
  private static final Generations FIRST = new Generations(0, 1, 1);

  static Future<Generations> read(Views views, String view) {
    return views
        .get(COLLECTION, view)
        .map(document ->
            document == null
                ? FIRST
                : new Generations(
                    document.getLong("before"),
                    document.getLong("live"),
                    document.getLong("newest")));
  }

  static String collection(String view, long generation) {
    return view + "." + generation;
  }

  /** Where is kept under which further keys the documents of a collection are to be found. */
  static String index(String collection) {
    return collection + ".index";
  }

  /** Where the sums are that the documents of a collection have a share in. */
  static String sums(String collection) {
    return collection + ".sums";
  }

  Generations building() {
    return new Generations(before, live, newest + 1);
  }

  Generations switched() {
    return new Generations(live, newest, newest);
  }

  Future<Void> write(Views views, String view) {
    var document = new JsonObject().put("before", before).put("live", live).put("newest", newest);
    return views.write(List.of(new Change.Put(COLLECTION, view, document)));
  }

  /** Of a generation that is not followed, nothing waits for anybody. */
  Future<Void> forgetParked(Parking parking, String view) {
    var forgotten = Future.<Void>succeededFuture();
    for (var generation = before; generation <= newest; generation++) {
      var other = collection(view, generation);
      if (generation != live) {
        forgotten = forgotten.compose(_ -> parking.forget(other));
      }
    }
    return forgotten;
  }

  /** Drops the generation that nobody reads any more, and what a dead rebuild has left. */
  Future<Void> dropRetired(Views views, String view) {
    var dropped = Future.<Void>succeededFuture();
    for (var generation = before; generation <= newest; generation++) {
      var retired = collection(view, generation);
      if (generation != live) {
        dropped =
            dropped
                .compose(_ -> views.drop(retired))
                .compose(_ -> views.drop(index(retired)))
                .compose(_ -> views.drop(sums(retired)))
                .compose(_ -> Feed.forget(views, retired));
      }
    }
    return dropped;
  }
}
