package boutique.payments;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private final Views views;

  /** What is in each account, by currency: as far as it has come, and when it was last through. */
  private Map<String, JsonObject> adding = new TreeMap<>();

  private Map<String, JsonObject> balance = Map.of();

  Reports(Views views) {
    this.views = views;
  }

  /** When somebody wanted a round last; null if nobody ever has. */
  Future<@Nullable Instant> wanted() {
    return views
        .get(COLLECTION, WANTED)
        .map(wanted -> wanted == null ? null : Instant.parse(wanted.getString("at")));
  }

  /** From here on the accounts of every payment are added up. */
  void begin() {
    adding = new TreeMap<>();
  }

  void add(JsonObject payment) {
    var currency = payment.getString("currency");
    var sums = adding.computeIfAbsent(currency, _ -> empty());
    var accounts = payment.getJsonObject("accounts");
    for (var account : Posting.Account.values()) {
      var name = name(account);
      sums.put(name, Math.addExact(sums.getLong(name), accounts.getLong(name, 0L)));
    }
  }

  /** All of them were. */
  void end() {
    adding.forEach((_, sums) -> sums.put("sum", sum(sums)));
    balance = adding;
  }

  Future<Void> write(Round round, Instant ended) {
    var report =
        new JsonObject()
            .put("startedAt", round.now.toString())
            .put("endedAt", ended.toString())
            .put("charges", round.charges)
            .put("payments", round.payments)
            .put("mended", round.mended)
            .put("vanished", round.vanished)
            .put("unanswered", round.unanswered)
            .put("found", round.found)
            .put("counted", round.counted)
            .put("stuckPayments", round.stuck)
            .put("unreconciledAmount", new JsonObject(new TreeMap<>(round.unreconciled)))
            .put("trialBalance", new JsonObject(new TreeMap<>(balance)));
    return views.write(List.<Change>of(new Put(COLLECTION, REPORT, report)));
  }

  private static long sum(JsonObject sums) {
    var sum = 0L;
    for (var account : Posting.Account.values()) {
      sum = Math.addExact(sum, sums.getLong(name(account)));
    }
    return sum;
  }

  private static JsonObject empty() {
    var sums = new JsonObject();
    for (var account : Posting.Account.values()) {
      sums.put(name(account), 0L);
    }
    return sums;
  }

  private static String name(Posting.Account account) {
    return account.name().toLowerCase(Locale.ROOT);
  }
}
