package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Ids;
import boutique.kernel.Bus;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.ConfirmOrder;
import boutique.language.orders.OrderCommand.DeliverOrder;
import boutique.language.orders.OrderCommand.ReturnItems;
import boutique.language.orders.OrderCommand.ShipOrder;
import boutique.language.orders.ReturnReason;
import boutique.language.orders.Returned;
import boutique.language.orders.Shipment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What operators do with an order that is paid: pack, send, hand over, take back. */
public final class FulfilmentApi {
  private final AskedOrders orders;
  private final InstantSource clock;

  public FulfilmentApi(Bus bus, InstantSource clock) {
    this.orders = new AskedOrders(bus);
    this.clock = clock;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "confirmOrder", this::confirm);
    Api.serve(routes, "shipOrder", this::ship);
    Api.serve(routes, "deliverOrder", this::deliver);
    Api.serve(routes, "returnOrder", this::takeBack);
  }

  private Future<Answer> confirm(RoutingContext ctx) {
    return ask(ctx, new ConfirmOrder(OrdersApi.order(ctx), Api.now(clock)));
  }

  private Future<Answer> ship(RoutingContext ctx) {
    var body = Api.body(ctx);
    var shipment = new Shipment(body.getString("carrier"), body.getString("tracking"));
    return ask(ctx, new ShipOrder(OrdersApi.order(ctx), shipment, Api.now(clock)));
  }

  private Future<Answer> deliver(RoutingContext ctx) {
    return ask(ctx, new DeliverOrder(OrdersApi.order(ctx), Api.now(clock)));
  }

  private Future<Answer> takeBack(RoutingContext ctx) {
    var body = Api.body(ctx);
    return ask(
        ctx,
        new ReturnItems(
            OrdersApi.order(ctx),
            Ids.made(ctx, "return"),
            items(body.getJsonArray("items", new JsonArray())),
            body.getBoolean("restock", true),
            ReturnReason.named(body.getString("reason", "other")).orElse(ReturnReason.OTHER),
            Api.now(clock)));
  }

  private static List<Returned> items(JsonArray wanted) {
    var items = new ArrayList<Returned>();
    for (var i = 0; i < wanted.size(); i++) {
      var item = wanted.getJsonObject(i);
      var product = item.getString("productId");
      if (!StreamId.isPlain(product)) {
        throw OrderLines.noProduct(product);
      }
      items.add(new Returned(new ProductId(product), item.getLong("quantity")));
    }
    return items;
  }

  private Future<Answer> ask(RoutingContext ctx, OrderCommand command) {
    return orders
        .ask(ctx, command)
        .map(seen ->
            Answer.ok(OrderJson.of(seen))
                .tagged(AskedOrders.tag(seen))
                .changing(OrdersApi.concerned(seen.face())));
  }
}
