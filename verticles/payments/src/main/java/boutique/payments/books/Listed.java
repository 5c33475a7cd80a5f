package boutique.payments.books;

import static java.util.Comparator.comparing;

import boutique.kernel.store.Views.Entry;
import boutique.payments.books.Discrepancy.Kind;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is in the list of what does not agree: whose turn it is to be looked at again, and whether
 * there is room for more.
 */
final class Listed {
  /** So many are in it at most. */
  static final int MOST = 5_000;

  /**
   * Of which so many are charges and holds that nobody here knows of: they may be all of somebody
   * else's business with the same provider, and leave the room to what is ours.
   */
  static final int MOST_FOREIGN = 200;

  /** So many are looked at again in a round, of each sort. */
  static final int MOST_AGAIN = 200;

  private static final Set<Kind> FOREIGN =
      EnumSet.of(Kind.CHARGE_WITHOUT_PAYMENT, Kind.HOLD_UNKNOWN);

  private final List<Entry> found;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> unlisted = new HashSet<>();
  private int foreign;

  Listed(List<Entry> found) {
    this.found = List.copyOf(found);
    found.forEach(one -> ids.add(one.key()));
    foreign = (int) found.stream().map(Entry::document).filter(Listed::isForeign).count();
  }

  private static boolean isForeign(JsonObject document) {
    return FOREIGN.stream().anyMatch(kind -> Findings.isOf(document, kind));
  }

  /**
   * Those that were not looked at for longest, and of those that never were the oldest. What is put
   * right by itself does not wait for what is not, nor the other way round: they take turns,
   * because there may not be the time for all of them.
   *
   * @param looked when each was looked at last
   */
  List<Entry> turn(Map<String, Instant> looked) {
    var ours = turn(looked, true);
    var peoples = turn(looked, false);
    return IntStream.range(0, Math.max(ours.size(), peoples.size()))
        .boxed()
        .flatMap(n -> Stream.of(ours, peoples).filter(all -> n < all.size()).map(all -> all.get(n)))
        .toList();
  }

  private List<Entry> turn(Map<String, Instant> looked, boolean mends) {
    return found.stream()
        .filter(one -> Findings.mends(one.document()) == mends)
        .sorted(
            comparing((Entry one) -> looked.getOrDefault(one.key(), Instant.EPOCH))
                .thenComparing(one -> Findings.since(one.document()))
                .thenComparing(Entry::key))
        .limit(MOST_AGAIN)
        .toList();
  }

  int size() {
    return found.size();
  }

  /** Whether it is new, and there is room for it. */
  boolean takes(Discrepancy one) {
    if (ids.contains(one.id())) {
      return false;
    }
    var isForeign = FOREIGN.contains(one.kind());
    if (ids.size() >= MOST || (isForeign && foreign >= MOST_FOREIGN)) {
      unlisted.add(one.id());
      return false;
    }
    ids.add(one.id());
    foreign += isForeign ? 1 : 0;
    return true;
  }

  /** It makes room. */
  void vanished(Entry one) {
    if (ids.remove(one.key()) && isForeign(one.document())) {
      foreign--;
    }
  }

  /** How many there was no room for. */
  int unlisted() {
    return unlisted.size();
  }
}
