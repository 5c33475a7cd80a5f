package boutique.kernel.store;

import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real store that whoever extends it stands in front of, at some of its doors. */
public abstract class Forwarding implements EventStore {
  private final EventStore real;

  protected Forwarding(EventStore real) {
    this.real = real;
  }

  @Override
  public Future<Void> append(Commit commit) {
    return real.append(commit);
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
