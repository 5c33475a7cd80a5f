package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.GuestCarts;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Command;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.carts.CartCommand.AddToCart;
import boutique.language.carts.CartCommand.AddVoucher;
import boutique.language.carts.CartCommand.EmptyCart;
import boutique.language.carts.CartCommand.RemoveLine;
import boutique.language.carts.CartCommand.RemoveVoucher;
import boutique.language.carts.CartCommand.SetLine;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartId;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import boutique.language.discounts.VoucherCode;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.function.Function;

/** {@code /api/cart}: the cart of whoever asks, a user or a guest. */
public final class CartsApi {
  private static final String MOVED = "cart.moved";

  private final Bus bus;
  private final InstantSource clock;
  private final CartReader reader;
  private final CartJoining joining;
  private final Vouchers vouchers;

  public CartsApi(
      Bus bus, InstantSource clock, CartReader reader, CartJoining joining, Vouchers vouchers) {
    this.bus = bus;
    this.clock = clock;
    this.reader = reader;
    this.joining = joining;
    this.vouchers = vouchers;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "getCart", this::get);
    Api.serve(routes, "addToCart", this::add);
    Api.serve(routes, "setCartItem", this::set);
    Api.serve(routes, "removeCartItem", this::remove);
    Api.serve(routes, "emptyCart", this::empty);
    Api.serve(routes, "addCartVoucher", this::addVoucher);
    Api.serve(routes, "removeCartVoucher", this::removeVoucher);
  }

  private Future<Answer> get(RoutingContext ctx) {
    return mine(ctx).compose(cart -> bus.look(cart.stream())).compose(done -> read(ctx, done));
  }

  private Future<Answer> add(RoutingContext ctx) {
    var body = Api.body(ctx);
    var product = product(body.getString("productId"));
    var quantity = body.getLong("quantity");
    return onOffer(product)
        .compose(offer ->
            change(
                ctx,
                cart ->
                    new AddToCart(
                        cart,
                        product,
                        offer.title(),
                        offer.price(),
                        quantity,
                        request(ctx, "add", product.value(), quantity),
                        Api.now(clock))));
  }

  private Future<Answer> set(RoutingContext ctx) {
    var product = product(Api.path(ctx, "productId"));
    var quantity = Api.body(ctx).getLong("quantity");
    return onOffer(product)
        .compose(offer ->
            change(
                ctx,
                cart ->
                    new SetLine(
                        cart,
                        product,
                        offer.title(),
                        offer.price(),
                        quantity,
                        request(ctx, "set", product.value(), quantity),
                        Api.now(clock))));
  }

  private Future<Answer> remove(RoutingContext ctx) {
    var product = product(Api.path(ctx, "productId"));
    return change(
        ctx,
        cart ->
            new RemoveLine(
                cart, product, request(ctx, "remove", product.value(), 0), Api.now(clock)));
  }

  private Future<Answer> empty(RoutingContext ctx) {
    return change(ctx, cart -> new EmptyCart(cart, request(ctx, "empty", "", 0), Api.now(clock)));
  }

  private Future<Answer> addVoucher(RoutingContext ctx) {
    var session = Sessions.of(ctx);
    var code = new VoucherCode(Api.body(ctx).getString("code"));
    return vouchers
        .requireGood(code, session == null ? null : session.user())
        .compose(_ ->
            change(
                ctx,
                cart ->
                    new AddVoucher(
                        cart,
                        code.value(),
                        request(ctx, "add voucher", code.value(), 1),
                        Api.now(clock))));
  }

  private Future<Answer> removeVoucher(RoutingContext ctx) {
    var code = DiscountsApi.code(ctx);
    return change(
        ctx,
        cart ->
            new RemoveVoucher(
                cart,
                code.value(),
                request(ctx, "remove voucher", code.value(), 0),
                Api.now(clock)));
  }

  /** Who comes with a guest's cart and has signed in meanwhile gets it joined first. */
  private Future<CartId> mine(RoutingContext ctx) {
    var session = Sessions.of(ctx);
    if (session == null) {
      var guest = GuestCarts.of(ctx);
      return Future.succeededFuture(guest == null ? GuestCarts.opened(ctx) : guest);
    }
    return joining.join(ctx, session.user()).map(CartId.of(session.user()));
  }

  /** A guest's cart that is an account's now is a new one, for whoever has gone on without it. */
  private Future<Answer> change(RoutingContext ctx, Function<CartId, Command> command) {
    return mine(ctx)
        .compose(cart ->
            bus.ask(command.apply(cart), context(ctx, cart))
                .compose(reply -> isMoved(reply) ? again(ctx, command) : keep(ctx, cart, reply)))
        .compose(reply -> Api.seen(reply, CartFace.class))
        .compose(seen -> answer(seen).map(answer -> answer.changing(seen.face().cart().stream())));
  }

  private Future<Reply> again(RoutingContext ctx, Function<CartId, Command> command) {
    var cart = GuestCarts.opened(ctx);
    return bus.ask(command.apply(cart), context(ctx, cart));
  }

  private static Future<Reply> keep(RoutingContext ctx, CartId cart, Reply reply) {
    if (cart.isGuests()) {
      GuestCarts.kept(ctx);
    }
    return Future.succeededFuture(reply);
  }

  private static boolean isMoved(Reply reply) {
    return reply instanceof Refused(var code, var _, var _) && code.equals(MOVED);
  }

  private Future<Answer> read(RoutingContext ctx, Reply.Done done) {
    if (!(done.face() instanceof CartFace face)) {
      throw new IllegalStateException("answered without its face");
    }
    if (face.movedTo() != null) {
      GuestCarts.opened(ctx);
      return Future.succeededFuture(Answer.ok(CartJson.nothing()));
    }
    return answer(new Seen<>(done.version(), face));
  }

  private Future<Answer> answer(Seen<CartFace> seen) {
    return reader.read(seen).map(json -> Answer.ok(json).tagged(Etags.of(seen.version(), json)));
  }

  private Future<ProductFace> onOffer(ProductId product) {
    return bus.look(product.stream())
        .map(done -> {
          if (done.face() instanceof ProductFace face) {
            return face;
          }
          throw noProduct();
        });
  }

  private static ProductId product(String id) {
    if (!StreamId.isPlain(id)) {
      throw noProduct();
    }
    return new ProductId(id);
  }

  private static Problem noProduct() {
    return Problem.of(422, "product.not-found", "There is no such product on offer.");
  }

  private static String request(RoutingContext ctx, String what, String product, long quantity) {
    return Ids.made(ctx, what + "\n" + product + "\n" + quantity);
  }

  private static Context context(RoutingContext ctx, CartId cart) {
    var session = Sessions.of(ctx);
    return Api.expecting(
        ctx,
        session == null ? new Context(Ids.next(), null, cart.value()) : Api.context(session),
        cart.stream());
  }
}
