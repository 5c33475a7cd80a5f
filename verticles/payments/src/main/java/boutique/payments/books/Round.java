package boutique.payments.books;

import boutique.payments.books.Discrepancy.Kind;
import boutique.payments.books.Passage.Through;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one round of the reconciler has done and seen, and what is still to be done in it. */
final class Round {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  /** What is older is not compared, but for what is in question. */
  private static final Duration HORIZON = Duration.ofDays(3);

  final Instant now;

  /** What was found before, and what is found in it. */
  final Listed listed;

  /** How far it is through the books. */
  final Passages through;

  private final Map<Book, Integer> pages = new EnumMap<>(Book.class);
  private final Map<Book, Integer> askedFor = new EnumMap<>(Book.class);

  /** How many charges of the provider's were compared, and how many payments of ours. */
  int charges;

  int payments;

  /**
   * How many lines of the provider's were left alone, because another shop has the same account.
   */
  int others;

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

  Round(Instant now, Listed listed, Passages through) {
    this.now = now;
    this.listed = listed;
    this.through = through;
  }

  Instant horizon() {
    return now.minus(HORIZON);
  }

  /** Through a book, as far as there is time in a round. */
  Future<Void> goes(Book book, Function<Through, Future<Optional<String>>> page) {
    return through.of(book).go(now, horizon(), () -> takes(book), page);
  }

  /** One more page, if that is not too much. */
  private boolean takes(Book book) {
    var read = pages.getOrDefault(book, 0);
    if (book.isEnough(read, askedFor.getOrDefault(book, 0))) {
      return false;
    }
    pages.put(book, read + 1);
    return true;
  }

  /** The provider is asked about one of its lines. */
  void asks(Book book) {
    askedFor.merge(book, 1, Integer::sum);
  }

  /** One after the other: it has time, and buyers have none. */
  static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> work) {
    var done = Future.<Void>succeededFuture();
    for (var one : all) {
      done = done.compose(_ -> work.apply(one));
    }
    return done;
  }

  /** Completed with whether everybody has answered. */
  Future<Boolean> looked(Supplier<Future<Void>> work) {
    var before = unanswered;
    return answered(work).map(_ -> unanswered == before);
  }

  /** Who does not answer about one thing keeps no other from being looked at. */
  Future<Void> answered(Supplier<Future<Void>> work) {
    return work.get()
        .recover(failure -> {
          LOG.debug("asked again in the next round", failure);
          unanswered++;
          return Future.succeededFuture();
        });
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
