package boutique.kernel.feed;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A log that is not exact: it may have forgotten how far its groups are, and deliver only every so
 * many facts of a stream.
 */
record Loose(FactLog log, String forgotten, int every) implements FactLog {
  @Override
  public Future<Following> follow(String group, Set<String> rooms) {
    return log.follow(group + forgotten, rooms).map(followed -> new Loosely(followed, every));
  }

  private record Loosely(FactLog.Following following, int every) implements FactLog.Following {
    @Override
    public Future<List<FactLog.Fact>> next(int limit) {
      return following
          .next(limit)
          .map(facts ->
              facts.stream().filter(fact -> fact.recorded().version() % every == 0).toList());
    }

    @Override
    public Future<Void> done(Map<Integer, Long> positions) {
      return following.done(positions);
    }

    @Override
    public boolean caughtUp() {
      return following.caughtUp();
    }

    @Override
    public Future<Void> close() {
      return following.close();
    }
  }
}
