package boutique.payments.books;

import boutique.kernel.Bus;
import boutique.kernel.payment.PaymentProvider;
import boutique.kernel.payment.Sheet;
import boutique.kernel.payment.Statement;
import boutique.kernel.payment.Statement.Back;
import boutique.kernel.payment.Statement.Disputed;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.sweep.Sweep;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import boutique.language.orders.OrderFace;
import boutique.language.payments.PaymentFace;
import boutique.payments.Notices;
import boutique.payments.PaymentList;
import boutique.payments.Unsettled;
import boutique.payments.books.Discrepancy.Kind;
import boutique.payments.books.Passage.Through;
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
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the books of the provider, of the payments and of the orders, line by line: at its time,
 * and when somebody wants it. What it finds counts when it is still so after a grace; what the
 * rooms' own commands put right it has put right by them; the rest is a list for operators.
 *
 * <p>A round is bounded in things and in time: it is over when the next one is due. That one goes
 * on where it has ended, in each book for itself: first what nobody knows the outcome of, for which
 * no provider's books are needed; then the provider's, from which a charge is missing here, or what
 * has become of one lately; then ours, from which one is missing there; and at last, with all the
 * time that is left, what was found before. Only what is younger than a few days is compared, what
 * is in question for longer is asked after once a day, and everything that was found until it is
 * gone. How far it is through each book is in its report, and taken from there by whoever begins
 * anew.
 */
public final class Reconciler implements Sweep.Round {
  /** How often it looks whether it is time, or somebody wants it to be. */
  public static final Duration LOOKS = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int MOST_AGREED = 50_000;

  /** How a payment stands that has no money any more. */
  private static final Set<String> LET_GO = Set.of("cancelled", "failed");

  private final ViewReader payments;
  private final ViewReader unsettled;
  private final Views views;
  private final PaymentProvider provider;
  private final InstantSource clock;
  private final Duration every;
  private final Duration grace;
  private final Reports reports;
  private final TrialBalance balance = new TrialBalance();
  private final Foreign foreign = new Foreign();
  private final Elsewhere elsewhere;
  private final Findings findings;
  private final Lines lines;
  private final Again again;
  private final Watching watching;
  private final Lately<Back> returns;
  private final Lately<Disputed> disputes;

  /** What has agreed and is at rest, as the provider has it: looked at again when that changes. */
  private final Map<String, Statement.Entry> agreed = new Remembered<>(MOST_AGREED);

  /** At which version a payment without money was seen whose order does not wait for any. */
  private final Map<String, Long> atRest = new Remembered<>(MOST_AGREED);

  private final Passages passages = new Passages();
  private @Nullable Instant last;

  /** How many lines of other shops' there were in the sheets of this round. */
  private int others;

  /**
   * A reconciler that compares again after {@code every}, and takes no longer for a round.
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
    this.elsewhere = new Elsewhere(provider);
    this.lines = new Lines(provider);
    this.watching = new Watching(provider);
    this.again = new Again(views, findings, lines, new Mending(provider, watching));
    this.returns =
        new Lately<>((from, after) -> provider.returns(from, after).onSuccess(this::others));
    this.disputes =
        new Lately<>((from, after) -> provider.disputes(from, after).onSuccess(this::others));
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
      others = 0;
      var time = new Allotment(clock, every, Book.shares() + Again.SHARE);
      return findings
          .listed()
          .compose(listed -> round(bus, new Round(now, time, listed, passages)));
    });
  }

  private Future<Void> round(Bus bus, Round round) {
    return books(bus, round)
        .compose(_ -> again.go(bus, round))
        .compose(_ -> findings.standing())
        .compose(standing -> {
          standing.open().forEach(one -> round.count(one.document()));
          round.closed = standing.closed();
          round.others += others;
          return reports.write(round, foreign, elsewhere, balance, clock.instant());
        });
  }

  /** A book that cannot be read keeps nothing that was found from being looked at. */
  private Future<Void> books(Bus bus, Round round) {
    return round
        .goes(Book.UNSETTLED, from -> unsettled(bus, round, from))
        .compose(_ -> notices(round))
        .compose(_ -> round.goes(Book.CHARGES, from -> charges(bus, round, from)))
        .compose(_ -> lately(bus, round))
        .compose(_ -> round.goes(Book.PAYMENTS, from -> young(bus, round, from)))
        .compose(_ -> round.goes(Book.ALL_PAYMENTS, from -> all(bus, round, from)))
        .onSuccess(_ -> round.compared = true)
        .recover(failure -> {
          LOG.warn("the books are compared further in the next round: {}", failure.getMessage());
          round.unanswered++;
          return Future.succeededFuture();
        });
  }

  private void others(Sheet<?> sheet) {
    others += sheet.others();
  }

