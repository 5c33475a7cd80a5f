package boutique.launcher;

import boutique.kernel.Unavailable;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store that dies when it is told to: before a commit is kept, or before that is said. */
record Fated(EventStore real, Function<Commit, Fate> fate) implements EventStore {

  /** What becomes of a commit. */
  enum Fate {
    KEPT,
    LOST,
    ANSWER_LOST
  }

  @Override
  public Future<Void> append(Commit commit) {
    return switch (fate.apply(commit)) {
      case KEPT -> real.append(commit);
      case LOST -> Future.failedFuture(new Unavailable("died before"));
      case ANSWER_LOST ->
          real.append(commit).compose(_ -> Future.failedFuture(new Unavailable("died after")));
    };
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
