package boutique.benchmarks;

import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An event store that is watched at work. */
final class Counted implements EventStore {
  private final EventStore store;
  private final AtomicLong appends = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();

  Counted(EventStore store) {
    this.store = store;
  }

  /** How many commits it was given. */
  long appends() {
    return appends.get();
  }

  /** How often it was asked what is pending. */
  long looks() {
    return looks.get();
  }

  @Override
  public Future<Void> append(Commit commit) {
    appends.incrementAndGet();
    return store.append(commit);
  }

  @Override
  public Future<List<Commit>> read(StreamId stream, long fromVersion, int limit) {
    return store.read(stream, fromVersion, limit);
  }

  @Override
  public Future<List<Commit>> scan(String room, @Nullable String afterKey, int limit) {
    return store.scan(room, afterKey, limit);
  }

  @Override
  public Future<List<Commit>> pending(int limit) {
    looks.incrementAndGet();
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
