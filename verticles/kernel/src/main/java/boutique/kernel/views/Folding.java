package boutique.kernel.views;

import static java.util.Objects.requireNonNull;

import boutique.kernel.feed.Feed;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds facts into the documents of one view, and adds what a document contributes to the sums that
 * it has a share in. Both know what has gone into them; a fact that comes again because somebody
 * died in between finds its document done, and adds to the sums what it has not added yet.
 */
final class Folding implements Feed.Gatherer {
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
    return hear(List.of(recorded), memory);
  }

  /** All documents first; then the sums, each in the order of the facts. */
  @Override
  public Future<Void> hear(List<Recorded> run, Feed.Memory memory) {
    var folded = new ArrayList<Future<List<Folded>>>();
    byDocument(run).forEach((key, facts) -> folded.add(fold(key, facts, memory)));
    return Future.join(folded)
        .compose(all -> {
          var added = new ArrayList<Future<?>>();
          bySum(all.list()).forEach((key, shares) -> added.add(shares.add(sums, key, memory)));
          return Future.join(added).mapEmpty();
        });
  }

  /** A fact that a document has taken in, and what the document was then. */
  private record Folded(Recorded recorded, JsonObject document) {}

  /** What facts of a stream add to one sum, by their versions. */
  private record Shares(List<Recorded> run, Map<Long, JsonObject> shares) {
    Shares() {
      this(new ArrayList<>(), new HashMap<>());
    }

    void put(Recorded recorded, JsonObject share) {
      run.add(recorded);
      shares.put(recorded.version(), share);
    }

    Future<?> add(Documents sums, String key, Feed.Memory memory) {
      return sums.take(
          key,
          run,
          memory,
          (before, recorded) -> sum(before, requireNonNull(shares.get(recorded.version()))));
    }
  }

  private Map<String, List<Recorded>> byDocument(List<Recorded> run) {
    var facts = new LinkedHashMap<String, List<Recorded>>();
    for (var recorded : run) {
      var key = view.key(recorded, recorded.event());
      if (key != null) {
        facts.computeIfAbsent(key, _ -> new ArrayList<>()).add(recorded);
      }
    }
    return facts;
  }

  private Map<String, Shares> bySum(List<List<Folded>> folded) {
    var shares = new LinkedHashMap<String, Shares>();
    folded.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(one -> one.recorded.version()))
        .forEach(one ->
            view.shares(one.document, one.recorded, one.recorded.event())
                .forEach((key, share) ->
                    shares.computeIfAbsent(key, _ -> new Shares()).put(one.recorded, share)));
    return shares;
  }

  private Future<List<Folded>> fold(String key, List<Recorded> facts, Feed.Memory memory) {
    return documents
        .take(key, facts, memory, (before, one) -> view.fold(before, one, one.event()))
        .map(documents -> {
          var folded = new ArrayList<Folded>();
          for (var i = 0; i < facts.size(); i++) {
            var document = documents.get(i);
            if (document != null) {
              folded.add(new Folded(facts.get(i), document));
            }
          }
          return folded;
        });
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
