package boutique.language.inventory;

import boutique.language.Command;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be asked of a product's stock. Every command is harmless when repeated. */
public sealed interface InventoryCommand extends Command {
  String ROOM = "inventory";

  /** Where goods are as long as nobody says otherwise. */
  String MAIN = "main";

  ProductId product();

  @Override
  default StreamId stream() {
    return new StreamId(ROOM, product().value());
  }

  /** Opens the books of a product with its first delivery. */
  record OpenStock(ProductId product, UserId seller, long quantity, Instant at)
      implements InventoryCommand {}

  /**
   * Takes a further delivery into the books.
   *
   * @param delivery by what it is known when it is said again
   * @param location null for the first one
   * @param threshold null to leave it as it is, as is the policy
   */
  record ReceiveStock(
      ProductId product,
      String delivery,
      @Nullable String location,
      long quantity,
      @Nullable Long threshold,
      @Nullable StockPolicy policy,
      Instant at)
      implements InventoryCommand {}

  /**
   * Keeps some for an order.
   *
   * @param cart whose hold becomes the order's; null when there is none
   * @param until when it lapses by itself; null for never
   * @param at when the order was placed: the same in every repetition
   */
  record ReserveStock(
      ProductId product,
      OrderId order,
      long quantity,
      @Nullable String cart,
      @Nullable Instant until,
      Instant at)
      implements InventoryCommand {

    public ReserveStock(ProductId product, OrderId order, long quantity, Instant at) {
      this(product, order, quantity, null, null, at);
    }
  }

  /**
   * Keeps another quantity for an order than before: all of it, or as many as before.
   *
   * @param quantity 0 to give all back
   * @param cart whose hold goes into it when it is more than before; null when there is none
   * @param until as in {@link ReserveStock}, as is the rest
   */
  record ChangeReservation(
      ProductId product,
      OrderId order,
      long quantity,
      @Nullable String cart,
      @Nullable Instant until,
      Instant at)
      implements InventoryCommand {}

  /**
   * Gives back what is kept for an order, paid or not.
   *
   * @param quantity how many that must be; null for however many there are
   */
  record ReleaseStock(ProductId product, OrderId order, @Nullable Long quantity, Instant at)
      implements InventoryCommand {

    public ReleaseStock(ProductId product, OrderId order, Instant at) {
      this(product, order, null, at);
    }
  }

  /** An order is paid: what is kept for it is as good as sold. */
  record AllocateStock(
      ProductId product, OrderId order, long quantity, Instant placedAt, Instant at)
      implements InventoryCommand {}

  /**
   * What a paid order has bought has left the house. That is a fact, whatever the books say.
   *
   * @param quantity as many as the order has of it
   */
  record ShipStock(ProductId product, OrderId order, long quantity, Instant at)
      implements InventoryCommand {}

  /**
   * Says how many are available: somebody has counted.
   *
   * @param change by what it is known when it is said again
   * @param location where they were counted; null for everywhere
   */
  record AdjustStock(
      ProductId product,
      String change,
      @Nullable String location,
      long quantity,
      Correction because,
      Instant at)
      implements InventoryCommand {}

  /** Takes goods out of the books that nobody can sell any more. */
  record WriteOffStock(
      ProductId product,
      String change,
      @Nullable String location,
      long quantity,
      Loss because,
      Instant at)
      implements InventoryCommand {}

  /** Says at how many left it is low; 0 for never. */
  record SetThreshold(ProductId product, long threshold, Instant at) implements InventoryCommand {}

  record SetPolicy(ProductId product, StockPolicy policy, Instant at) implements InventoryCommand {}

  /**
   * Keeps what is in a cart, as far as there is any, where the policy wants that. A cart that holds
   * some already then holds so many; 0 gives all back.
   *
   * @param until when it lapses by itself
   */
  record HoldStock(ProductId product, String cart, long quantity, Instant until, Instant at)
      implements InventoryCommand {}

  /** Keeps what is kept for an order for as long as the order is not over. */
  record KeepStock(ProductId product, OrderId order, Instant at) implements InventoryCommand {}

  /** Says that the time of an order's reservation may be over. */
  record LapseReservation(ProductId product, OrderId order, Instant at)
      implements InventoryCommand {}

  /** Says that the time of a cart's hold may be over. */
  record LapseHold(ProductId product, String cart, Instant at) implements InventoryCommand {}

  /**
   * Opens a flash sale: from now on it is bought by those whose turn it is.
   *
   * @param perCustomer how many anybody may have of it
   * @param window how long whoever is admitted may take to order
   */
  record OpenSale(ProductId product, long perCustomer, Duration window, Instant at)
      implements InventoryCommand {}

  /** Ends a flash sale. What is kept for those who were admitted stays theirs for its time. */
  record CloseSale(ProductId product, Instant at) implements InventoryCommand {}

  /** Takes a ticket for a shopper, who has one at a time. */
  record JoinLine(ProductId product, UserId shopper, long quantity, Instant at)
      implements InventoryCommand {}

  /** Gives a place in the line back, or what was kept for whoever had it. */
  record LeaveLine(ProductId product, UserId shopper, Instant at) implements InventoryCommand {}

  /** Reads a product's whole stream again and reckons anew. Changes nothing. */
  record AuditStock(ProductId product, Instant at) implements InventoryCommand {}
}
