package boutique.kernel.feed;

import boutique.kernel.store.Commit;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where facts are that feeds have put aside, each under its feed, its stream and its version until
 * it has been heard. It is in the store, so every node sees what waits on any.
 */
public final class Parking {
  /** How many facts are counted behind the first of a stream: so many are many. */
  public static final int MANY_BEHIND = 100;

  private static final String COLLECTION = "parked";
  private static final String VERSIONS = "@";

  /** Sorts behind every version of a stream, and before every other stream. */
  private static final String LAST = VERSIONS + "~";

  private static final int PAGE = 500;
  private static final int MOST_PAGES = 20;

  private final Views views;

  public Parking(Views views) {
    this.views = views;
  }

  /**
   * A stream that stands still in a feed.
   *
   * @param first what keeps it
   * @param behind how many facts of it wait for that, counted up to {@link #MANY_BEHIND}
   */
  public record Standing(Parked first, int behind) {

    /** Its place in the order in which they are read. */
    public String id() {
      return name(first.feed(), first.stream());
    }
  }

  /**
   * The streams that stand still, by their feeds.
   *
   * @param behind the place to go on behind; null from the beginning
   */
  public Future<List<Standing>> streams(@Nullable String behind, int limit) {
    return streams(new ArrayList<>(), behind == null ? null : behind + LAST, limit);
  }

  /** What keeps a stream in a feed; null when nothing does. */
  public Future<@Nullable Standing> of(String feed, StreamId stream) {
    return page(name(feed, stream) + VERSIONS, MANY_BEHIND + 1)
        .map(found -> found.isEmpty() ? null : standing(found));
  }

  /**
   * How many streams stand still in each feed where one does: as far as in some thousand facts can
   * be seen.
   */
  public Future<SortedMap<String, Integer>> counted() {
    return counted(new HashSet<>(), null, MOST_PAGES)
        .map(streams -> {
          var counts = new TreeMap<String, Integer>();
          streams.forEach(one -> counts.merge(one.substring(0, one.indexOf('/')), 1, Integer::sum));
          return counts;
        });
  }

  /** Drops what is parked of a feed that will never be followed again. */
  public Future<Void> forget(String feed) {
    return page(feed + "/", PAGE)
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture()
                : views
                    .write(
                        found.stream()
                            .<Change>map(entry -> new Change.Delete(COLLECTION, entry.key()))
                            .toList())
                    .compose(_ -> forget(feed)));
  }

  Future<Void> put(Parked one) {
    return views.write(List.of(new Change.Put(COLLECTION, key(one), one.document())));
  }

  /** Where it is known already, it keeps its reason: it may have come again after a death. */
  Future<Void> putFirst(Parked one) {
    return views.claim(new Change.Put(COLLECTION, key(one), one.document())).mapEmpty();
  }

  Future<Void> remove(Parked one) {
    return views.write(List.of(new Change.Delete(COLLECTION, key(one))));
  }

  /** The first that wait of a stream, in order. */
  Future<List<Parked>> waiting(String feed, StreamId stream) {
    return page(name(feed, stream) + VERSIONS, PAGE)
        .map(found -> found.stream().map(Parked::of).toList());
  }

  /** All streams that stand still in a feed. */
  Future<List<StreamId>> in(String feed) {
    return in(feed, new ArrayList<>(), null);
  }

  private Future<List<StreamId>> in(String feed, List<StreamId> found, @Nullable String after) {
    var prefix = feed + "/";
    return views
        .scan(COLLECTION, new Page(prefix, after, false, PAGE))
        .compose(entries -> {
          entries.stream()
              .map(entry -> StreamId.parse(stream(entry).substring(prefix.length())))
              .distinct()
              .forEach(found::add);
          return entries.size() < PAGE
              ? Future.succeededFuture(found)
              : in(feed, found, stream(entries.getLast()) + LAST);
        });
  }

  private Future<List<Standing>> streams(List<Standing> found, @Nullable String after, int limit) {
    return views
        .scan(COLLECTION, new Page("", after, false, 1))
        .compose(next ->
            next.isEmpty()
                ? Future.succeededFuture(found)
                : page(stream(next.getFirst()) + VERSIONS, MANY_BEHIND + 1)
                    .compose(entries -> {
                      if (!entries.isEmpty()) { // or it was heard in this moment
                        found.add(standing(entries));
                      }
                      return found.size() == limit
                          ? Future.succeededFuture(found)
                          : streams(found, stream(next.getFirst()) + LAST, limit);
                    }));
  }

  private Future<Set<String>> counted(Set<String> streams, @Nullable String after, int pages) {
    return views
        .scan(COLLECTION, new Page("", after, false, PAGE))
        .compose(entries -> {
          entries.forEach(entry -> streams.add(stream(entry)));
          return entries.size() < PAGE || pages == 1
              ? Future.succeededFuture(streams)
              : counted(streams, stream(entries.getLast()) + LAST, pages - 1);
        });
  }

  private Future<List<Entry>> page(String prefix, int limit) {
    return views.scan(COLLECTION, Page.first(prefix, limit));
  }

  private static Standing standing(List<Entry> entries) {
    return new Standing(Parked.of(entries.getFirst()), entries.size() - 1);
  }

  /** Of which stream and feed an entry is. */
  private static String stream(Entry entry) {
    return entry.key().substring(0, entry.key().lastIndexOf(VERSIONS));
  }

  private static String name(String feed, StreamId stream) {
    return feed + "/" + stream;
  }

  private static String key(Parked one) {
    return one.feed() + "/" + Commit.key(one.stream(), one.version());
  }
}
