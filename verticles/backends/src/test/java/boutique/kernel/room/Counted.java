package boutique.kernel.room;

import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Forwarding;
import boutique.language.StreamId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A real store, with a counter at its doors and somebody who may hold an append up. */
final class Counted extends Forwarding {
  final AtomicInteger appends = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  volatile UnaryOperator<Future<Void>> onAppended = UnaryOperator.identity();

  Counted(EventStore store) {
    super(store);
  }

  @Override
  public Future<Void> append(Commit commit) {
    appends.incrementAndGet();
    return onAppended.apply(super.append(commit));
  }

  @Override
  public Future<List<Commit>> read(StreamId stream, long fromVersion, int limit) {
    return super.read(stream, fromVersion, limit)
        .onSuccess(commits -> commits.forEach(commit -> reads.addAndGet(commit.events().size())));
  }
}
