package boutique.backends;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is found on some other thread and delivered where it was asked for.
 *
 * <p>Many answers found together make one hop per event loop, not one each: between a group commit
 * and its callers that is what costs most.
 */
public final class Answer<T extends @Nullable Object> {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private final Promise<T> promise = Promise.promise();
  private final @Nullable ContextInternal home = ContextInternal.current();
  private @Nullable T found;
  private @Nullable Throwable failure;

  public Future<T> future() {
    return promise.future();
  }

  /** What to deliver; nobody hears of it yet. */
  public Answer<T> found(T value) {
    found = value;
    return this;
  }

  /** What to deliver instead; nobody hears of it yet. */
  public Answer<T> failed(Throwable cause) {
    failure = cause;
    return this;
  }

  public boolean isFailure() {
    return failure != null;
  }

  public void deliver() {
    atHome(this::complete);
  }

  /** Runs something where the question was asked; right here if that was no context. */
  public void atHome(Runnable work) {
    if (home == null) {
      work.run();
    } else {
      home.execute(() -> home.dispatch(work));
    }
  }

  public static void deliverAll(List<? extends Answer<?>> answers) {
    var homes = new IdentityHashMap<ContextInternal, List<Answer<?>>>();
    var homeless = new ArrayList<Answer<?>>();
    for (var answer : answers) {
      if (answer.home == null) {
        homeless.add(answer);
      } else {
        homes.computeIfAbsent(answer.home.unwrap(), _ -> new ArrayList<>()).add(answer);
      }
    }
    homes.forEach((home, inhabitants) -> home.execute(() -> hand(inhabitants)));
    homeless.forEach(Answer::complete);
  }

  private static void hand(List<Answer<?>> answers) {
    for (var answer : answers) {
      if (answer.home != null) {
        answer.home.dispatch(answer::complete);
      }
    }
  }

  @SuppressWarnings("NullAway") // found is null only where T allows it
  private void complete() {
    try {
      if (failure != null) {
        promise.tryFail(failure);
      } else {
        promise.tryComplete(found);
      }
    } catch (RuntimeException listenersOwn) {
      LOG.error("whoever waited for an answer has failed with it", listenersOwn);
    }
  }
}
