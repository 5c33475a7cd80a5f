package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Etags;
import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.views.ViewReader;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.discounts.DiscountCommand;
import boutique.language.discounts.DiscountCommand.ChangeVoucher;
import boutique.language.discounts.DiscountCommand.CreateVoucher;
import boutique.language.discounts.DiscountCommand.DeleteVoucher;
import boutique.language.discounts.Terms;
import boutique.language.discounts.VoucherCode;
import boutique.language.discounts.VoucherFace;
import boutique.language.orders.OrderLine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code /api/discounts}: vouchers, for operators; and what one would save, for everybody. */
public final class DiscountsApi {
  private static final int AT_ONCE = 100;

  private final Bus bus;
  private final InstantSource clock;
  private final ViewReader list;
  private final OrderLines lines;
  private final Vouchers vouchers;

  public DiscountsApi(
      Bus bus, InstantSource clock, ViewReader list, OrderLines lines, Vouchers vouchers) {
    this.bus = bus;
    this.clock = clock;
    this.list = list;
    this.lines = lines;
    this.vouchers = vouchers;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "validateVouchers", this::validate);
    Api.serve(routes, "createVoucher", this::create);
    Api.serve(routes, "createVouchers", this::createMany);
    Api.serve(routes, "listVouchers", this::list);
    Api.serve(routes, "getVoucher", this::get);
    Api.serve(routes, "changeVoucher", this::change);
    Api.serve(routes, "deleteVoucher", this::delete);
  }

  /** The price that an order of who asks would have now, and why; nothing is used by asking. */
  private Future<Answer> validate(RoutingContext ctx) {
    var body = Api.body(ctx);
    var session = Sessions.of(ctx);
    var user = session == null ? null : session.user();
    return lines
        .of(body)
        .compose(wanted ->
            vouchers
                .quote(wanted, Vouchers.named(body), user)
                .map(quote -> {
                  var titles =
                      wanted.stream()
                          .collect(Collectors.toMap(OrderLine::product, OrderLine::title));
                  return QuoteJson.of(quote, product -> titles.getOrDefault(product, ""));
                }))
        .map(Answer::ok);
  }

  private Future<Answer> create(RoutingContext ctx) {
    var body = Api.body(ctx);
    var given = body.getString("code");
    var code = given == null ? RandomCode.made(ctx, "voucher", "") : new VoucherCode(given);
    return ask(ctx, new CreateVoucher(code, VoucherJson.terms(body), Api.now(clock)))
        .map(seen -> changed(Answer.created(VoucherJson.of(seen)), seen))
        .map(answer -> answer.located("/api/discounts/" + code.value()));
  }

  /**
   * Many of one kind, each good for one order. Those that a request with a key makes come from the
   * key: when it is done again, because nobody knows how it ended, they are there already.
   */
  private Future<Answer> createMany(RoutingContext ctx) {
    var body = Api.body(ctx);
    var terms = VoucherJson.terms(body.copy().put("limit", 1L));
    var prefix = prefix(body);
    var codes =
        IntStream.range(0, body.getInteger("count"))
            .mapToObj(i -> RandomCode.made(ctx, "voucher " + i, prefix))
            .toList();
    return create(ctx, codes, terms, 0)
        .map(_ -> {
          var all = new JsonArray(codes.stream().map(VoucherCode::value).toList());
          return Answer.created(new JsonObject().put("count", codes.size()).put("codes", all))
              .changing(codes.stream().map(VoucherCode::stream).toArray(StreamId[]::new));
        });
  }

  private Future<Void> create(RoutingContext ctx, List<VoucherCode> codes, Terms terms, int from) {
    var to = Math.min(codes.size(), from + AT_ONCE);
    var at = Api.now(clock);
    return Future.all(
            codes.subList(from, to).stream()
                .map(code -> ask(ctx, new CreateVoucher(code, terms, at)))
                .toList())
        .compose(
            _ -> to == codes.size() ? Future.succeededFuture() : create(ctx, codes, terms, to));
  }

  private static String prefix(JsonObject body) {
    var given = body.getString("prefix");
    return given == null ? "" : given.toUpperCase(Locale.ROOT) + "-";
  }

  private Future<Answer> list(RoutingContext ctx) {
    return new Listing(list)
        .inOrderOf(
            ctx,
            beginning(ctx),
            shown -> Future.succeededFuture(shown.stream().map(VoucherJson::of).toList()));
  }

  private static String beginning(RoutingContext ctx) {
    var given = Api.query(ctx, "prefix");
    return given == null ? "" : given.toUpperCase(Locale.ROOT);
  }

  private Future<Answer> get(RoutingContext ctx) {
    return bus.look(code(ctx).stream())
        .map(seen -> {
          if (seen.face() instanceof VoucherFace face) {
            return Api.unlessKnown(
                ctx,
                Etags.of(seen.version()),
                () -> VoucherJson.of(new Api.Seen<>(seen.version(), face)));
          }
          throw Problem.notFound("voucher");
        });
  }

  private Future<Answer> change(RoutingContext ctx) {
    var terms = VoucherJson.terms(Api.body(ctx));
    return ask(ctx, new ChangeVoucher(code(ctx), terms, Api.now(clock)))
        .map(seen -> changed(Answer.ok(VoucherJson.of(seen)), seen));
  }

  private Future<Answer> delete(RoutingContext ctx) {
    var command = new DeleteVoucher(code(ctx), Api.now(clock));
    return bus.ask(command, Api.context(ctx, Sessions.required(ctx), command.stream()))
        .map(reply ->
            switch (reply) {
              case Done _ -> Answer.nothing().changing(command.stream());
              case Refused because -> throw Problem.refused(because);
            });
  }

  private Future<Api.Seen<VoucherFace>> ask(RoutingContext ctx, DiscountCommand command) {
    return bus.ask(command, Api.context(ctx, Sessions.required(ctx), command.stream()))
        .compose(reply -> Api.seen(reply, VoucherFace.class));
  }

  private static Answer changed(Answer answer, Api.Seen<VoucherFace> seen) {
    return Api.changed(answer, seen.face().code().stream(), seen.version());
  }

  /** The voucher that the address names. */
  static VoucherCode code(RoutingContext ctx) {
    var code = Api.path(ctx, "code");
    if (!VoucherCode.isOne(code)) {
      throw Problem.notFound("voucher");
    }
    return new VoucherCode(code);
  }
}
