package boutique.gateway.routes;

import boutique.gateway.problems.Problem;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Refused;
import boutique.language.StreamId;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartLine;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.Shortage;
import boutique.language.inventory.StockFace;
import boutique.language.orders.OrderLine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines with the titles and prices of this moment, for the {@code items} of a request; what a
 * client says of them is ignored.
 */
public record OrderLines(Bus bus) {

  Future<List<OrderLine>> of(JsonObject body) {
    var lines =
        quantities(body).entrySet().stream()
            .map(wanted -> line(new ProductId(wanted.getKey()), wanted.getValue()))
            .toList();
    return Future.all(lines).map(all -> all.<OrderLine>list()).map(OrderLines::inOneCurrency);
  }

  /** The lines of a cart, unless one has another price now than its shopper was shown. */
  Future<List<OrderLine>> of(CartFace cart) {
    return Future.all(cart.lines().stream().map(this::asShown).toList())
        .map(all -> all.<OrderLine>list());
  }

  private Future<OrderLine> asShown(CartLine shown) {
    return line(shown.product(), shown.quantity())
        .map(now -> {
          if (!now.price().equals(shown.price())) {
            throw Problem.refused(
                new Refused(
                    "price.changed",
                    "The price of %s has changed meanwhile. Look at the cart again."
                        .formatted(now.title()),
                    Map.of(
                        "productId",
                        now.product().value(),
                        "price",
                        now.price().decimal().toPlainString())));
          }
          return now;
        });
  }

  /** The same lines, unless there is not enough of one. Known from memory: nothing is written. */
  Future<List<OrderLine>> inStock(List<OrderLine> lines, Context buyer) {
    return Future.all(lines.stream().map(line -> inStock(line, buyer)).toList()).map(lines);
  }

  private Future<?> inStock(OrderLine line, Context buyer) {
    return bus.look(Books.stream(line.product().value()))
        .compose(seen ->
            seen.face() instanceof StockFace books
                ? inStock(line, books, buyer)
                : Future.succeededFuture());
  }

  /** Where some is held for somebody, that may be the buyer. */
  private Future<?> inStock(OrderLine line, StockFace books, Context buyer) {
    if (books.sale() != null) {
      return bus.look(Books.stream(line.product().value()), buyer)
          .map(seen -> requireTurn(line, seen));
    }
    return !books.holding() && books.buyable() < line.quantity()
        ? Future.failedFuture(Problem.refused(Shortage.of(line.product(), books.available())))
        : Future.succeededFuture();
  }

  /** In a flash sale an order gets what is kept for its buyer. */
  private static OrderLine requireTurn(OrderLine line, Reply.Done seen) {
    var sale = seen.face() instanceof StockFace books ? books.sale() : null;
    var turn = sale == null ? null : sale.turn();
    if (turn != null && turn.kept() < line.quantity()) {
      throw Problem.refused(Shortage.passing());
    }
    return line;
  }

  private Future<OrderLine> line(ProductId product, long quantity) {
    return bus.look(product.stream())
        .map(seen -> {
          if (seen.face() instanceof ProductFace(var _, var _, var title, var price)) {
            return new OrderLine(product, title, price, quantity);
          }
          throw noProduct(product.value());
        });
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

  private static List<OrderLine> inOneCurrency(List<OrderLine> lines) {
    if (lines.stream().map(line -> line.price().currency()).distinct().count() > 1) {
      throw Problem.of(
          422, "order.mixed-currency", "All lines of an order must be in one currency.");
    }
    return lines;
  }

  static Problem noProduct(String id) {
    return Problem.of(422, "product.not-found", "There is no product " + id + ".");
  }
}
