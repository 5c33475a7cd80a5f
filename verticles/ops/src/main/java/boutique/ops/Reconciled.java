package boutique.ops;

import boutique.kernel.store.Views;
import boutique.language.Money;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the payments room's reconciler has found in its last round, in the units that people count
 * in. Before its first round nobody knows anything, which is not a number.
 */
public final class Reconciled implements Look {
  private static final String USUAL_CURRENCY = "USD";

  private final Views views;

  public Reconciled(Views views) {
    this.views = views;
  }

  @Override
  public Future<List<Figure>> look() {
    return views.get("reconciliation", "report").map(Reconciled::figures);
  }

  private static List<Figure> figures(@Nullable JsonObject report) {
    var figures = new ArrayList<Figure>();
    var unreconciled = amounts(report);
    unreconciled.forEach((currency, amount) ->
        figures.add(
            Figure.gauge(
                    "unreconciled_amount",
                    "Money on which provider, payments and orders have not agreed for longer than"
                        + " the grace, in the currency's main unit",
                    () -> amount)
                .of("currency", currency)));
    balances(report, "difference")
        .forEach((currency, difference) ->
            figures.add(
                Figure.gauge(
                        "boutique_ledger_difference_amount",
                        "How much more the provider has on its books than our postings say, of"
                            + " payments that are at rest, in the currency's main unit; not 0 is"
                            + " an alarm",
                        () -> difference)
                    .of("currency", currency)));
    balances(report, "sum")
        .forEach((currency, sum) ->
            figures.add(
                Figure.gauge(
                        "boutique_trial_balance_amount",
                        "What all postings of payments add up to, in the currency's main unit; not"
                            + " 0 is an alarm",
                        () -> sum)
                    .of("currency", currency)));
    figures.add(
        counted(
            report,
            "stuck_payments",
            "Payments of which nobody knows the outcome for longer than the grace",
            "stuckPayments"));
    figures.add(
        counted(
            report,
            "boutique_discrepancies",
            "What provider, payments and orders do not agree on for longer than the grace",
            "counted"));
    figures.add(
        counted(
            report,
            "boutique_reconciliation_unanswered",
            "What could not be looked at when the books were compared last, or were to be, because"
                + " somebody did not answer",
            "unanswered"));
    var at = report == null ? Double.NaN : seconds(report.getString("comparedAt"));
    figures.add(
        Figure.gauge(
            "boutique_reconciled_timestamp_seconds",
            "When the books were compared last, in seconds since 1970: both of them, so the"
                + " provider has answered",
            () -> at));
    return figures;
  }

  private static Map<String, Double> amounts(@Nullable JsonObject report) {
    var amounts = new TreeMap<String, Double>();
    if (report == null) {
      amounts.put(USUAL_CURRENCY, Double.NaN);
      return amounts;
    }
    amounts.put(USUAL_CURRENCY, 0.0);
    report.getJsonObject("trialBalance").fieldNames().forEach(one -> amounts.put(one, 0.0));
    var unreconciled = report.getJsonObject("unreconciledAmount");
    unreconciled
        .fieldNames()
        .forEach(currency -> amounts.put(currency, decimal(unreconciled.getLong(currency))));
    return amounts;
  }

  private static Map<String, Double> balances(@Nullable JsonObject report, String field) {
    var sums = new TreeMap<String, Double>();
    if (report != null) {
      for (var one : report.getJsonObject("trialBalance")) {
        if (one.getValue() instanceof JsonObject balance && balance.containsKey(field)) {
          sums.put(one.getKey(), decimal(balance.getLong(field)));
        }
      }
    }
    return sums;
  }

  private static Figure counted(
      @Nullable JsonObject report, String name, String help, String field) {
    double count = report == null ? Double.NaN : report.getInteger(field);
    return Figure.gauge(name, help, () -> count);
  }

  private static double decimal(long minor) {
    return new Money(minor, "").decimal().doubleValue();
  }

  private static double seconds(@Nullable String at) {
    return at == null ? Double.NaN : Instant.parse(at).toEpochMilli() / 1_000.0;
  }
}
