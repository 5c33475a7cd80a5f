package boutique.catalog;

import boutique.catalog.Product.Absent;
import boutique.catalog.Product.Offered;
import boutique.kernel.room.Room;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.catalog.CatalogCommand;
import boutique.language.catalog.CatalogEvent;
import boutique.language.catalog.ProductFace;
import boutique.language.catalog.ProductId;
import org.jspecify.annotations.Nullable;

/** The catalog room, put together. */
public final class CatalogRoom {
  public static final Room<CatalogCommand, Product, CatalogEvent> ROOM =
      new Room<>("catalog", CatalogCommand.class, new ProductDecider(), CatalogRoom::face);

  private CatalogRoom() {}

  private static @Nullable Face face(StreamId stream, Product product) {
    return switch (product) {
      case Absent _ -> null;
      case Offered(var seller, var title, var price) ->
          new ProductFace(new ProductId(stream.key()), seller, title, price);
    };
  }
}
