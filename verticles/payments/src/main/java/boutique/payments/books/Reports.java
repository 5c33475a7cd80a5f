package boutique.payments.books;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the reconciler tells: of its last round, of what is not reconciled, and whether the books
 * add up. And what it is told: that somebody wants a round now.
 */
final class Reports {
  static final String COLLECTION = "reconciliation";
  static final String REPORT = "report";
  static final String WANTED = "wanted";
  private static final String COMPARED_UNTIL = "comparedUntil";

  private final Views views;

  Reports(Views views) {
    this.views = views;
  }

  /** When somebody wanted a round last; null if nobody ever has. */
  Future<@Nullable Instant> wanted() {
    return views
        .get(COLLECTION, WANTED)
        .map(wanted -> wanted == null ? null : Instant.parse(wanted.getString("at")));
  }

  /** How far it was through each book when it told that last; nothing if it never has. */
  Future<JsonObject> comparedUntil() {
    return views
        .get(COLLECTION, REPORT)
        .map(report ->
            report == null
                ? new JsonObject()
                : report.getJsonObject(COMPARED_UNTIL, new JsonObject()));
  }

  Future<Void> write(
      Round round, Foreign foreign, Elsewhere elsewhere, TrialBalance balance, Instant ended) {
    return views
        .get(COLLECTION, REPORT)
        .map(before -> round.compared ? ended.toString() : compared(before))
        .compose(compared ->
            views.write(
                List.<Change>of(
                    new Put(
                        COLLECTION,
                        REPORT,
                        report(round, foreign, elsewhere, balance, ended, compared)))));
  }

  private static @Nullable String compared(@Nullable JsonObject before) {
    return before == null ? null : before.getString("comparedAt");
  }

  /**
   * What is told of a round.
   *
   * @param compared when the books were compared last: not in a round in which nobody has answered
   */
  private static JsonObject report(
      Round round,
      Foreign foreign,
      Elsewhere elsewhere,
      TrialBalance balance,
      Instant ended,
      @Nullable String compared) {
    return new JsonObject()
        .put("startedAt", round.now.toString())
        .put("endedAt", ended.toString())
        .put("comparedAt", compared)
        .put("charges", round.charges)
        .put("payments", round.payments)
        .put("ofOtherShops", round.others)
        .put("tried", round.tried)
        .put("mended", round.mended)
        .put("vanished", round.vanished)
        .put("unanswered", round.unanswered)
        .put("waiting", round.waiting)
        .put("unlisted", round.listed.unlisted())
        .put("foreignCharges", foreign.last())
        .put("otherBooks", elsewhere.last())
        .put(COMPARED_UNTIL, round.through.comparedUntil())
        .put("found", round.found)
        .put("counted", round.counted)
        .put("closed", round.closed)
        .put("stuckPayments", round.stuck)
        .put("unreconciledAmount", new JsonObject(new TreeMap<>(round.unreconciled)))
        .put("trialBalance", new JsonObject(new TreeMap<>(balance.last())));
  }
}
