package boutique.language.inventory;

import boutique.language.Command;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import java.time.Instant;

/** What may be asked of a product's stock. Every command is harmless when repeated. */
public sealed interface InventoryCommand extends Command {
  String ROOM = "inventory";

  ProductId product();

  @Override
  default StreamId stream() {
    return new StreamId(ROOM, product().value());
  }

  /** Takes the first delivery of a product into the books. */
  record OpenStock(ProductId product, long quantity, Instant at) implements InventoryCommand {}

  /** Keeps some for an order. */
  record ReserveStock(ProductId product, OrderId order, long quantity, Instant at)
      implements InventoryCommand {}

  /** Gives back what an order had reserved. */
  record ReleaseStock(ProductId product, OrderId order, Instant at) implements InventoryCommand {}
}
