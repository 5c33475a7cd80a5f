package boutique.launcher;

import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store that dies when it is told to, alone or with its whole process: before a commit is kept,
 * before that is said, or after.
 */
record Fated(EventStore real, Function<Commit, Fate> fate) implements EventStore {

  static final int DEAD = 42;

  /** What becomes of a commit. */
  enum Fate {
    KEPT,
    LOST,
    ANSWER_LOST,
    /** The process dies before it is kept. */
    DEAD_BEFORE,
    /** The process dies when it is kept, and before anybody is answered. */
    DEAD_AFTER,
    /** The process dies when whoever waited for it was answered. */
    DEAD_ANSWERED
  }

  @Override
  public Future<Void> append(Commit commit) {
    return switch (fate.apply(commit)) {
      case KEPT -> real.append(commit);
      case LOST -> Future.failedFuture(new Unavailable("died before"));
      case ANSWER_LOST ->
          real.append(commit).compose(_ -> Future.failedFuture(new Unavailable("died after")));
      case DEAD_BEFORE -> die();
      case DEAD_AFTER -> real.append(commit).compose(_ -> die());
      case DEAD_ANSWERED -> {
        var answered = Promise.<Void>promise();
        real.append(commit)
            .onComplete(done -> {
              answered.handle(done);
              die();
            });
        yield answered.future();
      }
    };
  }

  /** As if somebody had pulled the plug: nothing is flushed, closed or said. */
  private static Future<Void> die() {
    Runtime.getRuntime().halt(DEAD);
    throw new IllegalStateException("still alive");
  }

  @Override
  public Future<List<Commit>> read(StreamId stream, long fromVersion, int limit) {
    return real.read(stream, fromVersion, limit);
  }

  @Override
  public Future<List<Commit>> scan(String room, @Nullable String afterKey, int limit) {
    return real.scan(room, afterKey, limit);
  }

  @Override
  public Future<List<Commit>> pending(int limit) {
    return real.pending(limit);
  }

  @Override
  public Future<Void> relayed(List<Commit> commits) {
    return real.relayed(commits);
  }

  @Override
  public void onAppend(Runnable appended) {
    real.onAppend(appended);
  }

  @Override
  public Future<Void> close() {
    return real.close();
  }
}
