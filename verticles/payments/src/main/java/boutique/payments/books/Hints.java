package boutique.payments.books;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Statement;
import boutique.kernel.payment.Tray;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider has said something of a charge that is not to be believed unasked. It is asked, and
 * that at once, whatever the reconciler is at; if it does not answer, it is after a while. One that
 * it never answers about keeps no other waiting: each has its turn.
 */
public final class Hints implements Sweep.Round {
  /** How often it looks whether there are any. */
  public static final Duration LOOKS = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

  private static final int AT_ONCE = 20;
  private static final Duration REST = Duration.ofSeconds(10);

  private final Views views;
  private final PaymentProvider provider;
  private final InstantSource clock;
  private final Findings findings;
  private final Lines lines;
  private final Watching watching;
  private @Nullable Instant resting;
  private final Map<String, String> after = new HashMap<>();

  public Hints(Views views, PaymentProvider provider, InstantSource clock, Duration grace) {
    this.views = views;
    this.provider = provider;
    this.clock = clock;
    this.findings = new Findings(views, grace);
    this.lines = new Lines(provider);
    this.watching = new Watching(provider);
  }

  @Override
  public Future<?> go(Bus bus) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (resting != null && now.isBefore(resting)) {
      return Future.succeededFuture();
    }
    return Future.join(Stream.of(Tray.values()).map(tray -> go(bus, tray.charges(), now)).toList());
  }

  private Future<?> go(Bus bus, String place, Instant now) {
    return views
        .scan(place, new Page("", after.get(place), false, AT_ONCE))
        .compose(some -> {
          if (some.size() < AT_ONCE) {
            after.remove(place);
          } else {
            after.put(place, some.getLast().key());
          }
          return Future.join(some.stream().map(hint -> look(bus, place, hint, now)).toList());
        });
  }

  private Future<Void> look(Bus bus, String place, Entry hint, Instant now) {
    return provider
        .entry(hint.document().getString("charge"))
        .compose(
            found -> found.map(entry -> look(bus, entry, now)).orElse(Future.succeededFuture()))
        .compose(_ -> views.write(List.of(new Delete(place, hint.key()))))
        .recover(failure -> {
          LOG.warn("a charge is asked after later: {}", failure.getMessage());
          resting = now.plus(REST);
          return Future.succeededFuture();
        });
  }

  private Future<Void> look(Bus bus, Statement.Entry entry, Instant now) {
    return lines
        .ours(bus, entry.payment())
        .compose(ours ->
            ours == null ? Future.<Void>succeededFuture() : watching.of(bus, ours, entry, now))
        .compose(_ -> lines.of(bus, entry))
        .compose(line -> note(Comparing.of(line), now));
  }

  private Future<Void> note(List<Discrepancy> found, Instant now) {
    return found.isEmpty()
        ? Future.succeededFuture()
        : findings.listed().compose(listed -> findings.note(found, listed, now));
  }
}
