package boutique.backends;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Work on one thing waits for the work on it that has begun before, and keeps no other waiting. */
public final class InTurn {
  private final Map<String, Future<?>> tails = new ConcurrentHashMap<>();

  /** Whether the work before has gone well is of no concern. */
  public <T> Future<T> behind(String thing, Supplier<Future<T>> work) {
    var done = Promise.<T>promise();
    var mine = done.future();
    var before = Objects.requireNonNullElse(tails.put(thing, mine), Future.succeededFuture());
    before.onComplete(
        _ -> Future.<Void>succeededFuture().compose(_ -> work.get()).onComplete(done));
    return mine.onComplete(_ -> tails.remove(thing, mine));
  }
}
