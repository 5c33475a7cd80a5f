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
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import boutique.language.inventory.InventoryEvent.StockSold;
import boutique.language.inventory.InventoryEvent.ThresholdSet;
import boutique.language.inventory.StockFace;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inventory room, put together. */
public final class InventoryRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("catalog", "carts", "orders");

  /** How long stock is kept for a cart that nobody touches. */
  private static final Duration CART_HOLD = Duration.ofMinutes(15);

  public static final Room<InventoryCommand, Stock, InventoryEvent> ROOM =
      new Room<>(
              InventoryCommand.ROOM,
              InventoryCommand.class,
              new StockDecider(),
              InventoryRoom::face)
          .keeping(
              new Room.Snapshot<>(
                  "stock.2", WrittenStock.class, WrittenStock::of, WrittenStock::stock))
          .telling(InventoryRoom::news);

  private InventoryRoom() {}

  /** What it does because of what it hears. */
  public static List<? extends Command> reactions(Event event) {
    return switch (event) {
      case ProductCreated e ->
          List.of(new OpenStock(e.product(), e.seller(), e.quantity(), e.at()));
      case OrderCancelled e -> releases(e.order(), e.lines(), e.cancelledAt());
      case CheckoutFailed e -> releases(e.order(), e.reserved(), e.failedAt());
      case CartUpdated e -> holds(e.cart(), e.lines(), e.at());
      case CartMerged e -> holds(e.cart(), e.lines(), e.at());
      case CartHandedOver e ->
          holds(e.cart(), e.lines().stream().map(line -> line.of(0)).toList(), e.at());
      default -> List.of();
    };
  }

  private static List<ReleaseStock> releases(OrderId order, List<OrderLine> lines, Instant at) {
    return lines.stream().map(line -> new ReleaseStock(line.product(), order, at)).toList();
  }

  /** Whether anything is kept for carts at all, the policy of each product says. */
  private static List<HoldStock> holds(CartId cart, List<CartLine> lines, Instant at) {
    return lines.stream()
        .map(line ->
            new HoldStock(line.product(), cart.value(), line.quantity(), at.plus(CART_HOLD), at))
        .toList();
  }

  private static @Nullable Face face(StreamId stream, Stock stock) {
    return switch (stock) {
      case Unknown _ -> null;
      case Known known -> face(new ProductId(stream.key()), known);
    };
  }

  private static StockFace face(ProductId product, Known known) {
    var books = known.books();
    return new StockFace(
        product,
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
        known.shelves().shelves());
  }

  /** What changes nothing that shoppers see is no news. */
  private static List<Live> news(Recorded recorded, Event event, Stock after) {
    return switch (after) {
      case Unknown _ -> List.of();
      case Known _ when isQuiet(event) -> List.of();
      case Known known -> List.of(new Live(null, "stock", left(recorded, known)));
    };
  }

  private static boolean isQuiet(Event event) {
    return event instanceof ThresholdSet
        || event instanceof StockLow
        || event instanceof StockRecovered
        || event instanceof StockSold;
  }

  private static String left(Recorded recorded, Known known) {
    return new JsonObject()
        .put("type", "stock")
        .put("productId", recorded.stream().key())
        .put("quantity", known.policy().buyable(known.available()))
        .put("version", recorded.version())
        .encode();
  }
}
