package boutique.payments.books;

import boutique.payments.books.Discrepancy.Kind;
import boutique.payments.books.Passage.Through;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one round of the reconciler has done and seen, and what is still to be done in it. It has
 * its time, and asks about a few things beside one another, because a provider may take seconds for
 * each answer: what it does not come to is left for the next one, and no part is left out.
 */
final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  /** What is older is not compared, but for what is in question. */
  private static final Duration HORIZON = Duration.ofDays(3);

  /** How many things are looked at beside one another; so many are in each part, however late. */
  static final int AT_ONCE = 8;

  final Instant now;

  /** What was found before, and what is found in it. */
  final Listed listed;

  /** How far it is through the books. */
  final Passages through;

  private final Allotment time;
  private final Map<Book, Integer> pages = new EnumMap<>(Book.class);
  private final Map<Book, Integer> askedFor = new EnumMap<>(Book.class);

  /** How many charges of the provider's were compared, and how many payments of ours. */
  int charges;

  int payments;

  /** How many that were found before are looked at again in a later one. */
  int waiting;

  /** How many things it has tried to put right; whether that has helped is seen in a later one. */
  int tried;

  /** How many that were found before are so no more, and how many of them were put right. */
  int vanished;

  int mended;

  /** Whether both books were read as far as this round goes. */
  boolean compared;

  /** How many could not be looked at, because somebody did not answer. */
  int unanswered;

  /** How many do not agree, how many of them for long enough to count, and for how much money. */
  int found;

  int counted;
  int stuck;
  final Map<String, Long> unreconciled = new TreeMap<>();

  Round(Instant now, Allotment time, Listed listed, Passages through) {
    this.now = now;
    this.time = time;
    this.listed = listed;
    this.through = through;
  }

  Instant horizon() {
    return now.minus(HORIZON);
  }

  /** Through a book, as far as there is time in a round. */
  Future<Void> goes(Book book, Function<Through, Future<Optional<String>>> page) {
    time.next(book.share);
    return through.of(book).go(now, horizon(), () -> takes(book), page);
  }

  /** One more page, if that is not too much. */
  private boolean takes(Book book) {
    var read = pages.getOrDefault(book, 0);
    if (book.isEnough(read, askedFor.getOrDefault(book, 0)) || (read > 0 && time.isOver())) {
      return false;
    }
    pages.put(book, read + 1);
    return true;
  }

  /** The provider is asked about one of its lines. */
  void asks(Book book) {
    askedFor.merge(book, 1, Integer::sum);
  }

  /**
   * With what was found before, as far as there is time for it.
   *
   * @return how many there was time for
   */
  <T> Future<Integer> ends(List<T> found, Function<T, Future<Void>> work) {
    time.last();
    return some(found, work);
  }

  /**
   * A few beside one another and in this order, until the time is over: then none is begun any
   * more, and those that were are brought to their end.
   *
   * @return how many were begun, of which all are done
   */
  <T> Future<Integer> some(List<T> all, Function<T, Future<Void>> work) {
    var rest = all.listIterator();
    var lanes = new ArrayList<Future<Void>>();
    while (lanes.size() < AT_ONCE && rest.hasNext()) {
      lanes.add(lane(rest, work));
    }
    return Future.join(lanes).map(_ -> rest.nextIndex());
  }

  /** One after the other; the first of them whatever the time. */
  private <T> Future<Void> lane(Iterator<T> rest, Function<T, Future<Void>> work) {
    var done = work.apply(rest.next());
    while (done.succeeded() && rest.hasNext() && !time.isOver()) {
      done = work.apply(rest.next());
    }
    return done.isComplete()
        ? done
        : done.compose(
            _ -> rest.hasNext() && !time.isOver() ? lane(rest, work) : Future.succeededFuture());
  }

  /** Who does not answer about one thing keeps no other from being looked at. */
  Future<Void> answered(Supplier<Future<Void>> work) {
    return looked(work).mapEmpty();
  }

  /** Nobody has: it is asked again in the next round. */
  boolean silent(Throwable silence) {
    LOG.debug("asked again in the next round", silence);
    unanswered++;
    return false;
  }

  /** Completed with whether everybody has answered. */
  Future<Boolean> looked(Supplier<Future<Void>> work) {
    return work.get().map(true).recover(silence -> Future.succeededFuture(silent(silence)));
  }

  void count(JsonObject document) {
    found++;
    if (!document.getBoolean("counts")) {
      return;
    }
    counted++;
    if (Findings.isOf(document, Kind.PAYMENT_STUCK)) {
      stuck++;
    }
    var amount = Findings.amount(document);
    if (amount.minor() > 0) {
      unreconciled.merge(amount.currency(), amount.minor(), Math::addExact);
    }
  }
}
