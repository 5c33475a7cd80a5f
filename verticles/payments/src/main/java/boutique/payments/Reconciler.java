package boutique.payments;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Statement;
import boutique.kernel.payment.Statement.Back;
import boutique.kernel.payment.Statement.Disputed;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import boutique.language.payments.PaymentFace;
import boutique.payments.Discrepancy.Kind;
import boutique.payments.Passage.Through;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the books of the provider, of the payments and of the orders, line by line: at its time,
 * and when somebody wants it. What it finds counts when it is still so after a grace; what the
 * rooms' own commands put right it has put right by them; the rest is a list for operators.
 *
 * <p>A round is bounded, and the next one goes on where it has ended, in each book for itself:
 * first what was found before and what nobody knows the outcome of, for which no provider's books
 * are needed; then the provider's, from which a charge is missing here, or what has become of one
 * lately; then ours, from which one is missing there. Only what is younger than a few days is
 * compared, what is in question for longer is asked after once a day, and everything that was found
 * until it is gone. How far it is through each book is in its report, and taken from there by
 * whoever begins anew.
 */
public final class Reconciler implements Sweep.Round {
  /** How often it looks whether it is time, or somebody wants it to be. */
  public static final Duration LOOKS = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int MOST_FOUND = 5_000;
  private static final int MOST_TRIED = 200;
  private static final int MOST_AGREED = 50_000;

  private final ViewReader payments;
  private final ViewReader unsettled;
  private final Views views;
  private final PaymentProvider provider;
  private final InstantSource clock;
  private final Duration every;
  private final Duration grace;
  private final Reports reports;
  private final TrialBalance balance = new TrialBalance();
  private final Findings findings;
  private final Lines lines;
  private final Mending mending;
  private final Watching watching;
  private final Lately<Back> returns;
  private final Lately<Disputed> disputes;

  /** What has agreed and is at rest, as the provider has it: looked at again when that changes. */
  private final Map<String, Statement.Entry> agreed = new Remembered<>(MOST_AGREED);

  private final Passages passages = new Passages();
  private @Nullable Instant last;

  /**
   * A reconciler that compares again after {@code every}.
   *
   * @param grace how long something may be otherwise until it counts
   */
  public Reconciler(
      Views views, PaymentProvider provider, InstantSource clock, Duration every, Duration grace) {
    this.views = views;
    this.payments = new ViewReader(views, PaymentList.NAME);
    this.unsettled = new ViewReader(views, Unsettled.NAME);
    this.provider = provider;
    this.clock = clock;
    this.every = every;
    this.grace = grace;
    this.reports = new Reports(views);
    this.findings = new Findings(views, grace);
    this.lines = new Lines(provider);
    this.watching = new Watching(provider);
    this.mending = new Mending(provider, watching);
    this.returns = new Lately<>(provider::returns);
    this.disputes = new Lately<>(provider::disputes);
  }

