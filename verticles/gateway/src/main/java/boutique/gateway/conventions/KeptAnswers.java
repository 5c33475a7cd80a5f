package boutique.gateway.conventions;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who has asked for what under which key, and what they were answered: one collection a day, which
 * is dropped as a whole when the next day is over. So a key counts for a day at least, and to
 * forget costs the same however much there is.
 */
public final class KeptAnswers {
  private static final String COLLECTION = "answers.";
  private static final String SWEPT = "answers";
  private static final Duration AROUND_MIDNIGHT = Duration.ofMinutes(1);
  private static final int MOST_DAYS = 1_000;

  private final String process = UUID.randomUUID().toString();
  private final Views views;
  private final InstantSource clock;

  KeptAnswers(Views views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  /**
   * What is known of a key.
   *
   * @param since when it was first used, which is a part of the ids that come from it
   * @param by the process that works on it; null when nobody does
   * @param sealed the answer, for whoever knows the key itself; null while there is none
   */
  public record Known(
      long day,
      String name,
      String request,
      Instant since,
      @Nullable String by,
      @Nullable String sealed) {

    private JsonObject document() {
      return new JsonObject()
          .put("request", request)
          .put("since", since.toEpochMilli())
          .put("by", by)
          .put("sealed", sealed);
    }

    private static Known of(long day, String name, JsonObject document) {
      return new Known(
          day,
          name,
          document.getString("request"),
          Instant.ofEpochMilli(document.getLong("since")),
          document.getString("by"),
          document.getString("sealed"));
    }
  }

  /**
   * Takes the key for a request.
   *
   * @param mine what is known of it from now on
   * @param first whether nobody has had it before
   */
  record Claim(Known mine, boolean first) {}

  /**
   * Takes a key, or finds who has. Around midnight two might take it on two days: then both see
   * that, and neither has it.
   */
  Future<Claim> claim(Fingerprint print, boolean working) {
    var now = clock.instant();
    var today = day(now);
    var mine = new Known(today, print.name(), print.request(), now, working ? process : null, null);
    return on(today - 1, print.name())
        .compose(before ->
            before != null
                ? Future.succeededFuture(new Claim(before, false))
                : views
                    .claim(new Put(COLLECTION + today, print.name(), mine.document()))
                    .compose(there ->
                        there == null
                            ? alone(mine, now)
                            : Future.succeededFuture(
                                new Claim(Known.of(today, print.name(), there), false))));
  }

  boolean isOurs(Known known) {
    return process.equals(known.by());
  }

  Future<Void> keep(Known known, String sealed) {
    return put(new Known(known.day(), known.name(), known.request(), known.since(), null, sealed));
  }

  /** Whoever comes next may try. What the key stands for stays. */
  Future<Void> release(Known known) {
    return put(new Known(known.day(), known.name(), known.request(), known.since(), null, null));
  }

  /** Drops the days that are over, those of a long sleep included. */
  Future<Void> sweep() {
    var last = day(clock.instant()) - 2;
    return views
        .get(SWEPT, "next")
        .compose(next -> {
          var from = next == null ? last : Math.max(next.getLong("day"), last - MOST_DAYS);
          return from > last ? Future.succeededFuture() : drop(from, last);
        });
  }

  private Future<Void> drop(long day, long last) {
    return views
        .drop(COLLECTION + day)
        .compose(
            _ -> views.write(List.of(new Put(SWEPT, "next", new JsonObject().put("day", day + 1)))))
        .compose(_ -> day < last ? drop(day + 1, last) : Future.succeededFuture());
  }

  private Future<Claim> alone(Known mine, Instant now) {
    var other =
        day(now.minus(AROUND_MIDNIGHT)) != mine.day()
            ? mine.day() - 1
            : day(now.plus(AROUND_MIDNIGHT));
    if (other == mine.day()) {
      return Future.succeededFuture(new Claim(mine, true));
    }
    return on(other, mine.name())
        .compose(twin ->
            twin == null
                ? Future.succeededFuture(new Claim(mine, true))
                : views
                    .write(List.of(new Delete(COLLECTION + mine.day(), mine.name())))
                    .compose(_ -> Future.failedFuture(Idempotency.inProgress())));
  }

  private Future<@Nullable Known> on(long day, String name) {
    return views
        .get(COLLECTION + day, name)
        .map(document -> document == null ? null : Known.of(day, name, document));
  }

  private Future<Void> put(Known known) {
    return views.write(List.of(new Put(COLLECTION + known.day(), known.name(), known.document())));
  }

  private static long day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay();
  }
}
