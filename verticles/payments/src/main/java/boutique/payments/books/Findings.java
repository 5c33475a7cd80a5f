package boutique.payments.books;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import boutique.language.discrepancies.Closing;
import boutique.language.discrepancies.Figures;
import boutique.payments.books.Discrepancy.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What does not agree, with the moment since when. It counts only after a grace, because what is in
 * flight does not agree either.
 */
final class Findings {
  static final String COLLECTION = "discrepancies";

  /** So often a thing is put right by itself; after that somebody has to look at it. */
  private static final int MOST_TRIES = 10;

  private static final int PAGE = 500;
  private static final String UNANSWERED = "unanswered";

  private final Views views;
  private final ViewReader closings;
  private final Duration grace;

  Findings(Views views, Duration grace) {
    this.views = views;
    this.closings = new ViewReader(views, Closings.NAME);
    this.grace = grace;
  }

  /** Keeps what is new; what is known keeps its moment. What was given up has had its grace. */
  Future<Void> note(List<Discrepancy> found, Listed listed, Instant now) {
    var noted = Future.<Void>succeededFuture();
    for (var one : found) {
      if (listed.takes(one)) {
        noted =
            noted.compose(_ ->
                views
                    .claim(
                        new Put(
                            COLLECTION,
                            one.id(),
                            document(one, now, one.kind() == Kind.NOTICE_UNHEARD)))
                    .mapEmpty());
      }
    }
    return noted;
  }

  Future<Listed> listed() {
    return all().map(Listed::new);
  }

  /**
   * What does not agree, without what people have closed.
   *
   * @param closed how many they have
   */
  record Standing(List<Entry> open, int closed) {}

  Future<Standing> standing() {
    return all()
        .compose(all ->
            closed(new HashMap<>(), null)
                .map(closed -> {
                  var open = all.stream().filter(one -> !isClosed(one, closed)).toList();
                  return new Standing(open, all.size() - open.size());
                }));
  }

  /** As long as it is about the same figures, and nobody but people can do anything about it. */
  private static boolean isClosed(Entry found, Map<String, Closing> closed) {
    var document = found.document();
    var closing = closed.get(found.key());
    return closing != null
        && !mends(document)
        && closing.covers(figures(document), since(document));
  }

  private Future<Map<String, Closing>> closed(Map<String, Closing> read, @Nullable String after) {
    return closings
        .scan(new Page("", after, false, PAGE))
        .compose(some -> {
          some.forEach(one -> read.put(one.key(), Closings.closing(one.document())));
          return some.size() == PAGE
              ? closed(read, some.getLast().key())
              : Future.succeededFuture(read);
        });
  }

  private Future<List<Entry>> all() {
    return all(new ArrayList<>(), null);
  }

  private Future<List<Entry>> all(List<Entry> read, @Nullable String after) {
    return views
        .scan(COLLECTION, new Page("", after, false, PAGE))
        .compose(some -> {
          read.addAll(some);
          return some.size() == PAGE
              ? all(read, some.getLast().key())
              : Future.succeededFuture(read);
        });
  }

  /** It is so no more. */
  Future<Void> vanished(String id) {
    return views.write(List.<Change>of(new Delete(COLLECTION, id)));
  }

  /** What has come of looking at it again. */
  enum Tried {
    NOT,
    ANSWERED,

    /** Nobody has said no: however often that happens, it is tried on. */
    UNANSWERED
  }

  /**
   * It is still so, perhaps with other amounts, and perhaps after one more try. After the last one
   * it says that somebody has to look at it.
   */
  Future<Void> still(JsonObject before, Discrepancy still, Tried tried, Instant now) {
    var tries = tries(before) + (tried == Tried.NOT ? 0 : 1);
    var unanswered = unanswered(before) + (tried == Tried.UNANSWERED ? 1 : 0);
    var byItself = still.kind().mends && isWorthATry(before);
    var after =
        document(still, since(before), counts(before, now))
            .put("tries", tries)
            .put(UNANSWERED, unanswered)
            .put("mends", byItself)
            .put("advice", byItself ? still.kind().advice : still.kind().givenUp);
    return after.equals(before)
        ? Future.succeededFuture()
        : views.write(List.<Change>of(new Put(COLLECTION, still.id(), after)));
  }

  boolean counts(JsonObject document, Instant now) {
    return !now.isBefore(since(document).plus(grace));
  }

  static boolean isWorthATry(JsonObject document) {
    return tries(document) - unanswered(document) < MOST_TRIES;
  }

  static int tries(JsonObject document) {
    return document.getInteger("tries");
  }

  private static int unanswered(JsonObject document) {
    return document.getInteger(UNANSWERED, 0);
  }

  static String payment(JsonObject document) {
    return document.getString("paymentId");
  }

  static @Nullable String charge(JsonObject document) {
    return document.getString("stripeId");
  }

  static Money amount(JsonObject document) {
    return new Money(document.getLong("amount"), document.getString("currency"));
  }

  static Figures figures(JsonObject document) {
    return new Figures(
        new Money(document.getLong("ours"), document.getString("oursCurrency")),
        new Money(document.getLong("theirs"), document.getString("theirsCurrency")),
        amount(document));
  }

  static JsonObject put(JsonObject document, Figures figures) {
    return document
        .put("ours", figures.ours().minor())
        .put("oursCurrency", figures.ours().currency())
        .put("theirs", figures.theirs().minor())
        .put("theirsCurrency", figures.theirs().currency())
        .put("amount", figures.amount().minor())
        .put("currency", figures.amount().currency());
  }

  static boolean isOf(JsonObject document, Kind kind) {
    return document.getString("kind").equals(kind.wireName);
  }

  static boolean mends(JsonObject document) {
    return document.getBoolean("mends");
  }

  static Instant since(JsonObject document) {
    return Instant.parse(document.getString("since"));
  }

  private static JsonObject document(Discrepancy one, Instant since, boolean counts) {
    return put(new JsonObject(), new Figures(one.ours(), one.theirs(), one.amount()))
        .put("kind", one.kind().wireName)
        .put("orderId", one.payment())
        .put("paymentId", one.payment())
        .put("stripeId", one.charge())
        .put("about", one.about())
        .put("mends", one.kind().mends)
        .put("advice", one.kind().advice)
        .put("since", since.toString())
        .put("tries", 0)
        .put(UNANSWERED, 0)
        .put("counts", counts);
  }
}
