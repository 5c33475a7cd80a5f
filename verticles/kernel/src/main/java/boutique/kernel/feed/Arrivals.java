package boutique.kernel.feed;

import boutique.kernel.Unavailable;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Who waits for a stream to be handled up to a version: not many, and not for long. */
final class Arrivals {
  private static final int MOST_WAITING = 10_000;
  private static final long PATIENCE_SECONDS = 10;

  private final Map<StreamId, Set<Waiting>> expected = new HashMap<>();
  private int waiting;

  private static final class Waiting {
    private final long version;
    private final Promise<Void> arrived = Promise.promise();

    private Waiting(long version) {
      this.version = version;
    }
  }

  Future<Void> expect(StreamId stream, long version) {
    if (waiting >= MOST_WAITING) {
      return Future.failedFuture(new Unavailable("too many wait for " + stream));
    }
    var mine = new Waiting(version);
    expected.computeIfAbsent(stream, _ -> new HashSet<>()).add(mine);
    waiting++;
    return mine.arrived
        .future()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onComplete(_ -> forget(stream, mine));
  }

  void handled(StreamId stream, long version) {
    for (var one : waitingFor(stream)) {
      if (one.version <= version) {
        one.arrived.tryComplete();
      }
    }
  }

  /** The stream stands still, until somebody has looked at it. */
  void parked(StreamId stream) {
    for (var one : waitingFor(stream)) {
      one.arrived.tryFail(new Unavailable(stream + " is parked"));
    }
  }

  /** A copy: whoever has arrived is forgotten at once. */
  private Iterable<Waiting> waitingFor(StreamId stream) {
    return new ArrayList<>(expected.getOrDefault(stream, Set.of()));
  }

  private void forget(StreamId stream, Waiting mine) {
    expected.computeIfPresent(
        stream,
        (_, all) -> {
          if (all.remove(mine)) {
            waiting--;
          }
          return all.isEmpty() ? null : all;
        });
  }
}
