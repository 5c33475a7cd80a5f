package boutique.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.Context;
import boutique.language.Message;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.codec.Json;
import boutique.language.payments.PaymentCommand;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what the provider said about payments that nobody knew of. What nobody knows of after
 * days stays, for an operator to look at, and is tried no more.
 */
public final class Notices extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final String WAITING = "notices";
  private static final Duration LONG_ENOUGH = Duration.ofDays(3);
  private static final int AT_ONCE = 100;

  private final Views views;
  private final InstantSource clock;
  private final Duration pause;
  private String after = "";
  private boolean looking;

  public Notices(Views views, InstantSource clock, Duration pause) {
    this.views = views;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    vertx.setPeriodic(pause.toMillis(), _ -> look(bus));
    return Future.succeededFuture();
  }

  private void look(Bus bus) {
    if (looking) {
      return;
    }
    looking = true;
    views
        .scan(WAITING, new Page("", after.isEmpty() ? null : after, false, AT_ONCE))
        .compose(some -> tryAgain(bus, some))
        .onFailure(failure -> LOG.warn("notices wait: {}", failure.getMessage()))
        .onComplete(_ -> looking = false);
  }

  private Future<?> tryAgain(Bus bus, List<Entry> some) {
    after = some.size() < AT_ONCE ? "" : some.getLast().key();
    var recent = clock.instant().minus(LONG_ENOUGH);
    return Future.join(
        some.stream()
            .filter(
                entry -> Instant.ofEpochMilli(entry.document().getLong("since")).isAfter(recent))
            .map(entry -> tryAgain(bus, entry))
            .toList());
  }

  private Future<Void> tryAgain(Bus bus, Entry entry) {
    var json = entry.document().getString("command").getBytes(UTF_8);
    var command = (PaymentCommand) Json.decode(json, Message.class);
    return bus.ask(command, new Context("notice-" + entry.key(), null, "stripe"))
        .compose(reply ->
            isKnown(reply)
                ? views.write(List.of(new Delete(WAITING, entry.key())))
                : Future.succeededFuture());
  }

  private static boolean isKnown(Reply reply) {
    return reply instanceof Done done && done.face() != null;
  }
}
