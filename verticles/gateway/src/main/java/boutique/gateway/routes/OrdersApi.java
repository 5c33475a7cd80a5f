package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Answer.Version;
import boutique.gateway.conventions.Conventions;
import boutique.gateway.conventions.Ids;
import boutique.gateway.door.Limiter;
import boutique.gateway.door.Traffic;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.views.ViewReader;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartId;
import boutique.language.catalog.ProductId;
import boutique.language.discounts.VoucherCode;
import boutique.language.inventory.InventoryCommand;
import boutique.language.orders.Cancellation;
import boutique.language.orders.CartLock;
import boutique.language.orders.OrderCommand.CancelOrder;
import boutique.language.orders.OrderCommand.ChangeLine;
import boutique.language.orders.OrderCommand.PlaceOrder;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Quote;
import boutique.language.users.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/orders}. */
public final class OrdersApi {
  private final Bus bus;
  private final AskedOrders asked;
  private final InstantSource clock;
  private final Listing orders;
  private final ViewReader history;
  private final OrderLines lines;
  private final Vouchers vouchers;
  private final CartJoining joining;
  private final Limiter limiter;
  private final Duration paymentWindow;

  public OrdersApi(
      Bus bus,
      InstantSource clock,
      ViewReader orders,
      ViewReader history,
      OrderLines lines,
      Vouchers vouchers,
      CartJoining joining,
      Limiter limiter,
      Duration paymentWindow) {
    this.bus = bus;
    this.asked = new AskedOrders(bus);
    this.clock = clock;
    this.orders = new Listing(orders);
    this.history = history;
    this.lines = lines;
    this.vouchers = vouchers;
    this.joining = joining;
    this.limiter = limiter;
    this.paymentWindow = paymentWindow;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "placeOrder", this::place);
    Api.serve(routes, "listOrders", this::list);
    Api.serve(routes, "listUserOrders", this::list);
    Api.serve(routes, "getOrder", this::get);
    Api.serve(routes, "getOrderHistory", this::history);
    Api.serve(routes, "changeOrderItem", this::changeItem);
    Api.serve(routes, "removeOrderItem", this::removeItem);
    Api.serve(routes, "deleteOrder", this::cancel);
    Api.serve(routes, "cancelOrder", this::cancel);
  }

  /** Of the items that the body names, or else of the buyer's cart. */
  private Future<Answer> place(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var order = new OrderId(Ids.made(ctx, "order"));
    return placed(ctx, order)
        .compose(before ->
            wish(ctx, session, before).map(wish -> before.isPresent() ? wish : asShown(ctx, wish)))
        .map(wish ->
            new PlaceOrder(
                order,
                session.user(),
                wish.lines(),
                wish.quote(),
                wish.lock(),
                paymentWindow,
                Api.now(clock)))
        .compose(command -> bus.ask(command, Api.context(session)))
        .compose(reply -> Api.seen(reply, OrderFace.class))
        .map(seen ->
            changed(Answer.created(OrderJson.of(seen)), seen)
                .located("/api/orders/" + seen.face().order().value()));
  }

  /** What somebody wants to buy. */
  private record Wish(List<OrderLine> lines, Quote quote, CartLock lock) {}

  /** Unless it costs something else by now than the buyer was shown, if they say what that was. */
  private static Wish asShown(RoutingContext ctx, Wish wish) {
    var total = wish.quote().total();
    if (Api.body(ctx).containsKey("expectedTotal")
        && !Prices.expected(ctx, total.currency()).equals(total)) {
      throw Problem.refused(
          new Refused(
              "price.changed",
              "It costs something else by now. Look at it again.",
              Map.of("total", total.decimal().toPlainString(), "currency", total.currency())));
    }
    return wish;
  }

  /** What this very request has placed already; only one with a key can have. */
  private Future<Optional<OrderFace>> placed(RoutingContext ctx, OrderId order) {
    return Conventions.key(ctx) == null
        ? Future.succeededFuture(Optional.empty())
        : bus.look(order.stream())
            .map(done ->
                done.face() instanceof OrderFace face ? Optional.of(face) : Optional.empty());
  }

  private Future<Wish> wish(RoutingContext ctx, Session session, Optional<OrderFace> before) {
    var body = Api.body(ctx);
    return body.containsKey("items")
        ? ofItems(ctx, session, body, before)
        : joining.join(ctx, session.user()).compose(_ -> ofCart(ctx, session, before));
  }

  /**
   * Whoever names vouchers may be guessing, here as elsewhere. A repetition is priced as it was:
   * its order may have taken the last ones that there were, or the last use of a voucher.
   */
  private Future<Wish> ofItems(
      RoutingContext ctx, Session session, JsonObject body, Optional<OrderFace> before) {
    var codes = Vouchers.named(body);
    var tried =
        codes.isEmpty() ? Future.<Void>succeededFuture() : limiter.also(ctx, Traffic.VOUCHER);
    var quoted = before.filter(placed -> isPricedWith(placed, codes)).map(OrderFace::quote);
    return tried
        .compose(_ -> lines.of(body))
        .compose(wanted -> inStock(ctx, wanted))
        .compose(wanted ->
            quoted
                .map(Future::succeededFuture)
                .orElseGet(() -> vouchers.quote(wanted, codes, session.user()))
                .compose(
                    quote -> lock(session, wanted).map(lock -> new Wish(wanted, quote, lock))));
  }

  /** What is bought out of the cart is locked there, as far as it is free. */
  private Future<CartLock> lock(Session session, List<OrderLine> wanted) {
    var bought = wanted.stream().map(OrderLine::product).toList();
    return bus.look(CartId.of(session.user()).stream())
        .map(done ->
            done.face() instanceof CartFace cart
                    && cart.lines().stream().anyMatch(line -> bought.contains(line.product()))
                ? CartLock.IF_FREE
                : CartLock.NONE);
  }

  private Future<Wish> ofCart(RoutingContext ctx, Session session, Optional<OrderFace> before) {
    if (before.isPresent()) {
      var placed = before.get();
      return Future.succeededFuture(new Wish(placed.lines(), placed.quote(), placed.lock()));
    }
    return bus.look(CartId.of(session.user()).stream())
        .compose(done ->
            done.face() instanceof CartFace cart
                ? ofCart(ctx, cart)
                : Future.failedFuture(new IllegalStateException("a cart without a face")));
  }

  private Future<Wish> ofCart(RoutingContext ctx, CartFace cart) {
    if (cart.lines().isEmpty()) {
      return Future.failedFuture(Problem.of(422, "order.empty", "There is nothing in the cart."));
    }
    return lines
        .of(cart)
        .compose(wanted -> inStock(ctx, wanted))
        .compose(wanted ->
            vouchers
                .quoteCart(wanted, cart)
                .map(quote -> new Wish(wanted, quote, CartLock.NEEDED)));
  }

  private Future<List<OrderLine>> inStock(RoutingContext ctx, List<OrderLine> wanted) {
    return Conventions.key(ctx) == null
        ? lines.inStock(wanted, Api.context(Sessions.required(ctx)))
        : Future.succeededFuture(wanted);
  }

  private static boolean isPricedWith(OrderFace order, List<VoucherCode> codes) {
    return order.quote().discounts().stream()
        .map(discount -> new VoucherCode(discount.rule().code()))
        .sorted()
        .toList()
        .equals(codes);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var mine = Sessions.required(ctx).user().value() + "/";
    return orders.newestFirst(ctx, mine, OrderJson::of);
  }

  private static Answer changed(Answer answer, Seen<OrderFace> seen) {
    return answer.tagged(AskedOrders.tag(seen)).changing(concerned(seen.face()));
  }

  /** The order and the stock of its lines. */
  static StreamId[] concerned(OrderFace order) {
    var streams = new ArrayList<StreamId>();
    streams.add(order.order().stream());
    for (var line : order.lines()) {
      streams.add(new StreamId(InventoryCommand.ROOM, line.product().value()));
    }
    return streams.toArray(StreamId[]::new);
  }

  private Future<Answer> get(RoutingContext ctx) {
    return visible(ctx)
        .map(seen ->
            Api.unlessKnown(ctx, AskedOrders.tag(seen), () -> OrderJson.of(seen))
                .about(new Version(seen.face().order().stream(), seen.version())));
  }

  private Future<Answer> history(RoutingContext ctx) {
    return visible(ctx)
        .compose(seen -> history.get(seen.face().order().value()))
        .map(found ->
            Answer.ok(
                new JsonObject()
                    .put("items", found == null ? new JsonArray() : found.getJsonArray("events"))));
  }

  /** The order, if it is the asker's business. */
  private Future<Seen<OrderFace>> visible(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    return bus.look(order(ctx).stream())
        .map(done -> {
          if (done.face() instanceof OrderFace order
              && !order.status().equals(OrderFace.CHECKING_OUT)
              && (order.buyer().equals(session.user()) || isOperator(session))) {
            return new Seen<>(done.version(), order);
          }
          throw Problem.notFound("order");
        });
  }

  private Future<Answer> cancel(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    return visible(ctx)
        .compose(seen -> {
          var because =
              seen.face().buyer().equals(session.user())
                  ? Cancellation.USER
                  : Cancellation.OPERATOR;
          var command =
              new CancelOrder(seen.face().order(), session.user(), because, Api.now(clock));
          return asked.ask(ctx, command);
        })
        .map(seen -> changed(Answer.ok(OrderJson.of(seen)), seen));
  }

  private Future<Answer> changeItem(RoutingContext ctx) {
    return change(ctx, Api.body(ctx).getLong("quantity"));
  }

  private Future<Answer> removeItem(RoutingContext ctx) {
    return change(ctx, 0);
  }

  private Future<Answer> change(RoutingContext ctx, long quantity) {
    var session = Sessions.required(ctx);
    var item = Api.path(ctx, "itemId");
    if (!StreamId.isPlain(item)) {
      throw Problem.notFound("line");
    }
    var command =
        new ChangeLine(order(ctx), session.user(), new ProductId(item), quantity, Api.now(clock));
    return asked
        .ask(ctx, command)
        .map(seen -> changed(Answer.ok(OrderJson.of(seen)), seen, command.product()));
  }

  /** A line that is gone has changed the stock of its product too. */
  private static Answer changed(Answer answer, Seen<OrderFace> seen, ProductId product) {
    var streams = new ArrayList<>(List.of(concerned(seen.face())));
    streams.add(new StreamId(InventoryCommand.ROOM, product.value()));
    return answer
        .tagged(AskedOrders.tag(seen))
        .changing(streams.stream().distinct().toArray(StreamId[]::new));
  }

  private static boolean isOperator(Session session) {
    return session.roles().contains(Role.OPERATOR);
  }

  static OrderId order(RoutingContext ctx) {
    var id = Api.id(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound("order");
    }
    return new OrderId(id);
  }
}
