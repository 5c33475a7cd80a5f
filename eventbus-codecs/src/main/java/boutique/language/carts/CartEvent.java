package boutique.language.carts;

import boutique.language.Event;
import boutique.language.orders.OrderId;
import java.time.Instant;
import java.util.List;

/**
 * What has happened to a cart. Each event brings the lines that it changed, and all vouchers if it
 * changed any, as they are now.
 */
public sealed interface CartEvent extends Event {
  CartId cart();

  /**
   * The shopper has changed these lines.
   *
   * @param openedAt when the cart's first line was put in: the same until it is empty for good
   */
  record CartUpdated(
      CartId cart, List<CartLine> lines, String request, Instant openedAt, Instant at)
      implements CartEvent {
    public CartUpdated {
      lines = List.copyOf(lines);
    }
  }

  /** The shopper has changed which vouchers there are: these. */
  record CartVouchersChanged(
      CartId cart, List<String> vouchers, String request, Instant openedAt, Instant at)
      implements CartEvent {
    public CartVouchersChanged {
      vouchers = List.copyOf(vouchers);
    }
  }

  /**
   * A guest has signed in, and their cart is part of this one.
   *
   * @param leftOut what could not be: another currency, or more lines than a cart holds
   */
  record CartMerged(
      CartId cart,
      CartId guest,
      List<CartLine> lines,
      List<String> vouchers,
      List<CartLine> leftOut,
      Instant at)
      implements CartEvent {
    public CartMerged {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
      leftOut = List.copyOf(leftOut);
    }
  }

  /** The other side of {@link CartMerged}: this guest's cart is closed, and these were in it. */
  record CartHandedOver(
      CartId cart,
      CartId to,
      List<CartLine> lines,
      List<String> vouchers,
      List<Left> left,
      Instant openedAt,
      Instant at)
      implements CartEvent {
    public CartHandedOver {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
      left = List.copyOf(left);
    }
  }

  record CartLocked(CartId cart, OrderId order, Instant at) implements CartEvent {}

  record CartUnlocked(CartId cart, OrderId order, Instant at) implements CartEvent {}

  /** What an order has bought is out of the cart, and the order's lock with it. */
  record CartTakenOut(
      CartId cart, OrderId order, List<CartLine> lines, List<String> vouchers, Instant at)
      implements CartEvent {
    public CartTakenOut {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }

  /**
   * An order is placed on money that is held: what it buys is out of the cart, and the order's lock
   * with it. When that money is taken, nothing more leaves the cart.
   *
   * @param until when the money is captured at the latest
   */
  record CartOrdered(
      CartId cart,
      OrderId order,
      List<CartLine> lines,
      List<String> vouchers,
      Instant until,
      Instant at)
      implements CartEvent {
    public CartOrdered {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }

  /** Nobody has used it for long, and it is empty. */
  record CartForgotten(CartId cart, Instant openedAt, Instant at) implements CartEvent {}
}
