package boutique.orders;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.orders.OrderId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where unfinished orders were met by something that kept them from going on: the step, the reason,
 * how often, and when last. Costs nothing as long as all goes well.
 */
public final class SnagBook implements Snags {
  public static final String COLLECTION = "snags";
  private static final Logger LOG = LoggerFactory.getLogger(SnagBook.class);
  private static final int LONGEST = 300;
  private static final int PAGE = 200;

  private final Views views;
  private final InstantSource clock;

  public SnagBook(Views views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  @Override
  public void met(OrderId order, String step, Throwable because) {
    var why = String.valueOf(because.getMessage());
    views
        .get(COLLECTION, order.value())
        .compose(before ->
            views.write(
                List.of(
                    new Put(
                        COLLECTION,
                        order.value(),
                        new JsonObject()
                            .put("step", step)
                            .put("because", why.substring(0, Math.min(LONGEST, why.length())))
                            .put("tries", before == null ? 1L : before.getLong("tries") + 1)
                            .put("at", clock.instant().toString())))))
        .onFailure(failure -> LOG.warn("{} met a snag at {}: {}", order, step, why));
  }

  /** Forgets those of orders that are at their end. */
  Future<Void> tidy(Function<String, Future<Boolean>> unfinished) {
    return tidy(unfinished, null);
  }

  private Future<Void> tidy(Function<String, Future<Boolean>> unfinished, @Nullable String after) {
    return views
        .scan(COLLECTION, new Page("", after, false, PAGE))
        .compose(page ->
            forgetEnded(page, unfinished)
                .compose(_ ->
                    page.size() < PAGE
                        ? Future.succeededFuture()
                        : tidy(unfinished, page.getLast().key())));
  }

  private Future<Void> forgetEnded(List<Entry> page, Function<String, Future<Boolean>> unfinished) {
    return Future.all(
            page.stream()
                .map(one ->
                    unfinished
                        .apply(one.key())
                        .map(still -> still ? Optional.<Entry>empty() : Optional.of(one)))
                .toList())
        .compose(done ->
            views.write(
                done.<Optional<Entry>>list().stream()
                    .flatMap(Optional::stream)
                    .<Change>map(one -> new Delete(COLLECTION, one.key()))
                    .toList()));
  }
}
