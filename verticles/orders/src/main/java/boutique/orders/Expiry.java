package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.orders.OrderCommand.ExpireOrder;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls off what was not paid in time. The deadlines are in the store, so a restart forgets none;
 * whether it really is too late, the order itself decides.
 */
public final class Expiry extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
  private static final long LOOK_MILLIS = 250;
  private static final int AT_ONCE = 500;

  private final ViewReader deadlines;
  private final InstantSource clock;
  private boolean looking;

  public Expiry(Views views, InstantSource clock) {
    this.deadlines = new ViewReader(views, Deadlines.NAME);
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    vertx.setPeriodic(LOOK_MILLIS, _ -> look(bus));
    return Future.succeededFuture();
  }

  private void look(Bus bus) {
    if (looking) {
      return;
    }
    looking = true;
    deadlines
        .scan(Page.first("", AT_ONCE))
        .compose(nearest -> expire(bus, nearest))
        .onFailure(failure -> LOG.warn("expiry waits: {}", failure.getMessage()))
        .onComplete(_ -> looking = false);
  }

  private Future<?> expire(Bus bus, List<Entry> nearest) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var over =
        nearest.stream()
            .map(Entry::key)
            .filter(key -> !Deadlines.deadline(key).isAfter(now))
            .map(Deadlines::order)
            .map(order ->
                bus.ask(
                    new ExpireOrder(order, now),
                    new Context("expiry-" + order.value(), null, "orders")))
            .toList();
    return Future.join(over);
  }
}
