package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.kernel.Bus;
import boutique.kernel.payment.OwnBooks;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentFace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/ops/payments}: everybody's payments, for operators, that of the newest order first;
 * and what has happened to each. Every state has its own list, so a page costs as much as there is
 * on it.
 */
public final class PaymentBookApi {
  /** So often a list is read for one page of it. */
  private static final int MOST_READS = 10;

  private final Bus bus;
  private final ViewReader payments;
  private final ViewReader orders;
  private final OwnBooks books;

  /**
   * Shows what there is.
   *
   * @param books those of the provider in use
   */
  public PaymentBookApi(Bus bus, ViewReader payments, ViewReader orders, OwnBooks books) {
    this.bus = bus;
    this.payments = payments;
    this.orders = orders;
    this.books = books;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listAllPayments", this::list);
    Api.serve(routes, "getPaymentHistory", this::history);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var order = Api.query(ctx, "order");
    if (order != null) {
      return named(order).compose(this::one).map(Answer::ok);
    }
    var cursor = Api.cursor(ctx);
    var limit = Api.limit(ctx);
    var status = Api.query(ctx, "status");
    var mark = Api.query(ctx, "mark");
    if (mark != null) {
      return listed("mark/" + mark + "/", cursor, limit, one -> isAt(status, one)).map(Answer::ok);
    }
    return status == null
        ? all(cursor, limit).map(Answer::ok)
        : listed("status/" + status + "/", cursor, limit, one -> isAt(status, one)).map(Answer::ok);
  }

  private static boolean isAt(@Nullable String status, JsonObject payment) {
    return status == null || status.equals(payment.getString("status"));
  }

  /** The id of an order that is named by its number, or by that. */
  private Future<String> named(String order) {
    var number = TypedNumber.of(order);
    return number == null
        ? Future.succeededFuture(order)
        : orders
            .find(new Page("number/" + number, null, false, 1))
            .map(found ->
                found.stream()
                    .map(Entry::document)
                    .filter(one -> number.equals(one.getString("number")))
                    .map(one -> one.getString("id"))
                    .findFirst()
                    .orElse(""));
  }

  /** It bears the name of its order. */
  private Future<JsonObject> one(String id) {
    return StreamId.isPlain(id)
        ? payments
            .get(id)
            .compose(found ->
                found == null
                    ? Future.succeededFuture(Api.page(List.of(), null))
                    : page(List.of(found), null))
        : Future.succeededFuture(Api.page(List.of(), null));
  }

  private Future<JsonObject> all(@Nullable String below, int limit) {
    return payments
        .scan(new Page("", below, true, limit + 1))
        .compose(found ->
            page(
                found.stream().limit(limit).map(Entry::document).toList(),
                Api.next(found, limit, Entry::key)));
  }

  /**
   * One that has moved on meanwhile is left out: it stands in another list by now. So is what is
   * under the mark and not in the state that is wanted; then more are read until the page is full,
   * but only so many: who wants to go on from there has a cursor.
   */
  private Future<JsonObject> listed(
      String list, @Nullable String below, int limit, Predicate<JsonObject> still) {
    return listed(list, below, limit, still, List.of(), MOST_READS);
  }

  private Future<JsonObject> listed(
      String list,
      @Nullable String below,
      int limit,
      Predicate<JsonObject> still,
      List<JsonObject> before,
      int reads) {
    return payments
        .find(new Page(list, below == null ? null : list + below, true, limit + 1))
        .compose(found -> {
          var shown = new ArrayList<>(before);
          var read = 0;
          while (read < Math.min(limit, found.size()) && shown.size() < limit) {
            var one = found.get(read++).document();
            if (still.test(one)) {
              shown.add(one);
            }
          }
          var next = Api.next(found, read, one -> place(list, one));
          return next == null || shown.size() == limit || reads == 1
              ? page(shown, next)
              : listed(list, place(list, found.get(read - 1)), limit, still, shown, reads - 1);
        });
  }

  private static String place(String list, Entry found) {
    return found.key().substring(list.length());
  }

  private Future<JsonObject> page(List<JsonObject> shown, @Nullable String next) {
    return Future.all(shown.stream().map(this::numbered).toList())
        .map(all -> Api.page(all.<JsonObject>list(), next));
  }

  /** People know an order by its number, and that is the order's own. */
  private Future<JsonObject> numbered(JsonObject payment) {
    return bus.look(new OrderId(payment.getString("id")).stream())
        .map(done -> json(payment, done.face() instanceof OrderFace order ? number(order) : null));
  }

  private static @Nullable String number(OrderFace order) {
    return order.number() == null ? null : order.number().value();
  }

  private Future<Answer> history(RoutingContext ctx) {
    var id = Api.id(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound("payment");
    }
    return payments
        .get(id)
        .map(found -> {
          if (found == null) {
            throw Problem.notFound("payment");
          }
          return Answer.ok(new JsonObject().put("items", facts(found.getJsonArray("events"))));
        });
  }

  /** Then nothing that moves its money can be done from here. */
  private boolean isInOtherBooks(JsonObject payment) {
    var reference = payment.getString("reference");
    return reference != null
        && !reference.equals(PaymentFace.FREE)
        && !books.mayHave(reference, payment.getBoolean("live", books.live()));
  }

  private JsonObject json(JsonObject payment, @Nullable String number) {
    return new JsonObject()
        .put("id", payment.getString("id"))
        .put("orderId", payment.getString("id"))
        .put("orderNumber", number)
        .put("userId", payment.getString("buyer"))
        .put("stripeId", payment.getString("reference"))
        .put("status", payment.getString("status"))
        .put("failure", payment.getString("failure"))
        .put("amount", decimal(payment, "amount"))
        .put("refunded", decimal(payment, "refunded"))
        .put("refunding", decimal(payment, "refunding"))
        .put("currency", payment.getString("currency"))
        .put("live", payment.getBoolean("live"))
        .put("otherBooks", isInOtherBooks(payment))
        .put("disputes", disputes(payment.getJsonObject("disputes")))
        .put("marks", payment.getJsonArray("marks"))
        .put("createdAt", payment.getString("openedAt"))
        .put("changedAt", payment.getString("at"));
  }

  private static JsonArray disputes(JsonObject disputes) {
    return new JsonArray(disputes.stream().map(PaymentBookApi::dispute).toList());
  }

  private static JsonObject dispute(Map.Entry<String, Object> named) {
    var dispute = (JsonObject) named.getValue();
    return new JsonObject()
        .put("id", named.getKey())
        .put("amount", decimal(dispute, "amount"))
        .put("status", dispute.getString("standing"));
  }

  /** In the units that people count in. */
  private static JsonArray facts(JsonArray events) {
    return new JsonArray(
        events.stream()
            .map(one -> ((JsonObject) one).copy())
            .map(one -> one.containsKey("amount") ? one.put("amount", decimal(one, "amount")) : one)
            .toList());
  }

  private static BigDecimal decimal(JsonObject amounts, String name) {
    return new Money(amounts.getLong(name), "").decimal();
  }
}