  /** What was given back, or did not arrive: by whomever it was begun, and whenever charged. */
  private Future<Boolean> returned(Bus bus, Round round, Back back) {
    return round.looked(() ->
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
    return round.looked(() ->
        lines
            .ours(bus, disputed.payment())
            .compose(ours -> {
              if (ours == null || Watching.agrees(ours, disputed)) {
                return nothing();
              }
              round.asks(Book.DISPUTES);
              return watching
                  .of(bus, ours, disputed.charge(), round.now)
                  .compose(_ -> lines.of(bus, disputed.payment(), null))
                  .compose(line -> note(round, line));
            }));
  }

  private static Future<Void> nothing() {
    return Future.succeededFuture();
  }

  private Future<Optional<String>> charges(Bus bus, Round round, Through from) {
    if (from.isFirst()) {
      balance.theirsBegin(round.now.minus(grace));
      foreign.begin();
    }
    return provider
        .statement(from.since(), from.after())
        .compose(page -> {
          var entries = page.entries();
          return round
              .some(entries, entry -> compare(bus, round, entry))
              .map(compared -> {
                round.charges += compared;
                entries.subList(0, compared).forEach(balance::theirs);
                if (compared < entries.size()) {
                  return Optional.of(entries.get(compared - 1).reference());
                }
                round.unanswered += page.unread();
                round.others += page.others();
                if (page.more()) {
                  return Optional.of(page.end());
                }
                balance.theirsEnd();
                foreign.end();
                return Optional.empty();
              });
        });
  }

  private Future<Void> compare(Bus bus, Round round, Statement.Entry entry) {
    return entry.equals(agreed.get(entry.reference()))
        ? Future.succeededFuture()
        : round.answered(() ->
            lines
                .of(bus, entry)
                .compose(line -> {
                  var found = Comparing.of(line);
                  foreign.add(found);
                  return note(round, line, found);
                }));
  }

  private Future<Void> note(Round round, Line line) {
    return note(round, line, Comparing.of(line));
  }

  private Future<Void> note(Round round, Line line, List<Discrepancy> found) {
    if (found.isEmpty() && line.isAtRest() && line.theirs() instanceof Line.Theirs.Has(var entry)) {
      agreed.put(entry.reference(), entry);
    }
    return findings.note(found, round.listed, round.now);
  }

  private Future<Optional<String>> unsettled(Bus bus, Round round, Through from) {
    return page(
        round,
        unsettled,
        from.after(),
        one ->
            round.answered(
                () -> lines.of(bus, one.key(), null).compose(line -> note(round, line))));
  }

  /** What of this the provider does not show, perhaps never, keeps nothing else from being read. */
  private Future<Void> lately(Bus bus, Round round) {
    return read(
            round,
            Book.RETURNS,
            from -> returns.page(round, from, back -> returned(bus, round, back)))
        .compose(_ ->
            read(
                round,
                Book.DISPUTES,
                from -> disputes.page(round, from, one -> disputed(bus, round, one))));
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
        round,
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
      elsewhere.begin();
    }
    var young = PaymentList.before(round.horizon());
    return page(
            round,
            payments,
            from.after(),
            one -> {
              elsewhere.add(one.document());
              var compared = elsewhere.has(one.document()) ? Instant.MAX : from.since();
              var wanted = balance.ours(one.key(), one.document(), compared);
              if (!wanted && one.key().compareTo(young) > 0) {
                return nothing();
              }
              return compare(bus, round, Book.ALL_PAYMENTS, from, one, wanted);
            })
        .onSuccess(next -> {
          if (next.isEmpty()) {
            balance.oursEnd();
            elsewhere.end();
          }
        });
  }

  private Future<Void> compare(
      Bus bus, Round round, Book book, Through from, Entry payment, boolean wanted) {
    var document = payment.document();
    var asked = !elsewhere.has(document);
    if (asked && watching.isDue(payment, round.now)) {
      round.asks(book);
      return round.answered(() -> watched(bus, round, payment, wanted));
    }
    var old = Instant.parse(document.getString("at")).isBefore(from.since());
    if (!asked) {
      return old && !Elsewhere.isHeld(document) ? nothing() : withOrder(bus, round, payment);
    }
    if (!old && LET_GO.contains(document.getString("status"))) {
      return letGo(bus, round, payment);
    }
    if (old || !document.getString("status").equals("paid")) {
      return nothing();
    }
    var reference = document.getString("reference");
    if (reference.equals(PaymentFace.FREE)) {
      return withOrder(bus, round, payment);
    }
    var known = agreed.get(reference);
    if (known != null && agrees(document, known)) {
      if (wanted) {
        balance.found(known);
      }
      return nothing();
    }
    round.asks(book);
    return round.answered(() ->
        lines
            .of(bus, payment.key(), reference)
            .onComplete(line -> balance(wanted, line))
            .compose(line -> note(round, line)));
  }

  /** Only against its order: there is nobody to ask. */
  private Future<Void> withOrder(Bus bus, Round round, Entry payment) {
    return round.answered(
        () -> lines.of(bus, payment.key(), null).compose(line -> note(round, line)));
  }

  /** Its order may still wait for what is held no more; one that is over waits for nothing. */
  private Future<Void> letGo(Bus bus, Round round, Entry payment) {
    var version = payment.document().getLong("version");
    return version.equals(atRest.get(payment.key()))
        ? nothing()
        : round.answered(() ->
            lines
                .of(bus, payment.key(), null)
                .compose(line -> {
                  if (line.order() == null || !line.order().status().equals(OrderFace.CREATED)) {
                    atRest.put(payment.key(), version);
                  }
                  return note(round, line);
                }));
  }

  /** A page of ours, as far as there is time, and where it goes on. */
  private static Future<Optional<String>> page(
      Round round, ViewReader list, String after, Function<Entry, Future<Void>> work) {
    return list.scan(new Page("", after.isEmpty() ? null : after, false, Book.PAGE))
        .compose(page ->
            round
                .some(page, work)
                .map(done ->
                    done < Book.PAGE && done == page.size()
                        ? Optional.empty()
                        : Optional.of(page.get(done - 1).key())));
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
        .compose(all ->
            findings.note(all.stream().map(Reconciler::unheard).toList(), round.listed, round.now));
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
}
