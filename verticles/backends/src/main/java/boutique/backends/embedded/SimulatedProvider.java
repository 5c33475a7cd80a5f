package boutique.backends.embedded;

import boutique.backends.InTurn;
import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Answer.Certain;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Sheet;
import boutique.kernel.payment.Statement;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider without any money, for trying things out: its books are in the store, so that it keeps
 * its word over a restart, and its cards are the test cards that everybody knows.
 */
public final class SimulatedProvider implements PaymentProvider {
  private static final String BOOKS = "simulated.charges";
  private static final int PAGE = 200;

  private final Vertx vertx;
  private final Views views;
  private final InstantSource clock;
  private final Duration delay;
  private final BooleanSupplier losesAnswer;

  /** What changes one charge waits for what is changing it. */
  private final InTurn charges = new InTurn();

  /**
   * A provider with its books in these views.
   *
   * @param delay how long it thinks
   * @param losesAnswer whether the next answer is lost, after it has done what was wanted
   */
  public SimulatedProvider(
      Vertx vertx, Views views, InstantSource clock, Duration delay, BooleanSupplier losesAnswer) {
    this.vertx = vertx;
    this.views = views;
    this.clock = clock;
    this.delay = delay;
    this.losesAnswer = losesAnswer;
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public boolean names(String reference) {
    return SimulatedBooks.names(reference);
  }

  @Override
  public Future<Answer> charge(Charge charge) {
    return answered(() -> SimulatedWallets.card(views, charge.buyer(), charge.method()))
        .map(card -> SimulatedBooks.begun(charge, card, clock.instant()))
        .compose(begun ->
            views
                .claim(new Put(BOOKS, charge.key(), begun))
                .map(before -> certain(before == null ? begun : before)))
        .compose(this::heard)
        .otherwise(SimulatedProvider::unknown);
  }

  @Override
  public Future<Answer> find(Charge charge) {
    return answered(() -> views.get(BOOKS, charge.key()))
        .map(found -> found == null ? new Answer.NotThere() : certain(found))
        .otherwise(SimulatedProvider::unknown);
  }

  @Override
  public Future<Answer> proved(Charge charge, String reference) {
    return change(charge.key(), SimulatedBooks::proved);
  }

  @Override
  public Future<Answer> capture(Charge charge, String reference) {
    return change(charge.key(), book -> SimulatedBooks.captured(book, clock.instant()));
  }

  @Override
  public Future<Answer> cancel(Charge charge, String reference) {
    return change(charge.key(), SimulatedBooks::cancelled);
  }

  @Override
  public Future<Returned> refund(Return wanted) {
    var key = SimulatedBooks.key(wanted.reference());
    var now = clock.instant();
    return charges
        .behind(
            key,
            () ->
                answered(() -> views.get(BOOKS, key))
                    .compose(found -> returned(found, wanted, now)))
        .compose(answer ->
            losesAnswer.getAsBoolean()
                ? Future.failedFuture("the answer was lost")
                : Future.succeededFuture(answer))
        .otherwise(lost -> new Returned.Unknown(String.valueOf(lost.getMessage())));
  }

  private Future<Returned> returned(@Nullable JsonObject found, Return wanted, Instant now) {
    if (found == null) {
      return Future.succeededFuture(new Returned.Denied("resource_missing"));
    }
    var before = SimulatedBooks.returned(found, wanted, now);
    if (!(before instanceof Returned.NotThere)) {
      return Future.succeededFuture(before);
    }
    if (SimulatedBooks.left(found, now) < wanted.amount().minor()) {
      return Future.succeededFuture(new Returned.Denied("charge_already_refunded"));
    }
    var after = SimulatedBooks.refunded(found, wanted, now);
    return views
        .write(List.of(new Put(BOOKS, SimulatedBooks.key(wanted.reference()), after)))
        .map(SimulatedBooks.returned(after, wanted, now));
  }

  @Override
  public Future<Returned> findRefund(Return wanted) {
    return answered(() -> views.get(BOOKS, SimulatedBooks.key(wanted.reference())))
        .map(found ->
            found == null
                ? new Returned.NotThere()
                : SimulatedBooks.returned(found, wanted, clock.instant()))
        .otherwise(lost -> new Returned.Unknown(String.valueOf(lost.getMessage())));
  }

  @Override
  public Future<Statement> statement(Instant from, String after) {
    var now = clock.instant();
    return sheet(after, book -> List.of(SimulatedBooks.entry(book, now)))
        .map(sheet ->
            new Statement(
                sheet.lines().stream().filter(entry -> !entry.at().isBefore(from)).toList(),
                sheet.end(),
                sheet.more(),
                0,
                0));
  }

  @Override
  public Future<Optional<Statement.Entry>> entry(String reference) {
    return book(reference)
        .map(found ->
            Optional.ofNullable(found).map(book -> SimulatedBooks.entry(book, clock.instant())));
  }

  @Override
  public Future<List<Statement.Back>> returns(String reference) {
    return book(reference).map(found -> found == null ? List.of() : backs(found, Instant.EPOCH));
  }

  @Override
  public Future<Sheet<Statement.Back>> returns(Instant from, String after) {
    return sheet(after, book -> backs(book, from));
  }

  private List<Statement.Back> backs(JsonObject book, Instant from) {
    return SimulatedBooks.returns(book, from, clock.instant());
  }

  @Override
  public Future<List<Statement.Disputed>> disputes(String reference) {
    return book(reference).map(found -> found == null ? List.of() : SimulatedBooks.disputes(found));
  }

  @Override
  public Future<Sheet<Statement.Disputed>> disputes(Instant from, String after) {
    return sheet(
        after,
        book ->
            Instant.parse(book.getString("at")).isBefore(from)
                ? List.of()
                : SimulatedBooks.disputes(book));
  }

  /** A page of the books, and what some of them say. */
  private <T> Future<Sheet<T>> sheet(String after, Function<JsonObject, List<T>> lines) {
    var key = after.isEmpty() ? null : SimulatedBooks.key(after);
    return views
        .scan(BOOKS, new Page("", key, false, PAGE))
        .map(entries ->
            new Sheet<>(
                entries.stream().flatMap(entry -> lines.apply(entry.document()).stream()).toList(),
                entries.isEmpty() ? "" : SimulatedBooks.reference(entries.getLast().key()),
                entries.size() == PAGE,
                0,
                0));
  }

  private Future<@Nullable JsonObject> book(String reference) {
    return views.get(BOOKS, SimulatedBooks.key(reference));
  }

  private Future<Answer> change(String key, Function<JsonObject, JsonObject> change) {
    return charges
        .behind(
            key,
            () ->
                answered(() -> views.get(BOOKS, key))
                    .compose(found -> found == null ? missing() : changed(key, found, change)))
        .compose(this::heard)
        .otherwise(SimulatedProvider::unknown);
  }

  private Future<Answer> changed(
      String key, JsonObject found, Function<JsonObject, JsonObject> change) {
    var after = change.apply(found.copy());
    return after.equals(found)
        ? Future.succeededFuture(certain(found))
        : views.write(List.of(new Put(BOOKS, key, after))).map(certain(after));
  }

  private static Future<Answer> missing() {
    return Future.succeededFuture(new Answer.NotThere());
  }

  private Future<Answer> heard(Answer answer) {
    return losesAnswer.getAsBoolean()
        ? Future.failedFuture("the answer was lost")
        : Future.succeededFuture(answer);
  }

  private static Answer unknown(Throwable lost) {
    return new Answer.Unknown(String.valueOf(lost.getMessage()));
  }

  private Certain certain(JsonObject book) {
    return SimulatedBooks.answer(book, clock.instant());
  }

  private <T> Future<T> answered(Supplier<Future<T>> work) {
    if (delay.isZero()) {
      return work.get();
    }
    var thought = Promise.<Void>promise();
    vertx.setTimer(Math.max(1, delay.toMillis()), _ -> thought.complete());
    return thought.future().compose(_ -> work.get());
  }
}
