package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.views.ViewReader;
import boutique.language.Reply;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.Correction;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AdjustStock;
import boutique.language.inventory.InventoryCommand.AllocateStock;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ReserveStock;
import boutique.language.inventory.InventoryCommand.SetPolicy;
import boutique.language.inventory.InventoryCommand.SetThreshold;
import boutique.language.inventory.InventoryCommand.WriteOffStock;
import boutique.language.inventory.Loss;
import boutique.language.inventory.StockFace;
import boutique.language.inventory.StockPolicy;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/inventory}: the books of a product, for its seller and for operators; to anybody else
 * they do not exist. They have the product's id.
 */
public final class InventoryApi {
  private static final String VERSION = "version";

  /** Where the goods of a paid order are still in the house. */
  private static final Set<String> UNSENT = Set.of("none", "confirmed");

  private final Bus bus;
  private final Books books;
  private final InstantSource clock;
  private final ViewReader stock;
  private final ViewReader low;

  public InventoryApi(Bus bus, InstantSource clock, ViewReader stock, ViewReader low) {
    this.bus = bus;
    this.books = new Books(bus);
    this.clock = clock;
    this.stock = stock;
    this.low = low;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "receiveStock", this::receive);
    Api.serve(routes, "listStock", ctx -> list(ctx, stock));
    Api.serve(routes, "listLowStock", ctx -> list(ctx, low));
    Api.serve(routes, "getStock", ctx -> get(ctx, Api.id(ctx)));
    Api.serve(routes, "getStockOfProduct", ctx -> get(ctx, Api.path(ctx, "productId")));
    Api.serve(routes, "countStock", ctx -> change(ctx, product -> counted(ctx, product)));
    Api.serve(routes, "writeOffStock", ctx -> change(ctx, product -> writtenOff(ctx, product)));
    Api.serve(routes, "reserveStock", ctx -> change(ctx, product -> reserved(ctx, product)));
    Api.serve(routes, "releaseStock", this::release);
    Api.serve(routes, "allocateStock", ctx -> change(ctx, product -> allocated(ctx, product)));
    Api.serve(routes, "setStockThreshold", ctx -> change(ctx, product -> watched(ctx, product)));
    Api.serve(routes, "setStockPolicy", ctx -> change(ctx, product -> under(ctx, product)));
    Api.serve(routes, "setProductStock", this::setOfProduct);
  }

  private Future<Answer> receive(RoutingContext ctx) {
    var body = Api.body(ctx);
    return books
        .mine(ctx, body.getString("productId"), "stock")
        .compose(seen ->
            ask(
                ctx,
                new ReceiveStock(
                    seen.face().product(),
                    request(ctx),
                    body.getString("location"),
                    body.getLong("quantity"),
                    body.getLong("threshold"),
                    policy(body),
                    Api.now(clock))))
        .map(seen -> changed(Answer.created(StockJson.of(seen)), seen));
  }

  private Future<Answer> get(RoutingContext ctx, String id) {
    return books
        .mine(ctx, id, "stock")
        .map(seen -> Api.unlessKnown(ctx, Etags.of(seen.version()), () -> StockJson.of(seen)));
  }

  /** What the view has is which products; what is in their books, their owner says. */
  private Future<Answer> list(RoutingContext ctx, ViewReader view) {
    var session = Sessions.required(ctx);
    var mine = Books.isOperator(session) ? "" : session.user().value() + "/";
    return new Listing(view).inOrderOf(ctx, mine, this::shown);
  }

  private Future<List<JsonObject>> shown(List<Entry> entries) {
    return Future.all(entries.stream().map(this::look).toList())
        .map(seen -> seen.<Seen<StockFace>>list().stream().map(StockJson::of).toList());
  }

  private Future<Seen<StockFace>> look(Entry entry) {
    return bus.look(Books.stream(entry.document().getString("product")))
        .compose(done -> Api.seen(done, StockFace.class));
  }

  private Future<Answer> change(RoutingContext ctx, Function<ProductId, InventoryCommand> command) {
    return books
        .mine(ctx, Api.id(ctx), "stock")
        .compose(seen -> ask(ctx, command.apply(seen.face().product())))
        .map(seen -> changed(Answer.ok(StockJson.of(seen)), seen));
  }

  /**
   * The catalogue's way to say the same; it answers with the product. Its tag names both, and what
   * was seen of the stock is what must be so still when it is counted.
   */
  private Future<Answer> setOfProduct(RoutingContext ctx) {
    return books
        .mine(ctx, Api.id(ctx), "product")
        .compose(seen -> look(seen.face().product()))
        .compose(product ->
            count(ctx, product)
                .compose(books -> look(product.face().product()).map(now -> counted(now, books))));
  }

  private Future<Seen<StockFace>> count(RoutingContext ctx, Seen<ProductFace> product) {
    var command = counted(ctx, product.face().product());
    var expected = Etags.expectedBeside(ctx, product.version(), command.stream());
    var context = Api.context(Sessions.required(ctx));
    return bus.ask(command, expected == null ? context : context.expecting(expected))
        .compose(reply -> Api.seen(ofProduct(reply, product.version()), StockFace.class));
  }

  private Future<Seen<ProductFace>> look(ProductId product) {
    return bus.look(product.stream()).compose(done -> Api.seen(done, ProductFace.class));
  }

  /** Whoever has seen a product is told its version, and not that of its books. */
  private static Reply ofProduct(Reply reply, long version) {
    return reply instanceof Refused(var code, var detail, var facts) && facts.containsKey(VERSION)
        ? new Refused(code, detail, Map.of(VERSION, Long.toString(version)))
        : reply;
  }

  private static Answer counted(Seen<ProductFace> product, Seen<StockFace> books) {
    var face = books.face();
    return Answer.ok(ProductsApi.json(product, face.buyable(), face.sale() != null))
        .tagged(Etags.of(product.version(), books.version()))
        .changing(Books.stream(face.product().value()));
  }

  private Future<Seen<StockFace>> ask(RoutingContext ctx, InventoryCommand command) {
    return bus.ask(command, Api.context(ctx, Sessions.required(ctx), command.stream()))
        .compose(reply -> Api.seen(reply, StockFace.class));
  }

  private static Answer changed(Answer answer, Seen<StockFace> seen) {
    return Api.changed(
        answer, new StreamId(InventoryCommand.ROOM, seen.face().product().value()), seen.version());
  }

  private InventoryCommand counted(RoutingContext ctx, ProductId product) {
    var body = Api.body(ctx);
    return new AdjustStock(
        product,
        request(ctx),
        body.getString("location"),
        body.getLong("quantity"),
        Correction.named(body.getString("because", "")).orElse(Correction.COUNTED),
        Api.now(clock));
  }

  private InventoryCommand writtenOff(RoutingContext ctx, ProductId product) {
    var body = Api.body(ctx);
    return new WriteOffStock(
        product,
        request(ctx),
        body.getString("location"),
        body.getLong("quantity"),
        Loss.named(body.getString("because")).orElseThrow(),
        Api.now(clock));
  }

  private InventoryCommand reserved(RoutingContext ctx, ProductId product) {
    var body = Api.body(ctx);
    return new ReserveStock(product, order(body), body.getLong("quantity"), Api.now(clock));
  }

  /**
   * By hand, what a paid order waits for is not given to others: calling the order off does that,
   * and the buyer has their money then.
   */
  private Future<Answer> release(RoutingContext ctx) {
    return bus.look(order(Api.body(ctx)).stream())
        .compose(seen ->
            seen.face() instanceof OrderFace face && waitsForGoods(face)
                ? books.mine(ctx, Api.id(ctx), "stock").compose(_ -> Future.failedFuture(paid()))
                : change(ctx, product -> released(ctx, product)));
  }

  private static boolean waitsForGoods(OrderFace order) {
    return switch (order.status()) {
      case OrderFace.CREATED -> order.payment() != null;
      case OrderFace.COMPLETE -> UNSENT.contains(order.fulfilmentStatus());
      default -> false;
    };
  }

  private static Problem paid() {
    return Problem.refused(
        new Refused(
            "reservation.paid",
            "It is kept for an order that is paid. When all of its money is given back, or the order"
                + " is called off, it is free again."));
  }

  private InventoryCommand released(RoutingContext ctx, ProductId product) {
    var body = Api.body(ctx);
    return new ReleaseStock(product, order(body), body.getLong("quantity"), Api.now(clock));
  }

  private InventoryCommand allocated(RoutingContext ctx, ProductId product) {
    var body = Api.body(ctx);
    var now = Api.now(clock);
    return new AllocateStock(product, order(body), body.getLong("quantity"), now, now);
  }

  private InventoryCommand watched(RoutingContext ctx, ProductId product) {
    return new SetThreshold(product, Api.body(ctx).getLong("threshold"), Api.now(clock));
  }

  private InventoryCommand under(RoutingContext ctx, ProductId product) {
    var policy = StockPolicy.named(Api.body(ctx).getString("policy")).orElseThrow();
    return new SetPolicy(product, policy, Api.now(clock));
  }

  private static OrderId order(JsonObject body) {
    return new OrderId(body.getString("orderId"));
  }

  private static @Nullable StockPolicy policy(JsonObject body) {
    return StockPolicy.named(body.getString("policy", "")).orElse(null);
  }

  /** By what this request is known when it comes again. */
  private static String request(RoutingContext ctx) {
    return Ids.made(ctx, "inventory");
  }
}
