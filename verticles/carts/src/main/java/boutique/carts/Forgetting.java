package boutique.carts;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.carts.CartCommand.ForgetCart;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forgets the carts of guests who have not come back. It looks at those that were opened so long
 * ago, a page at a time; whether one was used since, the cart itself decides.
 */
public final class Forgetting implements Sweep.Round {
  private static final int AT_ONCE = 200;

  private final ViewReader carts;
  private final InstantSource clock;
  private final Duration unused;

  /**
   * Looks for carts of guests.
   *
   * @param unused how long a cart is kept that nobody changes
   */
  public Forgetting(Views views, InstantSource clock, Duration unused) {
    this.carts = new ViewReader(views, GuestCarts.NAME);
    this.clock = clock;
    this.unused = unused;
  }

  @Override
  public Future<?> go(Bus bus) {
    return page(bus, null, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private Future<?> page(Bus bus, @Nullable String after, Instant now) {
    return carts
        .scan(new Page("", after, false, AT_ONCE))
        .compose(page -> forget(bus, page, now).map(page))
        .compose(page ->
            page.size() == AT_ONCE && isOld(page.getLast(), now)
                ? page(bus, page.getLast().key(), now)
                : Future.succeededFuture());
  }

  private Future<?> forget(Bus bus, List<Entry> page, Instant now) {
    var since = now.minus(unused);
    return Future.join(
        page.stream()
            .filter(entry -> !GuestCarts.used(entry.document()).isAfter(since))
            .map(entry -> GuestCarts.cart(entry.key()))
            .map(cart ->
                bus.ask(
                    new ForgetCart(cart, since, now),
                    new Context("forgetting-" + cart.value(), null, "carts")))
            .toList());
  }

  private boolean isOld(Entry entry, Instant now) {
    return !GuestCarts.opened(entry.key()).isAfter(now.minus(unused));
  }
}
