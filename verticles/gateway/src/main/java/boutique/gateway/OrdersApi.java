package boutique.gateway;

import boutique.gateway.Api.Answer;
import boutique.gateway.Api.Seen;
import boutique.kernel.Bus;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.kernel.views.ViewReader;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/orders}. */
final class OrdersApi {
  private final Bus bus;
  private final InstantSource clock;
  private final ViewReader orders;
  private final Duration paymentWindow;

  OrdersApi(Bus bus, InstantSource clock, ViewReader orders, Duration paymentWindow) {
    this.bus = bus;
    this.clock = clock;
    this.orders = orders;
    this.paymentWindow = paymentWindow;
  }

  void mount(RouterBuilder routes) {
    Api.serve(routes, "placeOrder", this::place);
    Api.serve(routes, "listOrders", this::list);
    Api.serve(routes, "listUserOrders", this::list);
    Api.serve(routes, "getOrder", this::get);
    Api.serve(routes, "deleteOrder", this::cancel);
    Api.serve(routes, "cancelOrder", this::cancel);
  }

  private Future<Answer> place(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var order = Ids.order(session.user(), ctx.request().getHeader("Idempotency-Key"));
    return priced(quantities(Api.body(ctx)))
        .compose(lines ->
            bus.ask(
                new PlaceOrder(order, session.user(), lines, paymentWindow, Api.now(clock)),
                Api.context(session)))
        .compose(reply -> Api.seen(reply, OrderFace.class))
        .map(seen -> Answer.created(json(seen)));
  }

  private Future<Answer> list(RoutingContext ctx) {
    var limit = Api.limit(ctx);
    var cursor = Api.cursor(ctx);
    var mine = Sessions.required(ctx).user().value() + "/";
    var after = cursor == null ? null : mine + cursor;
    return orders
        .scan(new Page(mine, after, true, limit))
        .map(entries ->
            Answer.ok(
                Api.page(
                    entries.stream().map(OrdersApi::json).toList(),
                    next(entries, limit, mine.length()))));
  }

  private Future<Answer> get(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    return bus.look(order(ctx).stream()).map(done -> visible(done.version(), done.face(), session));
  }

  private static Answer visible(long version, @Nullable Object face, Session session) {
    if (face instanceof OrderFace order
        && order.buyer().equals(session.user())
        && !order.status().equals(OrderFace.CHECKING_OUT)) {
      return Answer.ok(json(new Seen<>(version, order)));
    }
    throw Problem.notFound("order");
  }

  private Future<Answer> cancel(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var command = new CancelOrder(order(ctx), session.user(), Cancellation.USER, Api.now(clock));
    return bus.ask(command, Api.context(session))
        .compose(reply -> Api.seen(reply, OrderFace.class))
        .map(seen -> Answer.ok(json(seen)));
  }

  private static OrderId order(RoutingContext ctx) {
    var id = Api.id(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound("order");
    }
    return new OrderId(id);
  }

  /** How many of what, each product once, in the order of the request. */
  private static Map<String, Long> quantities(JsonObject body) {
    var quantities = new LinkedHashMap<String, Long>();
    var items = body.getJsonArray("items");
    for (var i = 0; i < items.size(); i++) {
      var item = items.getJsonObject(i);
      var product = item.getString("productId");
      if (!StreamId.isPlain(product)) {
        throw noProduct(product);
      }
      quantities.merge(product, item.getLong("quantity"), Math::addExact);
    }
    return quantities;
  }

  /** The lines with the titles and prices of this moment; what a client says of them is ignored. */
  private Future<List<OrderLine>> priced(Map<String, Long> quantities) {
    var lines =
        quantities.entrySet().stream()
            .map(wanted -> priced(new ProductId(wanted.getKey()), wanted.getValue()))
            .toList();
    return Future.all(lines).map(all -> all.<OrderLine>list());
  }

  private Future<OrderLine> priced(ProductId product, long quantity) {
    return bus.look(product.stream())
        .map(seen -> {
          if (seen.face() instanceof ProductFace(var _, var _, var title, var price)) {
            return new OrderLine(product, title, price, quantity);
          }
          throw noProduct(product.value());
        });
  }

  private static Problem noProduct(String id) {
    return Problem.of(422, "product.not-found", "There is no product " + id + ".");
  }

  private static @Nullable String next(List<Entry> entries, int limit, int prefix) {
    return entries.size() < limit ? null : Cursors.write(entries.getLast().key().substring(prefix));
  }

  private static JsonObject json(Seen<OrderFace> seen) {
    var face = seen.face();
    var items = new JsonArray();
    for (var line : face.lines()) {
      items.add(item(line.product().value(), line.title(), line.price(), line.quantity()));
    }
    return json(
        face.order().value(),
        face.buyer().value(),
        face.status(),
        face.cancelledBecause(),
        items,
        face.total(),
        face.placedAt().toString(),
        face.expiresAt().toString(),
        seen.version());
  }

  static JsonObject json(Entry entry) {
    var document = entry.document();
    var currency = document.getString("currency");
    var items = new JsonArray();
    var lines = document.getJsonArray("lines");
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.getJsonObject(i);
      items.add(
          item(
              line.getString("product"),
              line.getString("title"),
              new Money(line.getLong("price"), currency),
              line.getLong("quantity")));
    }
    return json(
        document.getString("id"),
        document.getString("buyer"),
        document.getString("status"),
        document.getString("cancelledBecause"),
        items,
        new Money(document.getLong("total"), currency),
        document.getString("placedAt"),
        document.getString("expiresAt"),
        document.getLong("version"));
  }

  private static JsonObject item(String product, String title, Money price, long quantity) {
    return new JsonObject()
        .put("productId", product)
        .put("title", title)
        .put("price", price.decimal())
        .put("quantity", quantity);
  }

  private static JsonObject json(
      String id,
      String buyer,
      String status,
      @Nullable String cancelledBecause,
      JsonArray items,
      Money total,
      String placedAt,
      String expiresAt,
      long version) {
    var json =
        new JsonObject()
            .put("id", id)
            .put("userId", buyer)
            .put("status", status)
            .put("paymentStatus", "awaiting")
            .put("fulfilmentStatus", "none")
            .put("items", items)
            .put("total", total.decimal())
            .put("currency", total.currency())
            .put("createdAt", placedAt)
            .put("expiresAt", expiresAt)
            .put("version", version);
    return cancelledBecause == null ? json : json.put("cancelledBecause", cancelledBecause);
  }
}
