package boutique.inventory;

import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decision;
import boutique.kernel.Decision.Declined;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.Shortage;
import java.util.Map;

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

  static Decision<InventoryEvent> noSale() {
    return refuse("sale.not-found", "There is no flash sale of it.");
  }

  static Decision<InventoryEvent> saleRuns() {
    return refuse("sale.running", "This cannot be changed while its flash sale is open.");
  }

  static Decision<InventoryEvent> saleKeepsNothing() {
    return refuse(
        "sale.keeps-nothing", "A flash sale needs a stock policy that keeps what is ordered.");
  }

  static Decision<InventoryEvent> line() {
    return new Declined<>(Shortage.passing());
  }

  static Decision<InventoryEvent> lineFull() {
    return refuse("sale.line-full", "The line is as long as it can be. Try again later.");
  }

  static Decision<InventoryEvent> saleCap(long perCustomer, long remaining) {
    return refuse(
        "sale.cap",
        remaining == 0
            ? "You have all " + perCustomer + " that anybody may have."
            : "Nobody may have more than " + perCustomer + ": you can have " + remaining + ".",
        Map.of("perCustomer", Long.toString(perCustomer), "remaining", Long.toString(remaining)));
  }
}
