package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.discrepancies.Closing;
import boutique.language.discrepancies.DiscrepancyCommand;
import boutique.language.discrepancies.DiscrepancyCommand.CloseDiscrepancy;
import boutique.language.discrepancies.DiscrepancyCommand.ReopenDiscrepancy;
import boutique.language.discrepancies.DiscrepancyFace;
import boutique.language.discrepancies.DiscrepancyId;
import boutique.language.discrepancies.Figures;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/ops/payments}: what the payments room's reconciler has found, for operators, and what
 * they decide of it. It works by itself, wherever it runs; that it is wanted now is a word in the
 * store, which it looks for.
 */
public final class ReconciliationApi {
  private static final String COLLECTION = "reconciliation";
  private static final String FOUND = "discrepancies";
  private static final int PAGE = 100;

  private final Bus bus;
  private final Views views;
  private final ViewReader closings;
  private final InstantSource clock;

  public ReconciliationApi(Bus bus, Views views, InstantSource clock) {
    this.bus = bus;
    this.views = views;
    this.closings = new ViewReader(views, "closings");
    this.clock = clock;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "reconcilePayments", this::reconcile);
    Api.serve(routes, "getReconciliation", this::report);
    Api.serve(routes, "listDiscrepancies", this::list);
    Api.serve(routes, "closeDiscrepancy", this::close);
    Api.serve(routes, "reopenDiscrepancy", this::reopen);
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
    var closed = "closed".equals(Api.query(ctx, "state"));
    return read(new ArrayList<>(), Api.cursor(ctx), limit + 1, closed)
        .map(found -> Answer.ok(Api.page(found, limit, Line::id, Line::json)));
  }

  /** Page by page, until there are enough that are closed, or open, as they are wanted. */
  private Future<List<Line>> read(
      List<Line> read, @Nullable String after, int most, boolean closed) {
    return views
        .scan(FOUND, new Page("", after, false, PAGE))
        .compose(found ->
            Future.all(found.stream().map(this::line).toList())
                .map(lines -> lines.<Line>list())
                .compose(lines -> {
                  lines.stream()
                      .filter(line -> line.isClosed() == closed)
                      .limit(most - read.size())
                      .forEach(read::add);
                  return read.size() == most || found.size() < PAGE
                      ? Future.succeededFuture(read)
                      : read(read, found.getLast().key(), most, closed);
                }));
  }

  private Future<Line> line(Entry found) {
    return closings
        .get(found.key())
        .map(closing -> new Line(found, closing == null ? null : closing(closing)));
  }

  private static Closing closing(JsonObject document) {
    return new Closing(
        figures(document),
        new UserId(document.getString("by")),
        document.getString("reason"),
        Instant.parse(document.getString("at")));
  }

  private Future<Answer> close(RoutingContext ctx) {
    var by = Sessions.required(ctx).user();
    var reason = Api.body(ctx).getString("reason");
    return decide(
        ctx,
        (discrepancy, found) ->
            new CloseDiscrepancy(
                discrepancy,
                found.getString("kind"),
                figures(found),
                Instant.parse(found.getString("since")),
                found.getBoolean("mends"),
                by,
                reason,
                Api.now(clock)));
  }

  private Future<Answer> reopen(RoutingContext ctx) {
    var by = Sessions.required(ctx).user();
    return decide(ctx, (discrepancy, _) -> new ReopenDiscrepancy(discrepancy, by, Api.now(clock)));
  }

  /** Of a line as it is in the list now. */
  private Future<Answer> decide(
      RoutingContext ctx, BiFunction<DiscrepancyId, JsonObject, DiscrepancyCommand> decision) {
    var id = Api.id(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound("discrepancy");
    }
    var discrepancy = new DiscrepancyId(id);
    var context = Api.context(Sessions.required(ctx));
    return views
        .get(FOUND, id)
        .compose(found -> {
          if (found == null) {
            throw Problem.notFound("discrepancy");
          }
          return bus.ask(decision.apply(discrepancy, found), context)
              .compose(reply -> Api.seen(reply, DiscrepancyFace.class))
              .map(seen -> new Line(new Entry(id, found), seen.face().closing()));
        })
        .map(line -> Answer.ok(line.json()).changing(discrepancy.stream()));
  }

  private static JsonObject never() {
    return new JsonObject().put("startedAt", null);
  }

  /** In the units that people count in. */
  private static JsonObject shown(JsonObject report) {
    var shown = report.copy();
    var unreconciled = shown.getJsonObject("unreconciledAmount");
    unreconciled.fieldNames().forEach(currency -> decimal(unreconciled, currency));
    Stream.of("foreignCharges", "otherBooks")
        .map(shown::getJsonObject)
        .filter(Objects::nonNull)
        .map(some -> some.getJsonObject("amount"))
        .forEach(amounts -> amounts.fieldNames().forEach(currency -> decimal(amounts, currency)));
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

  private static Figures figures(JsonObject found) {
    return new Figures(
        new Money(found.getLong("ours"), found.getString("oursCurrency")),
        new Money(found.getLong("theirs"), found.getString("theirsCurrency")),
        new Money(found.getLong("amount"), found.getString("currency")));
  }

  /**
   * Something that was found.
   *
   * @param closing that somebody has closed it, perhaps at other figures than it has now, or before
   *     it was gone and came again
   */
  private record Line(Entry entry, @Nullable Closing closing) {
    String id() {
      return entry.key();
    }

    /** What has become of it since is decided by nobody yet. */
    boolean isClosed() {
      var found = entry.document();
      return closing != null
          && !found.getBoolean("mends")
          && closing.covers(figures(found), Instant.parse(found.getString("since")));
    }

    JsonObject json() {
      return ReconciliationApi.json(id(), entry.document())
          .put("state", isClosed() ? "closed" : "open")
          .put("closing", closing == null ? null : ReconciliationApi.json(closing));
    }
  }

  private static JsonObject json(Closing closing) {
    var figures = closing.figures();
    return new JsonObject()
        .put("by", closing.by().value())
        .put("at", closing.at().toString())
        .put("reason", closing.reason())
        .put("amount", figures.amount().decimal())
        .put("currency", figures.amount().currency())
        .put("ours", money(figures.ours()))
        .put("theirs", money(figures.theirs()));
  }

  private static JsonObject json(String id, JsonObject found) {
    var figures = figures(found);
    return new JsonObject()
        .put("id", id)
        .put("kind", found.getString("kind"))
        .put("orderId", empty(found.getString("orderId")))
        .put("paymentId", empty(found.getString("paymentId")))
        .put("stripeId", found.getString("stripeId"))
        .put("amount", figures.amount().decimal())
        .put("currency", figures.amount().currency())
        .put("ours", money(figures.ours()))
        .put("theirs", money(figures.theirs()))
        .put("repairedByItself", found.getBoolean("mends"))
        .put("tries", found.getInteger("tries"))
        .put("whatToDo", found.getString("advice"))
        .put("counts", found.getBoolean("counts"))
        .put("since", found.getString("since"));
  }

  private static JsonObject money(Money money) {
    return new JsonObject().put("amount", money.decimal()).put("currency", money.currency());
  }

  private static @Nullable String empty(@Nullable String id) {
    return Objects.requireNonNullElse(id, "").isEmpty() ? null : id;
  }
}
