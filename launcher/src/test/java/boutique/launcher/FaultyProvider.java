package boutique.launcher;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Sheet;
import boutique.kernel.payment.Statement;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A real provider behind a line that fails as lines do, and as Stripe does: an answer that is lost
 * after the money was taken, a question that never arrives, and a failure that is kept for a key
 * and given again for ever.
 */
class FaultyProvider implements PaymentProvider {
  private static final String SPENT = "faulty.spent";
  private final PaymentProvider provider;
  private final Views views;
  private final Supplier<Fault> next;

  /** What becomes of a question. */
  enum Fault {
    NONE,
    ANSWER_LOST,
    NEVER_ARRIVES,
    /** The key is in use: it is still at it. */
    ANSWERS_BEFORE_DOING_IT,
    FAILS_FOR_EVER,
    FAILS_FOR_EVER_AFTER_DOING_IT,
    /** It is asked, and thinks for ever. */
    NEVER_ANSWERS,
    /** Our process dies when it has done it. */
    WE_DIE
  }

  /** One after the other, and none when there are no more. */
  static Supplier<Fault> inTurn(Queue<Fault> faults) {
    return () -> faults.isEmpty() ? Fault.NONE : faults.remove();
  }

  /** A line whose kept failures are in these views, because they outlive who has seen them. */
  FaultyProvider(PaymentProvider provider, Views views, Supplier<Fault> next) {
    this.provider = provider;
    this.views = views;
    this.next = next;
  }

  @Override
  public boolean live() {
    return provider.live();
  }

  @Override
  public boolean names(String reference) {
    return provider.names(reference);
  }

  @Override
  public Future<Answer> charge(Charge charge) {
    return fated(
        charge.key(), () -> provider.charge(charge), Answer.Unknown::new, Answer.Stuck::new);
  }

  @Override
  public Future<Answer> find(Charge charge) {
    return switch (next.get()) {
      case NONE, FAILS_FOR_EVER, FAILS_FOR_EVER_AFTER_DOING_IT -> provider.find(charge);
      case WE_DIE -> provider.find(charge).onSuccess(_ -> die());
      case NEVER_ANSWERS -> Promise.<Answer>promise().future();
      case ANSWER_LOST, NEVER_ARRIVES, ANSWERS_BEFORE_DOING_IT ->
          Future.succeededFuture(new Answer.Unknown("lost"));
    };
  }

  @Override
  public Future<Answer> proved(Charge charge, String reference) {
    return provider.proved(charge, reference);
  }

  @Override
  public Future<Answer> capture(Charge charge, String reference) {
    return fated(
        "", () -> provider.capture(charge, reference), Answer.Unknown::new, Answer.Stuck::new);
  }

  @Override
  public Future<Answer> cancel(Charge charge, String reference) {
    return fated(
        "", () -> provider.cancel(charge, reference), Answer.Unknown::new, Answer.Stuck::new);
  }

  @Override
  public Future<Returned> refund(Return wanted) {
    return fated(
        wanted.key(), () -> provider.refund(wanted), Returned.Unknown::new, Returned.Stuck::new);
  }

  @Override
  public Future<Returned> findRefund(Return wanted) {
    return switch (next.get()) {
      case NONE, FAILS_FOR_EVER, FAILS_FOR_EVER_AFTER_DOING_IT -> provider.findRefund(wanted);
      case WE_DIE -> provider.findRefund(wanted).onSuccess(_ -> die());
      case NEVER_ANSWERS -> Promise.<Returned>promise().future();
      case ANSWER_LOST, NEVER_ARRIVES, ANSWERS_BEFORE_DOING_IT ->
          Future.succeededFuture(new Returned.Unknown("lost"));
    };
  }

  @Override
  public Future<Statement> statement(Instant from, String after) {
    return provider.statement(from, after);
  }

  @Override
  public Future<Optional<Statement.Entry>> entry(String reference) {
    return provider.entry(reference);
  }

  @Override
  public Future<List<Statement.Back>> returns(String reference) {
    return provider.returns(reference);
  }

  @Override
  public Future<Sheet<Statement.Back>> returns(Instant from, String after) {
    return provider.returns(from, after);
  }

  @Override
  public Future<List<Statement.Disputed>> disputes(String reference) {
    return provider.disputes(reference);
  }

  @Override
  public Future<Sheet<Statement.Disputed>> disputes(Instant from, String after) {
    return provider.disputes(from, after);
  }

  /** What has once failed under a key fails under it for ever, and does nothing more. */
  private <T> Future<T> fated(
      String key,
      Supplier<Future<T>> work,
      Function<String, T> unknown,
      Function<String, T> stuck) {
    return views
        .get(SPENT, key)
        .compose(spent ->
            spent == null
                ? fated(next.get(), key, work, unknown, stuck)
                : Future.succeededFuture(stuck.apply("500, again")));
  }

  private <T> Future<T> fated(
      Fault fault,
      String key,
      Supplier<Future<T>> work,
      Function<String, T> unknown,
      Function<String, T> stuck) {
    return switch (fault) {
      case NONE -> work.get();
      case ANSWER_LOST -> work.get().map(unknown.apply("lost"));
      case NEVER_ARRIVES -> Future.succeededFuture(unknown.apply("lost"));
      case ANSWERS_BEFORE_DOING_IT -> {
        var _ = work.get();
        yield Future.succeededFuture(unknown.apply("409"));
      }
      case FAILS_FOR_EVER -> spend(key).map(stuck.apply("500"));
      case FAILS_FOR_EVER_AFTER_DOING_IT ->
          work.get().compose(_ -> spend(key)).map(stuck.apply("500"));
      case NEVER_ANSWERS -> Promise.<T>promise().future();
      case WE_DIE -> work.get().onSuccess(_ -> die());
    };
  }

  private Future<Void> spend(String key) {
    return key.isEmpty()
        ? Future.succeededFuture()
        : views.write(List.<Change>of(new Put(SPENT, key, new JsonObject())));
  }

  private static void die() {
    Runtime.getRuntime().halt(Fated.DEAD);
  }
}
