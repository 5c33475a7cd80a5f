package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.Money;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/ops/payments}: what the payments room's reconciler has found, for operators. It works
 * by itself, wherever it runs; that it is wanted now is a word in the store, which it looks for.
 */
public final class ReconciliationApi {
  private static final String COLLECTION = "reconciliation";
  private static final String FOUND = "discrepancies";

  private final Views views;
  private final InstantSource clock;

  public ReconciliationApi(Views views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "reconcilePayments", this::reconcile);
    Api.serve(routes, "getReconciliation", this::report);
    Api.serve(routes, "listDiscrepancies", this::list);
  }

  /** Heard when the last round has started at this moment or later. */
  private Future<Answer> reconcile(RoutingContext ctx) {
    var wanted = new JsonObject().put("at", Api.now(clock).toString());
    return views
        .write(List.<Change>of(new Put(COLLECTION, "wanted", wanted)))
        .map(new Answer(202, new JsonObject().put("wantedAt", wanted.getString("at"))));
  }

  private Future<Answer> report(RoutingContext ctx) {
    return views
        .get(COLLECTION, "report")
        .map(report -> Answer.ok(report == null ? never() : shown(report)));
  }

  private Future<Answer> list(RoutingContext ctx) {
    var limit = Api.limit(ctx);
    return views
        .scan(FOUND, new Page("", Api.cursor(ctx), false, limit + 1))
        .map(found -> Answer.ok(Api.page(found, limit, Entry::key, ReconciliationApi::json)));
  }

  private static JsonObject never() {
    return new JsonObject().put("startedAt", null);
  }

  /** In the units that people count in. */
  private static JsonObject shown(JsonObject report) {
    var shown = report.copy();
    var unreconciled = shown.getJsonObject("unreconciledAmount");
    unreconciled.fieldNames().forEach(currency -> decimal(unreconciled, currency));
    var foreign = shown.getJsonObject("foreignCharges");
    if (foreign != null) {
      var amounts = foreign.getJsonObject("amount");
      amounts.fieldNames().forEach(currency -> decimal(amounts, currency));
    }
    var balance = shown.getJsonObject("trialBalance");
    balance
        .fieldNames()
        .forEach(currency -> {
          var sums = balance.getJsonObject(currency);
          sums.fieldNames().forEach(account -> decimal(sums, account));
        });
    return shown;
  }

  private static void decimal(JsonObject amounts, String name) {
    amounts.put(name, new Money(amounts.getLong(name), "").decimal());
  }

  private static JsonObject json(Entry entry) {
    var found = entry.document();
    return new JsonObject()
        .put("id", entry.key())
        .put("kind", found.getString("kind"))
        .put("orderId", empty(found.getString("orderId")))
        .put("paymentId", empty(found.getString("paymentId")))
        .put("stripeId", found.getString("stripeId"))
        .put("amount", new Money(found.getLong("amount"), "").decimal())
        .put("currency", found.getString("currency"))
        .put("ours", money(found, "ours", "oursCurrency"))
        .put("theirs", money(found, "theirs", "theirsCurrency"))
        .put("repairedByItself", found.getBoolean("mends"))
        .put("tries", found.getInteger("tries"))
        .put("whatToDo", found.getString("advice"))
        .put("counts", found.getBoolean("counts"))
        .put("since", found.getString("since"));
  }

  private static JsonObject money(JsonObject found, String amount, String currency) {
    return new JsonObject()
        .put("amount", new Money(found.getLong(amount), "").decimal())
        .put("currency", found.getString(currency));
  }

  private static @Nullable String empty(@Nullable String id) {
    return Objects.requireNonNullElse(id, "").isEmpty() ? null : id;
  }
}
