package boutique.gateway.routes;

import boutique.kernel.Bus;
import boutique.language.Reply;
import boutique.language.StreamId;
import boutique.language.carts.CartLine;
import boutique.language.carts.Left;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.StockFace;
import boutique.language.inventory.StockPolicy;
import io.vertx.core.Future;
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
   * @param held whether a cart keeps what is in it
   */
  record Offer(ProductId id, @Nullable ProductFace product, long available, boolean held) {}

  Future<Offer> of(ProductId product) {
    return Future.all(bus.look(product.stream()), bus.look(stock(product)))
        .map(both -> offer(product, both.resultAt(0), both.resultAt(1)));
  }

  Future<List<Offer>> of(List<CartLine> lines) {
    return Future.all(lines.stream().map(this::of).toList()).map(all -> all.<Offer>list());
  }

  /**
   * Where stock is kept for carts, or for whose turn it is, what is in one is not missing to it.
   */
  private Future<Offer> of(CartLine line) {
    return of(line.product())
        .map(offer ->
            offer.held()
                ? new Offer(offer.id(), offer.product(), offer.available() + line.quantity(), true)
                : offer);
  }

  Future<List<Left>> left(List<CartLine> lines) {
    return of(lines)
        .map(all -> all.stream().map(offer -> new Left(offer.id(), offer.available())).toList());
  }

  private static Offer offer(ProductId id, Reply.Done product, Reply.Done stock) {
    var books = stock.face() instanceof StockFace known ? known : null;
    return new Offer(
        id,
        product.face() instanceof ProductFace face ? face : null,
        books == null ? 0 : books.buyable(),
        books != null && (books.policy() == StockPolicy.RESERVE_ON_CART || books.sale() != null));
  }

  private static StreamId stock(ProductId product) {
    return new StreamId(InventoryCommand.ROOM, product.value());
  }
}
