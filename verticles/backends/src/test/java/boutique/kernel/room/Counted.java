package boutique.kernel.room;

import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real store, with a counter at its doors and somebody who may hold an append up. */
final class Counted implements EventStore {
  final AtomicInteger appends = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  volatile UnaryOperator<Future<Void>> onAppended = UnaryOperator.identity();
  private final EventStore store;

  Counted(EventStore store) {
    this.store = store;
  }

  @Override
  public Future<Void> append(Commit commit) {
    appends.incrementAndGet();
    return onAppended.apply(store.append(commit));
  }

  @Override
  public Future<List<Commit>> read(StreamId stream, long fromVersion, int limit) {
    return store
        .read(stream, fromVersion, limit)
        .onSuccess(commits -> commits.forEach(commit -> reads.addAndGet(commit.events().size())));
  }

  @Override
  public Future<List<Commit>> scan(String room, @Nullable String afterKey, int limit) {
    return store.scan(room, afterKey, limit);
  }

  @Override
  public Future<List<Commit>> pending(int limit) {
    return store.pending(limit);
  }

  @Override
  public Future<Void> relayed(List<Commit> commits) {
    return store.relayed(commits);
  }

  @Override
  public void onAppend(Runnable appended) {
    store.onAppend(appended);
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}
