package boutique.inventory;

import boutique.inventory.Stock.Known;
import boutique.inventory.Stock.Unknown;
import boutique.kernel.room.Room;
import boutique.kernel.store.Recorded;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.Live;
import boutique.language.StreamId;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.StockFace;
import boutique.language.orders.OrderEvent.OrderCancelled;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inventory room, put together. */
public final class InventoryRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("catalog", "orders");

  public static final Room<InventoryCommand, Stock, InventoryEvent> ROOM =
      new Room<>(
              InventoryCommand.ROOM,
              InventoryCommand.class,
              new StockDecider(),
              InventoryRoom::face)
          .keeping(
              new Room.Snapshot<>(
                  "stock.1", Stock.Written.class, Stock.Written::of, Stock.Written::stock))
          .telling(InventoryRoom::news);

  private InventoryRoom() {}

  /** What it does because of what it hears. */
  public static List<? extends Command> reactions(Event event) {
    return switch (event) {
      case ProductCreated e -> List.of(new OpenStock(e.product(), e.quantity(), e.at()));
      case OrderCancelled e ->
          e.lines().stream()
              .map(line -> new ReleaseStock(line.product(), e.order(), e.cancelledAt()))
              .toList();
      default -> List.of();
    };
  }

  private static @Nullable Face face(StreamId stream, Stock stock) {
    return switch (stock) {
      case Unknown _ -> null;
      case Known known ->
          new StockFace(
              new ProductId(stream.key()),
              known.received(),
              known.available(),
              known.received() - known.available());
    };
  }

  private static List<Live> news(Recorded recorded, Event event, Stock after) {
    return switch (after) {
      case Unknown _ -> List.of();
      case Known known -> List.of(new Live(null, "stock", left(recorded, known)));
    };
  }

  private static String left(Recorded recorded, Known known) {
    return new JsonObject()
        .put("type", "stock")
        .put("productId", recorded.stream().key())
        .put("quantity", known.available())
        .put("version", recorded.version())
        .encode();
  }
}
