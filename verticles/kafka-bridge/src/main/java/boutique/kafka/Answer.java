package boutique.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;

/**
 * What a caller waits for. It is given on the caller's own context, so that no code of theirs ever
 * runs on, or blocks, a thread of Kafka's.
 */
final class Answer<T> {
  private final Context context;
  private final Promise<T> promise = Promise.promise();

  Answer(Vertx vertx) {
    this.context = vertx.getOrCreateContext();
  }

  Future<T> future() {
    return promise.future();
  }

  void give(T value) {
    there(() -> promise.tryComplete(value));
  }

  /** There is nothing to say but that it is so. */
  void give() {
    there(promise::tryComplete);
  }

  void fail(Throwable cause) {
    there(() -> promise.tryFail(cause));
  }

  private void there(Runnable action) {
    try {
      context.runOnContext(_ -> action.run());
    } catch (RejectedExecutionException closed) {
      action.run(); // the caller's loop is gone: whoever still waits does so elsewhere
    }
  }
}
