package boutique.inventory;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gives back what was kept for too long. The deadlines are in the store, so a restart forgets none;
 * whether it really is too late, the stock itself decides. Nothing lapses while there is something
 * that the room has not heard yet: it may be that an order is paid.
 */
public final class Lapses implements Sweep.Round {
  public static final Duration EVERY = Duration.ofMillis(250);
  private static final int AT_ONCE = 500;

  private final ViewReader deadlines;
  private final InstantSource clock;
  private final Supplier<Future<Void>> heardAll;

  public Lapses(Views views, InstantSource clock, Supplier<Future<Void>> heardAll) {
    this.deadlines = new ViewReader(views, HoldDeadlines.NAME);
    this.clock = clock;
    this.heardAll = heardAll;
  }

  @Override
  public Future<?> go(Bus bus) {
    return deadlines
        .scan(Page.first("", 1))
        .compose(nearest ->
            over(nearest).isEmpty()
                ? Future.succeededFuture(nearest)
                : deadlines.scan(Page.first("", AT_ONCE)))
        .map(this::over)
        .compose(over -> over.isEmpty() ? Future.succeededFuture() : lapse(bus, over));
  }

  private List<String> over(List<Entry> nearest) {
    var now = clock.instant();
    return nearest.stream()
        .map(Entry::key)
        .filter(key -> !HoldDeadlines.deadline(key).isAfter(now))
        .toList();
  }

  private Future<?> lapse(Bus bus, List<String> over) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return heardAll
        .get()
        .compose(_ ->
            Future.join(
                over.stream()
                    .map(key -> bus.ask(HoldDeadlines.lapse(key, now), context(key)))
                    .toList()));
  }

  private static Context context(String key) {
    return new Context("lapse-" + key.replace('/', '-'), null, "inventory");
  }
}
