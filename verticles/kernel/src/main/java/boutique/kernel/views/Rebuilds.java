package boutique.kernel.views;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which views there are, wherever they run, and how one is built anew from the first fact on. */
public record Rebuilds(Vertx vertx) {
  private static final Duration LONGEST = Duration.ofHours(24);

  public Future<SortedSet<String>> views() {
    return Shown.known(vertx).compose(AsyncMap::keys).map(TreeSet::new);
  }

  /** Completed when the new generation is the one that is read. */
  public Future<Void> rebuild(String view) {
    return vertx
        .eventBus()
        .request(
            Projection.rebuildAddress(view),
            "rebuild",
            new DeliveryOptions().setSendTimeout(LONGEST.toMillis()))
        .mapEmpty();
  }
}
