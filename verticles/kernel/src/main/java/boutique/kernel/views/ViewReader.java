package boutique.kernel.views;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the documents of a view's live generation. */
public record ViewReader(Views views, String view) {
  public Future<@Nullable JsonObject> get(String key) {
    return live().compose(collection -> views.get(collection, key)).map(ViewReader::plain);
  }

  public Future<List<Entry>> scan(Page page) {
    return live().compose(collection -> views.scan(collection, page)).map(ViewReader::plain);
  }

  /**
   * The documents that are found under these further keys, each with that key. One that has moved
   * on meanwhile may be among them as it is now.
   */
  public Future<List<Entry>> find(Page page) {
    return live()
        .compose(collection ->
            views
                .scan(Generations.index(collection), page)
                .compose(
                    found -> Future.all(found.stream().map(one -> at(collection, one)).toList()))
                .map(read ->
                    read.<Optional<Entry>>list().stream().flatMap(Optional::stream).toList()));
  }

  /** Under which further keys something is to be found, without what it is. */
  public Future<List<String>> keys(Page page) {
    return live()
        .compose(collection -> views.scan(Generations.index(collection), page))
        .map(found -> found.stream().map(Entry::key).toList());
  }

  /** The sums that the documents have a share in. */
  public Future<List<Entry>> sums(Page page) {
    return live()
        .compose(collection -> views.scan(Generations.sums(collection), page))
        .map(ViewReader::plain);
  }

  private Future<Optional<Entry>> at(String collection, Entry found) {
    return views
        .get(collection, found.document().getString(Documents.AT))
        .map(document ->
            document == null
                ? Optional.empty()
                : Optional.of(new Entry(found.key(), withoutMarks(document))));
  }

  private Future<String> live() {
    return Generations.read(views, view)
        .map(generations -> Generations.collection(view, generations.live()));
  }

  private static List<Entry> plain(List<Entry> entries) {
    return entries.stream()
        .map(entry -> new Entry(entry.key(), withoutMarks(entry.document())))
        .toList();
  }

  private static @Nullable JsonObject plain(@Nullable JsonObject document) {
    return document == null ? null : withoutMarks(document);
  }

  private static JsonObject withoutMarks(JsonObject document) {
    document.remove(Documents.SEEN);
    return document;
  }
}
