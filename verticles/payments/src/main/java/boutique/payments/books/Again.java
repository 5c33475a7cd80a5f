package boutique.payments.books;

import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.payments.Notices;
import boutique.payments.books.Discrepancy.Kind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at what was found before: is it still so, and is it time to put it right? Only at so
 * much in a round, and for so long, and at each in its turn.
 */
final class Again {
  /** How much of a round's time the books leave to it, whatever they would like to take. */
  static final int SHARE = 2;

  /** What our own books say, of charges that only people look at. */
  private static final Set<Kind> OURS =
      EnumSet.of(
          Kind.DISPUTED,
          Kind.VERDICT_DIFFERS,
          Kind.REFUND_FAILED,
          Kind.REFUND_DENIED,
          Kind.SURPLUS_FAILED);

  private static final Logger LOG = LoggerFactory.getLogger(Again.class);

  private final Views views;
  private final Findings findings;
  private final Lines lines;
  private final Mending mending;

  /** When each was looked at; whoever starts anew begins with the oldest. */
  private final Map<String, Instant> looked = new Remembered<>(2 * Listed.MOST);

  Again(Views views, Findings findings, Lines lines, Mending mending) {
    this.views = views;
    this.findings = findings;
    this.lines = lines;
    this.mending = mending;
  }

  Future<Void> go(Bus bus, Round round) {
    var turn = round.listed.turn(looked);
    var before = round.listed.size();
    return round
        .ends(
            turn,
            found -> {
              looked.remove(found.key());
              looked.put(found.key(), round.now);
              return look(bus, round, found);
            })
        .onSuccess(many -> round.waiting = before - many)
        .mapEmpty();
  }

  private Future<Void> look(Bus bus, Round round, Entry found) {
    var document = found.document();
    if (Findings.isOf(document, Kind.NOTICE_UNHEARD)) {
      return Notices.isGivenUp(views, document.getString("about"))
          .compose(still -> still ? Future.succeededFuture() : vanished(round, found));
    }
    return round.answered(() ->
        lines
            .of(bus, Findings.payment(document), charge(document))
            .compose(line ->
                Comparing.of(line).stream()
                    .filter(one -> one.id().equals(found.key()))
                    .findFirst()
                    .map(wrong -> still(bus, round, document, wrong, line))
                    .orElseGet(() -> vanished(round, found))));
  }

  /** The one to ask the provider for; none where our own books know whether it is still so. */
  private static @Nullable String charge(JsonObject document) {
    return OURS.stream().anyMatch(kind -> Findings.isOf(document, kind))
        ? null
        : Findings.charge(document);
  }

  /** Only now is it known that what was tried has helped. */
  private Future<Void> vanished(Round round, Entry found) {
    return findings
        .vanished(found.key())
        .onSuccess(_ -> {
          round.vanished++;
          round.listed.vanished(found);
          looked.remove(found.key());
          var tries = Findings.tries(found.document());
          if (tries > 0 && Findings.mends(found.document())) {
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
            && Findings.isWorthATry(document);
    if (!mends) {
      return findings.still(document, wrong, Findings.Tried.NOT, round.now);
    }
    round.tried++;
    return mending
        .of(bus, wrong, line, round.now)
        .recover(silence -> Future.succeededFuture(round.silent(silence)))
        .map(answered -> answered ? Findings.Tried.ANSWERED : Findings.Tried.UNANSWERED)
        .compose(tried -> findings.still(document, wrong, tried, round.now));
  }
}
