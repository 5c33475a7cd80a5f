package boutique.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.kernel.Bus;
import boutique.kernel.payment.Tray;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.Context;
import boutique.language.Message;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.codec.Json;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what the provider said about payments that nobody knew of, ever more rarely. What
 * nobody knows of after days is tried no more: it is said aloud, and kept for operators, to whom
 * the reconciler shows it, for a month. The gateway lets only so many wait, and those that bear our
 * mark apart from those that may be anybody's: so nobody takes their places.
 */
public final class Notices extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final String GIVEN_UP = "notices.given-up";
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONG_ENOUGH = Duration.ofDays(3);
  private static final Duration SHOWN = Duration.ofDays(30);
  private static final int AT_ONCE = 100;
  private static final Money NOTHING = new Money(0, "");

  private final Views views;
  private final InstantSource clock;
  private final Duration pause;
  private final Pauses pauses;
  private final Map<String, String> after = new HashMap<>();
  private String shownAfter = "";
  private boolean looking;

  public Notices(Views views, InstantSource clock, Duration pause) {
    this.views = views;
    this.clock = clock;
    this.pause = pause;
    this.pauses = new Pauses(pause);
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
    waiting(bus, Tray.OURS.notices())
        .compose(_ -> waiting(bus, Tray.ANYBODYS.notices()))
        .compose(_ -> some(GIVEN_UP, shownAfter))
        .compose(this::forget)
        .onFailure(failure -> LOG.warn("notices wait: {}", failure.getMessage()))
        .onComplete(_ -> looking = false);
  }

  private Future<?> waiting(Bus bus, String place) {
    return some(place, after.getOrDefault(place, "")).compose(some -> tryAgain(bus, place, some));
  }

  private Future<List<Entry>> some(String collection, String behind) {
    return views.scan(collection, new Page("", behind.isEmpty() ? null : behind, false, AT_ONCE));
  }

  /** The last key of a full page; from the beginning after the last page. */
  private static String end(List<Entry> some) {
    return some.size() < AT_ONCE ? "" : some.getLast().key();
  }

  /**
   * What nobody has known of for days.
   *
   * @param payment what the provider says it was for
   */
  public record GivenUp(String id, String payment, Money amount) {}

  /** The first hundred: one who sees so many looks for what they have in common. */
  public static Future<List<GivenUp>> givenUp(Views views) {
    return views
        .scan(GIVEN_UP, Page.first("", AT_ONCE))
        .map(all -> all.stream().map(Notices::givenUp).toList());
  }

  /** Whether it is still among them. */
  public static Future<Boolean> isGivenUp(Views views, String id) {
    return views.get(GIVEN_UP, id).map(Objects::nonNull);
  }

  private static GivenUp givenUp(Entry entry) {
    var command = command(entry.document());
    return new GivenUp(entry.key(), command.order().value(), amount(command));
  }

  private static Money amount(PaymentCommand command) {
    return command instanceof RecordOutcome told ? amount(told.outcome()) : NOTHING;
  }

  private static Money amount(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Challenge(var _, var amount, var _) -> amount;
      case Outcome.Held(var _, var amount, var _) -> amount;
      case Outcome.Taken(var _, var amount, var _) -> amount;
      case Outcome.Denied _, Outcome.Voided _ -> NOTHING;
    };
  }

  private Future<?> tryAgain(Bus bus, String place, List<Entry> some) {
    after.put(place, end(some));
    var now = clock.instant();
    return Future.join(some.stream().map(entry -> tryAgain(bus, place, entry, now)).toList());
  }

  private Future<Void> tryAgain(Bus bus, String place, Entry entry, Instant now) {
    if (!since(entry).isAfter(now.minus(LONG_ENOUGH))) {
      return giveUp(place, entry);
    }
    if (!pauses.isOver(entry.key(), now)) {
      return Future.succeededFuture();
    }
    pauses.begin(entry.key(), LONGEST_PAUSE, now);
    return tryAgain(bus, place, entry);
  }

  private Future<Void> forget(List<Entry> some) {
    shownAfter = end(some);
    var old = clock.instant().minus(LONG_ENOUGH).minus(SHOWN);
    return views.write(
        some.stream()
            .filter(entry -> since(entry).isBefore(old))
            .<Change>map(entry -> new Delete(GIVEN_UP, entry.key()))
            .toList());
  }

  private static Instant since(Entry entry) {
    return Instant.ofEpochMilli(entry.document().getLong("since"));
  }

  /** It is put where operators see it, and said aloud, once. */
  private Future<Void> giveUp(String place, Entry entry) {
    LOG.error(
        "the provider says {} about a payment that nobody knows, and that is given up: {}",
        entry.key(),
        entry.document().getString("command"));
    return views.write(
        List.of(new Put(GIVEN_UP, entry.key(), entry.document()), new Delete(place, entry.key())));
  }

  private Future<Void> tryAgain(Bus bus, String place, Entry entry) {
    return bus.ask(command(entry.document()), new Context("notice-" + entry.key(), null, "stripe"))
        .compose(reply ->
            isKnown(reply)
                ? views.write(List.of(new Delete(place, entry.key())))
                : Future.succeededFuture());
  }

  private static PaymentCommand command(JsonObject document) {
    return (PaymentCommand)
        Json.decode(document.getString("command").getBytes(UTF_8), Message.class);
  }

  private static boolean isKnown(Reply reply) {
    return reply instanceof Done done && done.face() != null;
  }
}
