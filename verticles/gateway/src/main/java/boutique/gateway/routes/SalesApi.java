package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.gateway.routes.Api.Seen;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.language.Reply;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.AuditFace;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.AuditStock;
import boutique.language.inventory.InventoryCommand.CloseSale;
import boutique.language.inventory.InventoryCommand.JoinLine;
import boutique.language.inventory.InventoryCommand.LeaveLine;
import boutique.language.inventory.InventoryCommand.OpenSale;
import boutique.language.inventory.SaleFace;
import boutique.language.inventory.SaleFace.Turn;
import boutique.language.inventory.Shortage;
import boutique.language.inventory.StockFace;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flash sales: for the seller, for those who stand in line, and for who has to prove it. */
public final class SalesApi {
  private static final long USUAL_WINDOW = 120;

  private final Bus bus;
  private final InstantSource clock;
  private final Books books;

  public SalesApi(Bus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
    this.books = new Books(bus);
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "openSale", this::open);
    Api.serve(routes, "closeSale", this::close);
    Api.serve(routes, "auditStock", this::audit);
    Api.serve(routes, "getSale", this::get);
    Api.serve(routes, "takeTicket", this::join);
    Api.serve(routes, "getTicket", this::place);
    Api.serve(routes, "giveTicketBack", this::leave);
  }

  private Future<Answer> open(RoutingContext ctx) {
    var body = Api.body(ctx);
    var window = Duration.ofSeconds(body.getLong("windowSeconds", USUAL_WINDOW));
    return books
        .mine(ctx, Api.id(ctx), "stock")
        .compose(seen ->
            ask(
                ctx,
                new OpenSale(
                    seen.face().product(), body.getLong("perCustomer"), window, Api.now(clock))))
        .map(seen -> changed(Answer.ok(StockJson.of(seen)), seen));
  }

  private Future<Answer> close(RoutingContext ctx) {
    return books
        .mine(ctx, Api.id(ctx), "stock")
        .compose(seen -> ask(ctx, new CloseSale(seen.face().product(), Api.now(clock))))
        .map(seen -> changed(Answer.ok(StockJson.of(seen)), seen));
  }

  private Future<Answer> audit(RoutingContext ctx) {
    return books
        .mine(ctx, Api.id(ctx), "stock")
        .compose(seen ->
            bus.ask(
                new AuditStock(seen.face().product(), Api.now(clock)),
                Api.context(Sessions.required(ctx))))
        .compose(reply -> Api.seen(reply, AuditFace.class))
        .map(seen -> Answer.ok(StockJson.audit(seen.face(), findings(ctx, seen.face()))));
  }

  /** An event may name other shoppers: those are no seller's business. */
  private static List<String> findings(RoutingContext ctx, AuditFace audit) {
    var all = audit.violations();
    return all.isEmpty() || Books.isOperator(Sessions.required(ctx))
        ? all
        : List.of("%d promises were broken. An operator is told which.".formatted(all.size()));
  }

  private Future<Answer> get(RoutingContext ctx) {
    return sale(bus.look(stream(Api.id(ctx), "product")))
        .map(sold -> Answer.ok(StockJson.of(sold)));
  }

  /** When all is sold and nobody waits, that is known here; nobody has to be asked. */
  private Future<Answer> join(RoutingContext ctx) {
    var body = Api.body(ctx);
    return sale(bus.look(stream(body.getString("productId"), "product")))
        .compose(sold -> {
          if (sold.sale().soldOut() && sold.sale().waiting() == 0) {
            throw Problem.refused(Shortage.of(sold.product(), 0));
          }
          var shopper = Sessions.required(ctx).user();
          return ask(
              ctx,
              new JoinLine(sold.product(), shopper, body.getLong("quantity", 1L), Api.now(clock)));
        })
        .map(seen -> changed(Answer.ok(StockJson.of(sold(seen))), seen));
  }

  private Future<Answer> place(RoutingContext ctx) {
    return mine(ctx).map(sold -> Answer.ok(StockJson.of(sold)));
  }

  private Future<Answer> leave(RoutingContext ctx) {
    var shopper = Sessions.required(ctx).user();
    return mine(ctx)
        .compose(sold -> ask(ctx, new LeaveLine(sold.product(), shopper, Api.now(clock))))
        .map(seen -> changed(Answer.nothing(), seen));
  }

  /** A sale in which the asker has a place, or something to order. */
  private Future<Sold> mine(RoutingContext ctx) {
    var stream = stream(Api.path(ctx, "productId"), "ticket");
    return bus.look(stream, Api.context(Sessions.required(ctx)))
        .map(done -> {
          if (done.face() instanceof StockFace face
              && face.sale() != null
              && has(face.sale().turn())) {
            return new Sold(done.version(), face.product(), face.available(), face.sale());
          }
          throw Problem.notFound("ticket");
        });
  }

  private Future<Seen<StockFace>> ask(RoutingContext ctx, InventoryCommand command) {
    return bus.ask(command, Api.context(Sessions.required(ctx)))
        .compose(reply -> Api.seen(reply, StockFace.class));
  }

  private static boolean has(@Nullable Turn turn) {
    return turn != null && (turn.ticket() != null || turn.kept() > 0);
  }

  private static StreamId stream(String product, String what) {
    if (!StreamId.isPlain(product)) {
      throw Problem.notFound(what);
    }
    return Books.stream(product);
  }

  /** A flash sale, and how many are left for whoever comes now. */
  record Sold(long version, ProductId product, long left, SaleFace sale) {}

  private static Future<Sold> sale(Future<Reply.Done> look) {
    return look.map(done -> {
      if (done.face() instanceof StockFace face) {
        return sold(new Seen<>(done.version(), face));
      }
      throw Problem.notFound("product");
    });
  }

  private static Sold sold(Seen<StockFace> seen) {
    var sale = seen.face().sale();
    if (sale == null) {
      throw Problem.notFound("sale");
    }
    return new Sold(seen.version(), seen.face().product(), seen.face().available(), sale);
  }

  private static Answer changed(Answer answer, Seen<StockFace> seen) {
    return answer.changing(Books.stream(seen.face().product().value()));
  }
}
