package boutique.inventory;

import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Declined;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.Shortage;

/** Why something cannot be done with a stock. */
final class Refusals {
  private Refusals() {}

  static Decision<InventoryEvent> unknown() {
    return refuse("product.not-found", "There is no such product.");
  }

  static Decision<InventoryEvent> quantity() {
    return refuse("quantity.invalid", "That is not a quantity that can be dealt with.");
  }

  static Decision<InventoryEvent> insufficient(ProductId product, long available) {
    return new Declined<>(Shortage.of(product, available));
  }

  static Decision<InventoryEvent> tooMuch() {
    return refuse("stock.too-much", "The books hold at most " + Books.MOST + " of a product.");
  }

  static Decision<InventoryEvent> tooManyLocations() {
    return refuse("location.too-many", "A product is in at most " + Shelves.MOST + " locations.");
  }

  /** It had stock here once, or may have had: to begin anew for it would be to keep it for ever. */
  static Decision<InventoryEvent> ended() {
    return refuse("reservation.ended", "What was kept for this order is given back or sold.");
  }

  static Decision<InventoryEvent> differs(long kept) {
    return refuse("reservation.differs", "The order has " + kept + " of it, not that many.");
  }

  static Decision<InventoryEvent> unpaid() {
    return refuse("reservation.unpaid", "The order is not paid yet.");
  }
}
