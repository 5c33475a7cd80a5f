package boutique.launcher;

import boutique.kernel.payment.Answer;
import boutique.kernel.payment.Charge;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Return;
import boutique.kernel.payment.Returned;
import boutique.kernel.payment.Statement;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A real provider behind a line that fails as lines do, and as Stripe does: an answer that is lost
 * after the money was taken, a question that never arrives, and a failure that is kept for a key
 * and given again for ever.
 */
final class FaultyProvider implements PaymentProvider {
  private final PaymentProvider provider;
  private final Supplier<Fault> next;
  private final Set<String> spent = ConcurrentHashMap.newKeySet();

  /** What becomes of a question. */
  enum Fault {
    NONE,
    ANSWER_LOST,
    NEVER_ARRIVES,
    FAILS_FOR_EVER,
    FAILS_FOR_EVER_AFTER_DOING_IT
  }

  FaultyProvider(PaymentProvider provider, Supplier<Fault> next) {
    this.provider = provider;
    this.next = next;
  }

  @Override
  public boolean live() {
    return provider.live();
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
      case ANSWER_LOST, NEVER_ARRIVES -> Future.succeededFuture(new Answer.Unknown("lost"));
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
      case ANSWER_LOST, NEVER_ARRIVES -> Future.succeededFuture(new Returned.Unknown("lost"));
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

  /** What has once failed under a key fails under it for ever, and does nothing more. */
  private <T> Future<T> fated(
      String key,
      Supplier<Future<T>> work,
      Function<String, T> unknown,
      Function<String, T> stuck) {
    if (spent.contains(key)) {
      return Future.succeededFuture(stuck.apply("500, again"));
    }
    return switch (next.get()) {
      case NONE -> work.get();
      case ANSWER_LOST -> work.get().map(unknown.apply("lost"));
      case NEVER_ARRIVES -> Future.succeededFuture(unknown.apply("lost"));
      case FAILS_FOR_EVER -> {
        if (!key.isEmpty()) {
          spent.add(key);
        }
        yield Future.succeededFuture(stuck.apply("500"));
      }
      case FAILS_FOR_EVER_AFTER_DOING_IT -> {
        if (!key.isEmpty()) {
          spent.add(key);
        }
        yield work.get().map(stuck.apply("500"));
      }
    };
  }
}