  @Override
  public Future<?> go(Bus bus) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var before = last;
    if (before == null || !now.isBefore(before.plus(every))) {
      return round(bus, now);
    }
    return reports
        .wanted()
        .compose(wanted ->
            wanted != null && !wanted.isBefore(before)
                ? round(bus, now)
                : Future.succeededFuture());
  }

  private Future<?> round(Bus bus, Instant now) {
    var resumed =
        last == null
            ? reports.comparedUntil().onSuccess(passages::resume)
            : Future.succeededFuture();
    return resumed.compose(_ -> {
      last = now;
      return round(bus, new Round(now, passages));
    });
  }

  private Future<Void> round(Bus bus, Round round) {
    return again(bus, round, null)
        .compose(_ -> round.goes(Book.UNSETTLED, from -> unsettled(bus, round, from)))
        .compose(_ -> notices(round))
        .compose(_ -> round.goes(Book.CHARGES, from -> charges(bus, round, from)))
        .compose(_ -> lately(bus, round))
        .compose(_ -> round.goes(Book.PAYMENTS, from -> young(bus, round, from)))
        .compose(_ -> round.goes(Book.ALL_PAYMENTS, from -> all(bus, round, from)))
        .recover(failure -> {
          LOG.warn("the books are compared further in the next round: {}", failure.getMessage());
          round.unanswered++;
          return Future.succeededFuture();
        })
        .compose(_ -> count(round, null))
        .compose(_ -> reports.write(round, balance, clock.instant()));
  }

  /** What was given back, or did not arrive: by whomever it was begun, and whenever charged. */
  private Future<Boolean> returned(Bus bus, Round round, Back back) {
    return looked(
        round,
        () ->
            lines
                .ours(bus, back.payment())
                .compose(ours -> {
                  if (ours == null || Watching.agrees(ours, back)) {
                    return nothing();
                  }
                  round.asks(Book.RETURNS);
                  return lines
                      .of(bus, back.payment(), back.charge())
                      .compose(line -> differs(bus, round, ours, line));
                }));
  }

  /** Sums that agree may hide two things that do not: then it is written what the provider says. */
  private Future<Void> differs(Bus bus, Round round, PaymentFace ours, Line line) {
    var sums =
        Comparing.of(line).stream()
            .map(Discrepancy::kind)
            .anyMatch(kind -> kind == Kind.REFUND_UNRECORDED || kind == Kind.REFUND_MISSING);
    return sums ? note(round, line) : watching.of(bus, ours, round.now);
  }

  private Future<Boolean> disputed(Bus bus, Round round, Disputed disputed) {
    return looked(
        round,
        () ->
            lines
                .ours(bus, disputed.payment())
                .compose(ours -> {
                  if (ours == null || Watching.agrees(ours, disputed)) {
                    return nothing();
                  }
                  round.asks(Book.DISPUTES);
                  return watching
                      .of(bus, ours, round.now)
                      .compose(_ -> lines.of(bus, disputed.payment(), null))
                      .compose(line -> note(round, line));
                }));
  }

  private static Future<Void> nothing() {
    return Future.succeededFuture();
  }

  /** What was found before: is it still so, and is it time to put it right? */
  private Future<Void> again(Bus bus, Round round, @Nullable String after) {
    return findings
        .page(after, Book.PAGE)
        .compose(some ->
            each(some, found -> look(bus, round, found))
                .compose(_ ->
                    some.size() == Book.PAGE
                        ? again(bus, round, some.getLast().key())
                        : Future.succeededFuture()));
  }

  private Future<Void> look(Bus bus, Round round, Entry found) {
    var document = found.document();
    if (Findings.isOf(document, Kind.NOTICE_UNHEARD)) {
      return Notices.isGivenUp(views, document.getString("about"))
          .compose(still -> still ? Future.succeededFuture() : vanished(round, found));
    }
    return answered(
        round,
        () ->
            lines
                .of(bus, Findings.payment(document), Findings.charge(document))
                .compose(line ->
                    Comparing.of(line).stream()
                        .filter(one -> one.id().equals(found.key()))
                        .findFirst()
                        .map(wrong -> still(bus, round, document, wrong, line))
                        .orElseGet(() -> vanished(round, found))));
  }

  /** Only now is it known that what was tried has helped. */
  private Future<Void> vanished(Round round, Entry found) {
    return findings
        .vanished(found.key())
        .onSuccess(_ -> {
          round.vanished++;
          var tries = Findings.tries(found.document());
          if (tries > 0) {
            round.mended++;
            LOG.info("{} is put right, at try {}", found.key(), tries);
          }
        });
  }

  private Future<Void> still(
      Bus bus, Round round, JsonObject document, Discrepancy wrong, Line line) {
    var mends =
        wrong.kind().mends
            && findings.counts(document, round.now)
            && Findings.isWorthATry(document)
            && round.tried < MOST_TRIED;
    if (!mends) {
      return findings.still(document, wrong, false, round.now);
    }
    round.tried++;
    return mending
        .of(bus, wrong, line, round.now)
        .compose(_ -> findings.still(document, wrong, true, round.now));
  }

  private Future<Optional<String>> charges(Bus bus, Round round, Through from) {
    if (from.isFirst()) {
      balance.theirsBegin(round.now.minus(grace));
    }
    return provider
        .statement(from.since(), from.after())
        .compose(page ->
            each(page.entries(), entry -> compare(bus, round, entry))
                .map(_ -> {
                  round.charges += page.entries().size();
                  page.entries().forEach(balance::theirs);
                  if (page.more()) {
                    return Optional.of(page.end());
                  }
                  balance.theirsEnd();
                  return Optional.empty();
                }));
  }

  private Future<Void> compare(Bus bus, Round round, Statement.Entry entry) {
    return entry.equals(agreed.get(entry.reference()))
        ? Future.succeededFuture()
        : answered(round, () -> lines.of(bus, entry).compose(line -> note(round, line)));
  }

  private Future<Void> note(Round round, Line line) {
    var found = Comparing.of(line);
    if (found.isEmpty() && line.isAtRest() && line.theirs() instanceof Line.Theirs.Has(var entry)) {
      agreed.put(entry.reference(), entry);
    }
    return round.found + found.size() > MOST_FOUND
        ? Future.succeededFuture()
        : findings.note(found, round.now);
  }

  private Future<Optional<String>> unsettled(Bus bus, Round round, Through from) {
    return page(
        unsettled,
        from.after(),
        one ->
            answered(
                round, () -> lines.of(bus, one.key(), null).compose(line -> note(round, line))));
  }

  /** What of this the provider does not show, perhaps never, keeps nothing else from being read. */
  private Future<Void> lately(Bus bus, Round round) {
    return read(round, Book.RETURNS, from -> returns.page(from, back -> returned(bus, round, back)))
        .compose(_ ->
            read(
                round,
                Book.DISPUTES,
                from -> disputes.page(from, one -> disputed(bus, round, one))));
  }

  private static Future<Void> read(
      Round round, Book book, Function<Through, Future<Optional<String>>> page) {
    return round
        .goes(book, page)
        .recover(failure -> {
          LOG.warn("what has changed lately is read in the next round: {}", failure.getMessage());
          round.unanswered++;
          return Future.succeededFuture();
        });
  }

  /** They are behind the old ones, which nobody has to go through first. */
  private Future<Optional<String>> young(Bus bus, Round round, Through from) {
    var after = from.isFirst() ? PaymentList.before(from.since()) : from.after();
    return page(
        payments,
        after,
        one -> {
          round.payments++;
          return compare(bus, round, Book.PAYMENTS, from, one, false);
        });
  }

  /** What was compared as young is only added up here. */
  private Future<Optional<String>> all(Bus bus, Round round, Through from) {
    if (from.isFirst()) {
      balance.oursBegin();
    }
    var young = PaymentList.before(round.horizon());
    return page(
            payments,
            from.after(),
            one -> {
              var wanted = balance.ours(one.key(), one.document(), from.since());
              if (!wanted && one.key().compareTo(young) > 0) {
                return nothing();
              }
              return compare(bus, round, Book.ALL_PAYMENTS, from, one, wanted);
            })
        .onSuccess(next -> {
          if (next.isEmpty()) {
            balance.oursEnd();
          }
        });
  }

  private Future<Void> compare(
      Bus bus, Round round, Book book, Through from, Entry payment, boolean wanted) {
    var document = payment.document();
    if (watching.isDue(payment, round.now)) {
      round.asks(book);
      return answered(round, () -> watched(bus, round, payment, wanted));
    }
    if (!document.getString("status").equals("paid")
        || Instant.parse(document.getString("at")).isBefore(from.since())) {
      return nothing();
    }
    var reference = document.getString("reference");
    if (reference.equals(Asking.FREE)) {
      return answered(
          round, () -> lines.of(bus, payment.key(), null).compose(line -> note(round, line)));
    }
    var known = agreed.get(reference);
    if (known != null && agrees(document, known)) {
      if (wanted) {
        balance.found(known);
      }
      return nothing();
    }
    round.asks(book);
    return answered(
        round,
        () ->
            lines
                .of(bus, payment.key(), reference)
                .onComplete(line -> balance(wanted, line))
                .compose(line -> note(round, line)));
  }

  /** A page of ours, and where the next one begins. */
  private static Future<Optional<String>> page(
      ViewReader list, String after, Function<Entry, Future<Void>> work) {
    return list.scan(new Page("", after.isEmpty() ? null : after, false, Book.PAGE))
        .compose(some ->
            each(some, work)
                .map(_ ->
                    some.size() == Book.PAGE
                        ? Optional.of(some.getLast().key())
                        : Optional.empty()));
  }

  private void balance(boolean wanted, AsyncResult<Line> line) {
    if (wanted && line.failed()) {
      balance.lost();
    } else if (wanted && line.result().theirs() instanceof Line.Theirs.Has(var entry)) {
      balance.found(entry);
    }
  }

  private Future<Void> watched(Bus bus, Round round, Entry payment, boolean wanted) {
    return lines
        .ours(bus, payment.key())
        .compose(ours -> ours == null ? nothing() : watching.of(bus, ours, round.now))
        .compose(_ -> lines.of(bus, payment.key(), payment.document().getString("reference")))
        .onComplete(line -> balance(wanted, line))
        .compose(line -> note(round, line))
        .onSuccess(_ -> watching.asked(payment, round.now));
  }

  private static boolean agrees(JsonObject document, Statement.Entry entry) {
    return entry.taken().minor() == document.getLong("taken")
        && entry.returned().minor() == document.getLong("returned", 0L);
  }

  private Future<Void> notices(Round round) {
    return Notices.givenUp(views)
        .compose(all -> findings.note(all.stream().map(Reconciler::unheard).toList(), round.now));
  }

  private static Discrepancy unheard(Notices.GivenUp notice) {
    var nothing = notice.amount();
    return new Discrepancy(
        Kind.NOTICE_UNHEARD,
        notice.payment(),
        notice.id(),
        null,
        new Money(0, nothing.currency()),
        nothing,
        nothing);
  }

  /** What counts now. */
  private Future<Void> count(Round round, @Nullable String after) {
    return findings
        .page(after, Book.PAGE)
        .compose(some -> {
          some.forEach(one -> round.count(one.document()));
          return some.size() == Book.PAGE
              ? count(round, some.getLast().key())
              : Future.succeededFuture();
        });
  }

  /** One after the other: it has time, and buyers have none. */
  private static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> work) {
    var done = Future.<Void>succeededFuture();
    for (var one : all) {
      done = done.compose(_ -> work.apply(one));
    }
    return done;
  }

  private static Future<Boolean> looked(Round round, Supplier<Future<Void>> work) {
    var before = round.unanswered;
    return answered(round, work).map(_ -> round.unanswered == before);
  }

  /** Who does not answer about one thing keeps no other from being looked at. */
  private static Future<Void> answered(Round round, Supplier<Future<Void>> work) {
    return work.get()
        .recover(failure -> {
          LOG.debug("asked again in the next round", failure);
          round.unanswered++;
          return Future.succeededFuture();
        });
  }
}
