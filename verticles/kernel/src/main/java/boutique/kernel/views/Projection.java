package boutique.kernel.views;

import boutique.kernel.feed.FactLog;
import boutique.kernel.feed.Feed;
import boutique.kernel.feed.Parking;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Views;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one view up to date, and rebuilds it while it is read: a second generation is folded from
 * the first fact on, beside the live one; when it has caught up, readers are switched over.
 */
public final class Projection extends VerticleBase {
  private final View view;
  private final FactLog log;
  private final EventStore store;
  private final Views views;
  private @Nullable Feed feed;
  private Future<Void> rebuilding = Future.succeededFuture();

  public Projection(View view, FactLog log, EventStore store, Views views) {
    this.view = view;
    this.log = log;
    this.store = store;
    this.views = views;
  }

  @Override
  public Future<?> start() {
    var rebuild = vertx.eventBus().consumer(rebuildAddress(view.name()));
    rebuild.handler(asked ->
        rebuild()
            .onSuccess(_ -> asked.reply(null))
            .onFailure(failure -> asked.fail(1, failure.getMessage())));
    return rebuild
        .completion()
        .compose(_ -> Generations.read(views, view.name()))
        .compose(generations -> forgetParked(generations).compose(_ -> open(generations.live())))
        .onSuccess(opened -> feed = opened)
        .compose(_ -> Shown.tell(vertx, view, this::reached));
  }

  private Future<Void> reached(StreamId stream, long version) {
    return feed == null
        ? Future.failedFuture(view.name() + " is not open")
        : feed.reached(stream, version);
  }

  @Override
  public Future<?> stop() {
    return feed == null ? Future.succeededFuture() : feed.stop();
  }

  /** Where to ask for a rebuild of a view. */
  public static String rebuildAddress(String view) {
    return "views." + view + ".rebuild";
  }

  /** Who asks while one is being built gets that one: it has every fact that there was. */
  private Future<Void> rebuild() {
    if (rebuilding.isComplete()) {
      rebuilding = buildNext();
    }
    return rebuilding;
  }

  private Future<Void> buildNext() {
    return Generations.read(views, view.name())
        .compose(before -> {
          var next = before.building();
          return next.write(views, view.name())
              .compose(_ -> before.dropRetired(views, view.name()))
              .compose(_ -> open(next.newest()))
              .compose(this::caughtUp)
              .compose(feed -> switchTo(feed, next));
        });
  }

  private Future<Feed> open(long generation) {
    var name = Generations.collection(view.name(), generation);
    var opened =
        new Feed(vertx, name, view.rooms(), log, store, views, new Folding(view, name, views));
    return opened.start().map(opened);
  }

  private Future<Feed> caughtUp(Feed next) {
    return next.whenCaughtUp().map(next);
  }

  /** One that had to leave out more than the live one does is not shown to anybody. */
  private Future<Void> switchTo(Feed next, Generations built) {
    var before = feed;
    var leftOut = new HashSet<>(next.parked());
    leftOut.removeAll(before == null ? Set.of() : before.parked());
    if (!leftOut.isEmpty()) {
      return next.stop()
          .compose(_ -> forgetParked(built))
          .compose(_ ->
              Future.failedFuture(
                  new IllegalStateException(
                      "it stays as it is, for the new one cannot take in " + some(leftOut))));
    }
    feed = next;
    var switched = built.switched();
    return switched
        .write(views, view.name())
        .compose(_ -> before == null ? Future.succeededFuture() : before.stop())
        .compose(_ -> forgetParked(switched));
  }

  /** What nobody follows any more cannot be tried again, and is not to be listed. */
  private Future<Void> forgetParked(Generations generations) {
    return generations.forgetParked(new Parking(views), view.name());
  }

  private static String some(Set<StreamId> streams) {
    return "%d streams, such as %s".formatted(streams.size(), streams.iterator().next());
  }
}
