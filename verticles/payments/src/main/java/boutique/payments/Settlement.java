package boutique.payments;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.payments.PaymentCommand.ResumePayment;
import boutique.language.payments.PaymentId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what nobody has brought to its end: the process that began it has died, or the provider
 * did not answer. It is in the store what that is, so a restart forgets none; each is asked for
 * ever more rarely, so a provider that is away is not stormed when it comes back.
 */
public final class Settlement extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
  private static final int AT_ONCE = 200;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_WHILE_PENDING = Duration.ofHours(1);

  private final ViewReader unsettled;
  private final InstantSource clock;
  private final Duration grace;
  private final Pauses pauses;
  private String after = "";
  private boolean looking;

  /** Everything that is unsettled for longer than a grace, in which whoever began it is at work. */
  public Settlement(Views views, InstantSource clock, Duration grace) {
    this.unsettled = new ViewReader(views, Unsettled.NAME);
    this.clock = clock;
    this.grace = grace;
    this.pauses = new Pauses(grace);
  }

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    vertx.setPeriodic(Math.max(1, grace.toMillis() / 4), _ -> look(bus));
    return Future.succeededFuture();
  }

  private void look(Bus bus) {
    if (looking) {
      return;
    }
    looking = true;
    unsettled
        .scan(new Page("", after.isEmpty() ? null : after, false, AT_ONCE))
        .compose(some -> resume(bus, some))
        .onFailure(failure -> LOG.warn("settling waits: {}", failure.getMessage()))
        .onComplete(_ -> looking = false);
  }

  private Future<?> resume(Bus bus, List<Entry> some) {
    after = some.size() < AT_ONCE ? "" : some.getLast().key();
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var due = some.stream().filter(entry -> isDue(entry, now)).toList();
    return Future.join(due.stream().map(entry -> resume(bus, entry, now)).toList());
  }

  private boolean isDue(Entry entry, Instant now) {
    var since = Instant.ofEpochMilli(entry.document().getLong("since"));
    return !now.isBefore(since.plus(grace)) && pauses.isOver(entry.key(), now);
  }

  private Future<?> resume(Bus bus, Entry entry, Instant now) {
    var key = entry.key();
    pauses.begin(key, longest(entry), now);
    var order = new PaymentId(key).order();
    return bus.ask(
        new ResumePayment(order, now), new Context("settlement-" + key, null, "payments"));
  }

  /** What is only on its way back arrives in its own time. */
  private static Duration longest(Entry entry) {
    return Unsettled.count(entry.document()) > 0 ? LONGEST_PAUSE : LONGEST_WHILE_PENDING;
  }
}
