package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.views.ViewReader;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.CompensateOrder;
import boutique.language.orders.OrderCommand.ResumeChange;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderCommand.ResumeSettlement;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/ops/sagas}: the steps of orders that have begun and not ended, for operators. They
 * are taken up by themselves; this is to see what keeps them, to take one up now, or to undo it.
 */
public final class SagasApi {
  private static final String BEGUN = "begun";

  private final Bus bus;
  private final InstantSource clock;
  private final Listing unfinished;
  private final Views views;
  private final String snags;

  /**
   * Shows what there is.
   *
   * @param snags the collection in which is noted what has kept them
   */
  public SagasApi(Bus bus, InstantSource clock, ViewReader unfinished, Views views, String snags) {
    this.bus = bus;
    this.clock = clock;
    this.unfinished = new Listing(unfinished);
    this.views = views;
    this.snags = snags;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listSagas", this::list);
    Api.serve(routes, "retrySaga", ctx -> act(ctx, this::retried));
    Api.serve(
        routes,
        "compensateSaga",
        ctx -> act(ctx, (order, _) -> new CompensateOrder(order, Api.now(clock))));
  }

  private Future<Answer> list(RoutingContext ctx) {
    return unfinished.inOrderOf(
        ctx,
        "",
        shown ->
            Future.all(shown.stream().map(this::json).toList())
                .map(items -> items.<JsonObject>list()));
  }

  private Future<JsonObject> json(Entry one) {
    return views
        .get(snags, one.key())
        .map(snag ->
            new JsonObject()
                .put("id", one.key())
                .put("kind", one.document().getString("what"))
                .put("since", one.document().getString("since"))
                .put("step", snag == null ? BEGUN : snag.getString("step"))
                .put("because", snag == null ? null : snag.getString("because"))
                .put("tries", snag == null ? 0L : snag.getLong("tries"))
                .put("lastTriedAt", snag == null ? null : snag.getString("at")));
  }

  private OrderCommand retried(OrderId order, String kind) {
    var now = Api.now(clock);
    return switch (kind) {
      case "checkout" -> new ResumeCheckout(order, now);
      case "settlement" -> new ResumeSettlement(order, now);
      default -> new ResumeChange(order, now);
    };
  }

  /** It is said of the order itself whether there is anything to do, not of the list. */
  private Future<Answer> act(RoutingContext ctx, BiFunction<OrderId, String, OrderCommand> what) {
    var order = OrdersApi.order(ctx);
    return bus.look(order.stream())
        .compose(seen -> {
          var kind = kind(seen);
          if (kind == null) {
            throw seen.version() == 0
                ? Problem.notFound("order")
                : Problem.of(409, "saga.over", "Nothing of this order is unfinished.");
          }
          return bus.ask(what.apply(order, kind), Api.context(Sessions.required(ctx)));
        })
        .compose(this::asItIs)
        .compose(_ -> bus.look(order.stream()))
        .map(after -> Answer.ok(after(order, after)).changing(order.stream()));
  }

  private Future<Reply> asItIs(Reply reply) {
    return switch (reply) {
      case Done done -> Future.succeededFuture(done);
      case Refused because -> Future.failedFuture(Problem.refused(because));
    };
  }

  private static JsonObject after(OrderId order, Done seen) {
    var json = new JsonObject().put("id", order.value()).put("over", kind(seen) == null);
    return json.put(
        "order",
        seen.face() instanceof OrderFace face && !face.status().equals(OrderFace.CHECKING_OUT)
            ? OrderJson.of(new Seen<>(seen.version(), face))
            : null);
  }

  /** Which steps of it have not ended; null when there are none. */
  private static @Nullable String kind(Done seen) {
    if (!(seen.face() instanceof OrderFace order)) {
      return null;
    }
    if (order.status().equals(OrderFace.CHECKING_OUT)) {
      return "checkout";
    }
    if (order.status().equals(OrderFace.CREATED) && order.payment() != null) {
      return "settlement";
    }
    return order.changing() == null ? null : "change";
  }
}
