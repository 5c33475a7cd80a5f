package boutique.inventory;

import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Unknown;
import boutique.kernel.room.Room;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.SaleFace;
import boutique.language.inventory.SaleFace.Turn;
import boutique.language.inventory.StockFace;
import boutique.language.inventory.StockFace.Held;
import org.jspecify.annotations.Nullable;

/**
 * What a product's stock shows: to each shopper what their cart holds, and in a flash sale where
 * they stand.
 */
final class StockPortrait implements Room.Portrait<Stock> {

  @Override
  public @Nullable Face of(StreamId stream, Stock stock) {
    return switch (stock) {
      case Unknown _ -> null;
      case Known known -> face(stream, known, null, null);
    };
  }

  @Override
  public @Nullable Face of(StreamId stream, Stock stock, String asker) {
    return switch (stock) {
      case Unknown _ -> null;
      case Known known -> face(stream, known, turn(known, asker), held(known, asker));
    };
  }

  private static StockFace face(
      StreamId stream, Known known, @Nullable Turn turn, @Nullable Held held) {
    var books = known.books();
    return new StockFace(
        new ProductId(stream.key()),
        known.seller(),
        known.policy(),
        known.threshold(),
        known.low(),
        books.received(),
        books.available(),
        books.reserved(),
        books.allocated(),
        books.sold(),
        books.writtenOff(),
        known.shelves().shelves(),
        !known.carts().isEmpty(),
        sale(known, turn),
        held);
  }

  /** A cart is named as its shopper is, and a guest as their cart. */
  static @Nullable Held held(Known known, String cart) {
    var hold = known.carts().get(cart);
    return hold == null ? null : new Held(hold.quantity(), hold.until());
  }

  static @Nullable SaleFace sale(Known known, @Nullable Turn turn) {
    var sale = known.sale();
    return sale == null ? null : sale.face(known.isSoldOut(), turn);
  }

  private static @Nullable Turn turn(Known known, String shopper) {
    var sale = known.sale();
    if (sale == null) {
      return null;
    }
    var ticket = sale.waiting().get(shopper);
    var hold = known.carts().get(shopper);
    var wanted = ticket == null ? 0 : sale.wanted(ticket);
    var kept = hold == null ? 0 : hold.quantity();
    return new Turn(
        ticket,
        ticket == null ? 0 : sale.place(ticket),
        kept,
        hold == null ? null : hold.until(),
        Math.max(0, sale.remaining(shopper) - wanted - kept));
  }
}
