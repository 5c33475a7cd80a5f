package boutique.gateway.routes;

import boutique.gateway.conventions.Ids;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply.Done;
import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.carts.Left;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.StockFace;
import boutique.language.inventory.StockPolicy;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the shop offers at this moment: the product as it is now, and how many are left of it. */
public final class Offers {
  private final Bus bus;

  public Offers(Bus bus) {
    this.bus = bus;
  }

  /**
   * An offer.
   *
   * @param product null when it is not on offer any more
   * @param available how many can be bought, with those that the asking carts hold
   * @param inLine whether it is sold in a flash sale, to those who are held some
   * @param hold null where nothing is ever held for carts
   */
  record Offer(
      ProductId id,
      @Nullable ProductFace product,
      long available,
      boolean inLine,
      @Nullable Hold hold) {}

  /**
   * What is held for the cart that asks.
   *
   * @param version of the stock that said so
   */
  record Hold(long quantity, @Nullable Instant until, long version) {}

  /** As they are to this cart: what it holds itself is not missing to it. */
  Future<List<Offer>> of(List<CartLine> lines, CartId cart) {
    return of(lines, List.of(cart));
  }

  /** How many of each these carts could have together. */
  Future<List<Left>> left(List<CartLine> lines, List<CartId> carts) {
    return of(lines, carts)
        .map(all -> all.stream().map(offer -> new Left(offer.id(), offer.available())).toList());
  }

  private Future<List<Offer>> of(List<CartLine> lines, List<CartId> carts) {
    return Future.all(lines.stream().map(line -> of(line.product(), carts)).toList())
        .map(all -> all.<Offer>list());
  }

  private Future<Offer> of(ProductId product, List<CartId> carts) {
    return Future.all(bus.look(product.stream()), bus.look(Books.stream(product.value())))
        .compose(both -> {
          var face = both.resultAt(0) instanceof Done(var _, ProductFace known) ? known : null;
          return both.resultAt(1) instanceof Done(var version, StockFace books)
              ? of(product, face, books, version, carts)
              : Future.succeededFuture(new Offer(product, face, 0, false, null));
        });
  }

  /** The carts are asked about only where some is held for somebody. */
  private Future<Offer> of(
      ProductId product,
      @Nullable ProductFace face,
      StockFace books,
      long version,
      List<CartId> carts) {
    var inLine = books.sale() != null;
    if (!books.holding()) {
      var none = books.policy() == StockPolicy.RESERVE_ON_CART ? new Hold(0, null, version) : null;
      return Future.succeededFuture(new Offer(product, face, books.buyable(), inLine, none));
    }
    return Future.all(carts.stream().map(cart -> asSeenBy(cart, product)).toList())
        .map(all -> offer(product, face, inLine, all.<Done>list()));
  }

  private Future<Done> asSeenBy(CartId cart, ProductId product) {
    var context = new Context(Ids.next(), null, cart.value());
    return bus.look(Books.stream(product.value()), context);
  }

  private static Offer offer(
      ProductId product, @Nullable ProductFace face, boolean inLine, List<Done> asSeenByEach) {
    var left = 0L;
    var held = 0L;
    Hold hold = null;
    for (var seen : asSeenByEach) {
      if (seen.face() instanceof StockFace books) {
        var own = books.held();
        left = books.buyable();
        held += own == null ? 0 : own.quantity();
        hold =
            own == null
                ? new Hold(0, null, seen.version())
                : new Hold(own.quantity(), own.until(), seen.version());
      }
    }
    return new Offer(product, face, left + held, inLine, hold);
  }
}
