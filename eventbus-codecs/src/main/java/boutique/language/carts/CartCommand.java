package boutique.language.carts;

import boutique.language.Command;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import java.time.Instant;
import java.util.List;

/**
 * What may be asked of a cart. What its shopper does carries the id of the request, by which it is
 * known again when it comes twice.
 */
public sealed interface CartCommand extends Command {
  CartId cart();

  @Override
  default StreamId stream() {
    return cart().stream();
  }

  /**
   * Puts so many more of a product in, at the price that the shopper is shown; a line that is there
   * already keeps the one that it has.
   */
  record AddToCart(
      CartId cart,
      ProductId product,
      String title,
      Money price,
      long quantity,
      String request,
      Instant at)
      implements CartCommand {}

  /**
   * Says how many of a product it shall be. Said of a line that has so many already, it agrees to
   * its title and price of today: so nobody does that by the way.
   */
  record SetLine(
      CartId cart,
      ProductId product,
      String title,
      Money price,
      long quantity,
      String request,
      Instant at)
      implements CartCommand {}

  record RemoveLine(CartId cart, ProductId product, String request, Instant at)
      implements CartCommand {}

  record EmptyCart(CartId cart, String request, Instant at) implements CartCommand {}

  /** Keeps a voucher's code; what it is good for is worked out whenever the cart is read. */
  record AddVoucher(CartId cart, String code, String request, Instant at) implements CartCommand {}

  record RemoveVoucher(CartId cart, String code, String request, Instant at)
      implements CartCommand {}

  /** Keeps the shopper from changing what is being bought. */
  record LockCart(CartId cart, OrderId order, Instant at) implements CartCommand {}

  /** Ends the lock of this order; that of another stays. */
  record UnlockCart(CartId cart, OrderId order, Instant at) implements CartCommand {}

  /** Takes out what was bought and the vouchers that were used, and ends this order's lock. */
  record TakeOut(
      CartId cart, OrderId order, List<OrderLine> lines, List<String> vouchers, Instant at)
      implements CartCommand {
    public TakeOut {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }

  /**
   * The same for an order whose money is only held. What it buys is not taken out again when the
   * money is captured.
   *
   * @param until when that is done at the latest
   */
  record TakeOutOrdered(
      CartId cart,
      OrderId order,
      List<OrderLine> lines,
      List<String> vouchers,
      Instant until,
      Instant at)
      implements CartCommand {
    public TakeOutOrdered {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
    }
  }

  /** Closes a guest's cart, whose contents go to the account that the guest has signed in to. */
  record HandOver(CartId cart, CartId to, List<Left> left, Instant at) implements CartCommand {
    public HandOver {
      left = List.copyOf(left);
    }
  }

  /** Takes over what was in a guest's cart. */
  record MergeGuest(
      CartId cart,
      CartId guest,
      List<CartLine> lines,
      List<String> vouchers,
      List<Left> left,
      Instant at)
      implements CartCommand {
    public MergeGuest {
      lines = List.copyOf(lines);
      vouchers = List.copyOf(vouchers);
      left = List.copyOf(left);
    }
  }

  /** Forgets what is in the cart, if nobody has changed it since then. */
  record ForgetCart(CartId cart, Instant unusedSince, Instant at) implements CartCommand {}
}
