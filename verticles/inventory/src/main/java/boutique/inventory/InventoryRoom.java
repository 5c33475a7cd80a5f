package boutique.inventory;

import boutique.kernel.room.Room;
import boutique.kernel.store.EventStore;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartOrdered;
import boutique.language.carts.CartEvent.CartTakenOut;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartId;
import boutique.language.carts.CartLine;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.HoldStock;
import boutique.language.inventory.InventoryCommand.KeepStock;
import boutique.language.inventory.InventoryCommand.OpenStock;
import boutique.language.inventory.InventoryCommand.ReceiveStock;
import boutique.language.inventory.InventoryCommand.ReleaseStock;
import boutique.language.inventory.InventoryCommand.ShipStock;
import boutique.language.inventory.InventoryEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderEvent.OrderShipped;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The inventory room, put together. */
public final class InventoryRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("catalog", "carts", "orders");

  /** How long stock is kept for a cart that nobody touches. */
  private static final Duration CART_HOLD = Duration.ofMinutes(15);

  private InventoryRoom() {}

  /** The room whose streams are in this store. */
  public static Room<InventoryCommand, Stock, InventoryEvent> room(EventStore store) {
    return new Room<>(
            InventoryCommand.ROOM, InventoryCommand.class, new StockDecider(), new StockPortrait())
        .keeping(
            new Room.Snapshot<>(
                "stock.4", WrittenStock.class, WrittenStock::of, WrittenStock::stock))
        .telling(StockNews::of)
        .through((desk, _) -> new Auditing(desk, store));
  }

  /**
   * What it does because of what it hears. Stock is given back at the moment when that is heard:
   * whoever waits for it has their whole time from then on, however late it is.
   */
  public static Function<Event, List<? extends Command>> listening(InstantSource clock) {
    return event -> reactions(event, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private static List<? extends Command> reactions(Event event, Instant now) {
    return switch (event) {
      case ProductCreated e ->
          List.of(new OpenStock(e.product(), e.seller(), e.quantity(), e.at()));
      case OrderCancelled e -> releases(e.order(), e.lines(), now);
      case CheckoutFailed e -> releases(e.order(), e.reserved(), now);
      case OrderRefunded e -> releases(e.order(), e.unshipped(), now);
      case OrderCalledOff e -> releases(e.order(), e.lines(), now);
      case OrderHeld e -> keeps(e);
      case OrderShipped e -> shipments(e);
      case OrderReturned e -> e.restock() ? restocks(e) : List.of();
      case CartUpdated e -> holds(e.cart(), e.lines(), e.at());
      case CartOrdered e -> holds(e.cart(), e.lines(), e.at());
      case CartTakenOut e -> holds(e.cart(), e.lines(), e.at());
      case CartMerged e -> holds(e.cart(), e.lines(), e.at());
      case CartHandedOver e ->
          holds(e.cart(), e.lines().stream().map(line -> line.of(0)).toList(), e.at());
      default -> List.of();
    };
  }

  private static List<ReleaseStock> releases(OrderId order, List<OrderLine> lines, Instant at) {
    return lines.stream().map(line -> new ReleaseStock(line.product(), order, at)).toList();
  }

  private static List<KeepStock> keeps(OrderHeld e) {
    return e.lines().stream()
        .map(line -> new KeepStock(line.product(), e.order(), e.at()))
        .toList();
  }

  private static List<ShipStock> shipments(OrderShipped e) {
    return e.lines().stream()
        .map(line -> new ShipStock(line.product(), e.order(), line.quantity(), e.at()))
        .toList();
  }

  /** Goods that came back are a delivery like any other: one of each product. */
  private static List<ReceiveStock> restocks(OrderReturned e) {
    var back = new LinkedHashMap<ProductId, Long>();
    e.items().forEach(item -> back.merge(item.product(), item.quantity(), Math::addExact));
    return back.entrySet().stream()
        .map(all ->
            new ReceiveStock(
                all.getKey(), "return-" + e.request(), null, all.getValue(), null, null, e.at()))
        .toList();
  }

  /** Whether anything is kept for carts at all, the policy of each product says. */
  private static List<HoldStock> holds(CartId cart, List<CartLine> lines, Instant at) {
    return lines.stream()
        .map(line ->
            new HoldStock(line.product(), cart.value(), line.quantity(), at.plus(CART_HOLD), at))
        .toList();
  }
}
