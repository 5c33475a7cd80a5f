package boutique.orders;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.orders.OrderId;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes up the steps that were begun some time ago and have not ended. The feed does that at once
 * when a process has died; this is for what the feed has given up.
 */
public final class Finishing implements Sweep.Round {
  public static final Duration EVERY = Duration.ofSeconds(5);

  /** Longer than anybody waits for an answer: what is younger may be on its way. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private static final int PAGE = 200;

  private final ViewReader unfinished;
  private final InstantSource clock;
  private final SnagBook snags;

  public Finishing(Views views, InstantSource clock) {
    this.unfinished = new ViewReader(views, Unfinished.NAME);
    this.clock = clock;
    this.snags = new SnagBook(views, clock);
  }

  @Override
  public Future<?> go(Bus bus) {
    return page(bus, null, clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .compose(_ -> snags.tidy(order -> unfinished.get(order).map(Objects::nonNull)));
  }

  private Future<Void> page(Bus bus, @Nullable String after, Instant now) {
    return unfinished
        .scan(new Page("", after, false, PAGE))
        .compose(page ->
            finish(bus, page, now)
                .compose(_ ->
                    page.size() == PAGE
                        ? page(bus, page.getLast().key(), now)
                        : Future.succeededFuture()));
  }

  /** One that cannot be taken up now keeps none of the others from it. */
  private static Future<?> finish(Bus bus, List<Entry> page, Instant now) {
    return Future.join(
            page.stream()
                .filter(one -> Unfinished.since(one.document()).isBefore(now.minus(SETTLED)))
                .map(one ->
                    bus.ask(
                        Unfinished.resume(new OrderId(one.key()), one.document(), now),
                        new Context("finishing-" + one.key(), null, "orders")))
                .toList())
        .otherwiseEmpty();
  }
}
