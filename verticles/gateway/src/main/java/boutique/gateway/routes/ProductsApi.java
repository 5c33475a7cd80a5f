package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.conventions.Answer.Version;
import boutique.gateway.conventions.Etags;
import boutique.gateway.conventions.Ids;
import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.Bus;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.views.ViewReader;
import boutique.language.Context;
import boutique.language.Money;
import boutique.language.Reply;
import boutique.language.StreamId;
import boutique.language.catalog.CatalogCommand.CreateProduct;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.StockFace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/products}. */
public final class ProductsApi {
  private static final Logger LOG = LoggerFactory.getLogger(ProductsApi.class);

  private final Bus bus;
  private final InstantSource clock;
  private final Listing products;

  public ProductsApi(Bus bus, InstantSource clock, ViewReader products) {
    this.bus = bus;
    this.clock = clock;
    this.products = new Listing(products);
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "createProduct", this::create);
    Api.serve(routes, "listProducts", this::list);
    Api.serve(routes, "getProduct", this::get);
  }

  private Future<Answer> create(RoutingContext ctx) {
    var session = Sessions.required(ctx);
    var body = Api.body(ctx);
    var product = new ProductId(Ids.made(ctx, "product"));
    var quantity = body.getLong("quantity");
    var context = Api.context(session);
    var command =
        new CreateProduct(
            product,
            session.user(),
            title(body),
            Prices.of(ctx, "price"),
            quantity,
            Api.now(clock));
    return bus.ask(command, context)
        .compose(reply -> Api.seen(reply, ProductFace.class))
        .compose(seen -> open(command, context).map(books -> created(seen, quantity, books)));
  }

  /** So that it can be bought at once. If it fails now, the inventory hears of the product soon. */
  private Future<Optional<Api.Seen<StockFace>>> open(CreateProduct c, Context context) {
    return bus.ask(new OpenStock(c.product(), c.seller(), c.quantity(), c.at()), context)
        .compose(reply -> Api.seen(reply, StockFace.class))
        .map(Optional::of)
        .recover(failure -> {
          LOG.warn("the stock of {} opens later: {}", c.product(), failure.getMessage());
          return Future.succeededFuture(Optional.empty());
        });
  }

  /** What is said is what the tag names: of books that are not open yet there is nothing in it. */
  private static Answer created(
      Api.Seen<ProductFace> seen, long quantity, Optional<Api.Seen<StockFace>> books) {
    var product = seen.face().product();
    var left = books.map(known -> known.face().buyable()).orElse(quantity);
    var onSale = books.map(known -> known.face().sale() != null).orElse(false);
    return Answer.created(json(seen, left, onSale))
        .tagged(
            books
                .map(known -> Etags.of(seen.version(), known.version()))
                .orElseGet(() -> Etags.of(seen.version())))
        .located("/api/products/" + product.value())
        .changing(product.stream(), new StreamId(InventoryCommand.ROOM, product.value()));
  }

  private Future<Answer> list(RoutingContext ctx) {
    return products.newestFirst(ctx, "", entry -> complete(entry) ? json(entry) : null);
  }

  private Future<Answer> get(RoutingContext ctx) {
    var id = Api.id(ctx);
    if (!StreamId.isPlain(id)) {
      throw Problem.notFound("product");
    }
    var product = new ProductId(id);
    var stock = new StreamId(InventoryCommand.ROOM, id);
    return Future.all(bus.look(product.stream()), bus.look(stock))
        .map(both -> answer(ctx, product, stock, both.resultAt(0), both.resultAt(1)));
  }

  private static Answer answer(
      RoutingContext ctx, ProductId id, StreamId shelf, Reply.Done product, Reply.Done stock) {
    if (!(product.face() instanceof ProductFace face)) {
      throw Problem.notFound("product");
    }
    var books = stock.face() instanceof StockFace known ? known : null;
    return Api.unlessKnown(
            ctx,
            Etags.of(product.version(), stock.version()),
            () ->
                json(
                    new Api.Seen<>(product.version(), face),
                    books == null ? 0 : books.buyable(),
                    books != null && books.sale() != null))
        .about(new Version(id.stream(), product.version()), new Version(shelf, stock.version()));
  }

  private static String title(JsonObject body) {
    var title = body.getString("title").strip();
    if (title.isEmpty()) {
      throw Problem.invalid(List.of(new Wrong("title", "says nothing")));
    }
    return title;
  }

  static JsonObject json(Api.Seen<ProductFace> seen, long quantity, boolean flashSale) {
    var face = seen.face();
    return new JsonObject()
        .put("id", face.product().value())
        .put("title", face.title())
        .put("price", face.price().decimal())
        .put("currency", face.price().currency())
        .put("quantity", quantity)
        .put("imageUrl", null)
        .put("userId", face.seller().value())
        .put("flashSale", flashSale)
        .put("version", seen.version());
  }

  /** Whether the product itself has been heard of, and not only its stock. */
  private static boolean complete(Entry entry) {
    return entry.document().containsKey("title");
  }

  private static JsonObject json(Entry entry) {
    var document = entry.document();
    var price = new Money(document.getLong("price"), document.getString("currency"));
    return new JsonObject()
        .put("id", entry.key())
        .put("title", document.getString("title"))
        .put("price", price.decimal())
        .put("currency", price.currency())
        .put("quantity", document.getLong("quantity"))
        .put("imageUrl", null)
        .put("userId", document.getString("seller"))
        .put("flashSale", document.getBoolean("flashSale", false))
        .put("version", document.getLong("version"));
  }
}
