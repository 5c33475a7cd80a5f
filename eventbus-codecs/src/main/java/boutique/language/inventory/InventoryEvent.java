package boutique.language.inventory;

import boutique.language.Event;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a product's stock. Each event says what is available after it; where goods
 * come from more than one location, it says how many from each.
 */
public sealed interface InventoryEvent extends Event {
  ProductId product();

  long available();

  record StockOpened(ProductId product, UserId seller, String location, long available, Instant at)
      implements InventoryEvent {}

  record StockReceived(
      ProductId product,
      String delivery,
      String location,
      long quantity,
      long available,
      Instant at)
      implements InventoryEvent {}

  /**
   * Some are kept for an order.
   *
   * @param cart whose hold it was; null when there was none
   * @param quantity what the order wants; more than {@code from} has where stock is only tracked
   */
  record StockReserved(
      ProductId product,
      OrderId order,
      @Nullable String cart,
      long quantity,
      Map<String, Long> from,
      long available,
      @Nullable Instant until,
      Instant at)
      implements InventoryEvent {
    public StockReserved {
      from = Map.copyOf(from);
    }
  }

  /**
   * Another number is kept for an order than before.
   *
   * @param quantity as in {@link StockReserved}, as is the rest
   */
  record ReservationChanged(
      ProductId product,
      OrderId order,
      long quantity,
      Map<String, Long> from,
      long available,
      Instant at)
      implements InventoryEvent {
    public ReservationChanged {
      from = Map.copyOf(from);
    }
  }

  /**
   * What is kept for an order stays so until the order has ended: it does not lapse by itself.
   *
   * @param until when it would have
   */
  record StockKept(ProductId product, OrderId order, long available, Instant until, Instant at)
      implements InventoryEvent {}

  /** What was kept for an order is back where it came from. */
  record StockReleased(
      ProductId product,
      OrderId order,
      long quantity,
      long available,
      @Nullable Instant until,
      Instant at)
      implements InventoryEvent {}

  /** The same, because its time was over. */
  record StockLapsed(
      ProductId product, OrderId order, long quantity, long available, Instant until, Instant at)
      implements InventoryEvent {}

  /**
   * An order is paid, and has these.
   *
   * @param until when its reservation would have lapsed; null when it had none
   */
  record StockAllocated(
      ProductId product,
      OrderId order,
      long quantity,
      Map<String, Long> from,
      long available,
      @Nullable Instant until,
      Instant at)
      implements InventoryEvent {
    public StockAllocated {
      from = Map.copyOf(from);
    }
  }

  /** What a paid order has bought has left the house. */
  record StockSold(ProductId product, OrderId order, long quantity, long available, Instant at)
      implements InventoryEvent {}

  /**
   * What a paid order has bought has left the house, though nothing was kept for it any more:
   * somebody had given it back by hand.
   *
   * @param quantity how many have left
   * @param from how many of them were there to be had, of which location: nobody is promised those
   */
  record StockSent(
      ProductId product,
      OrderId order,
      long quantity,
      Map<String, Long> from,
      long available,
      Instant at)
      implements InventoryEvent {
    public StockSent {
      from = Map.copyOf(from);
    }
  }

  /**
   * Somebody has counted, and the books were wrong.
   *
   * @param by how many more or fewer there are, by location
   */
  record StockAdjusted(
      ProductId product,
      String change,
      Map<String, Long> by,
      Correction because,
      long available,
      Instant at)
      implements InventoryEvent {
    public StockAdjusted {
      by = Map.copyOf(by);
    }
  }

  record StockWrittenOff(
      ProductId product,
      String change,
      Map<String, Long> from,
      Loss because,
      long available,
      Instant at)
      implements InventoryEvent {
    public StockWrittenOff {
      from = Map.copyOf(from);
    }
  }

  record ThresholdSet(ProductId product, long threshold, long available, Instant at)
      implements InventoryEvent {}

  record PolicySet(ProductId product, StockPolicy policy, long available, Instant at)
      implements InventoryEvent {}

  /** So few are left that somebody should know: told once, until there were more again. */
  record StockLow(ProductId product, UserId seller, long threshold, long available, Instant at)
      implements InventoryEvent {}

  /** There are enough again. */
  record StockRecovered(
      ProductId product, UserId seller, long threshold, long available, Instant at)
      implements InventoryEvent {}

  /** Some are kept for a cart. */
  record StockHeld(
      ProductId product,
      String cart,
      Map<String, Long> from,
      long available,
      Instant until,
      Instant at)
      implements InventoryEvent {
    public StockHeld {
      from = Map.copyOf(from);
    }
  }

  /** What was kept for a cart is back where it came from. */
  record HoldEnded(
      ProductId product, String cart, long quantity, long available, Instant until, Instant at)
      implements InventoryEvent {}

  /** A flash sale has begun, with a new line. */
  record SaleOpened(
      ProductId product, long perCustomer, Duration window, long available, Instant at)
      implements InventoryEvent {}

  /** It is over, and nobody waits any more. */
  record SaleClosed(ProductId product, long available, Instant at) implements InventoryEvent {}

  /**
   * Somebody stands in the line.
   *
   * @param ticket counts from 1 in every sale: the order of arrival
   */
  record TicketTaken(
      ProductId product, UserId shopper, long ticket, long quantity, long available, Instant at)
      implements InventoryEvent {}

  /** It is somebody's turn: what they may order is kept for them, as for a cart. */
  record ShopperAdmitted(
      ProductId product,
      UserId shopper,
      long ticket,
      Map<String, Long> from,
      long available,
      Instant until,
      Instant at)
      implements InventoryEvent {
    public ShopperAdmitted {
      from = Map.copyOf(from);
    }
  }

  /** Somebody does not want to wait any longer. */
  record LineLeft(ProductId product, UserId shopper, long ticket, long available, Instant at)
      implements InventoryEvent {}
}
