package boutique.language.inventory;

import boutique.language.Event;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import java.time.Instant;

/** What has happened to a product's stock. Each event says what is available after it. */
public sealed interface InventoryEvent extends Event {
  ProductId product();

  long available();

  record StockOpened(ProductId product, long available, Instant at) implements InventoryEvent {}

  record StockReserved(ProductId product, OrderId order, long quantity, long available, Instant at)
      implements InventoryEvent {}

  record StockReleased(ProductId product, OrderId order, long quantity, long available, Instant at)
      implements InventoryEvent {}
}
