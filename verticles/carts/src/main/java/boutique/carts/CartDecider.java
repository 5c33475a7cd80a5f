package boutique.carts;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.carts.Cart.Basket;
import boutique.carts.Cart.Done;
import boutique.carts.Cart.Locked;
import boutique.carts.Cart.Moved;
import boutique.carts.Cart.Open;
import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.Money;
import boutique.language.carts.CartCommand;
import boutique.language.carts.CartCommand.AddToCart;
import boutique.language.carts.CartCommand.AddVoucher;
import boutique.language.carts.CartCommand.EmptyCart;
import boutique.language.carts.CartCommand.ForgetCart;
import boutique.language.carts.CartCommand.HandOver;
import boutique.language.carts.CartCommand.LockCart;
import boutique.language.carts.CartCommand.MergeGuest;
import boutique.language.carts.CartCommand.RemoveLine;
import boutique.language.carts.CartCommand.RemoveVoucher;
import boutique.language.carts.CartCommand.SetLine;
import boutique.language.carts.CartCommand.TakeOut;
import boutique.language.carts.CartCommand.TakeOutOrdered;
import boutique.language.carts.CartCommand.UnlockCart;
import boutique.language.carts.CartEvent;
import boutique.language.carts.CartEvent.CartForgotten;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartLocked;
import boutique.language.carts.CartEvent.CartMerged;
import boutique.language.carts.CartEvent.CartOrdered;
import boutique.language.carts.CartEvent.CartTakenOut;
import boutique.language.carts.CartEvent.CartUnlocked;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartEvent.CartVouchersChanged;
import boutique.language.carts.CartLine;
import boutique.language.carts.Left;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rules of a cart. */
public final class CartDecider implements Decider<CartCommand, Cart, CartEvent> {

  @Override
  public Cart initial() {
    return new Open(Basket.NEW);
  }

  @Override
  public Decision<CartEvent> decide(Cart cart, CartCommand command) {
    return switch (command) {
      case AddToCart c -> own(cart, c.request(), basket -> add(basket, c));
      case SetLine c -> own(cart, c.request(), basket -> set(basket, c));
      case RemoveLine c -> own(cart, c.request(), basket -> remove(basket, c));
      case EmptyCart c -> own(cart, c.request(), basket -> empty(basket, c));
      case AddVoucher c -> own(cart, c.request(), basket -> addVoucher(basket, c));
      case RemoveVoucher c -> own(cart, c.request(), basket -> removeVoucher(basket, c));
      case LockCart c -> lock(cart, c);
      case UnlockCart c -> unlock(cart, c);
      case TakeOut c -> takeOut(cart, c);
      case TakeOutOrdered c -> takeOut(cart, c);
      case HandOver c -> handOver(cart, c);
      case MergeGuest c -> merge(cart, c);
      case ForgetCart c -> forget(cart, c);
    };
  }

  @Override
  public Cart evolve(Cart cart, CartEvent event) {
    return switch (event) {
      case CartUpdated e ->
          cart.with(
              cart.basket()
                  .changed(e.lines(), Done.request(e.request()))
                  .used(e.openedAt(), e.at()));
      case CartVouchersChanged e ->
          cart.with(
              cart.basket()
                  .changed(List.of(), Done.request(e.request()))
                  .used(e.openedAt(), e.at())
                  .with(e.vouchers()));
      case CartMerged e ->
          cart.with(
              cart.basket()
                  .changed(e.lines(), Done.guest(e.guest()))
                  .leavingOut(e.leftOut())
                  .with(e.vouchers()));
      case CartHandedOver e -> new Moved(cart.basket(), e.to());
      case CartLocked e -> new Locked(cart.basket(), e.order());
      case CartUnlocked _ -> new Open(cart.basket());
      case CartTakenOut e ->
          without(cart, e.order())
              .with(cart.basket().changed(e.lines(), Done.order(e.order())).with(e.vouchers()));
      case CartOrdered e ->
          without(cart, e.order())
              .with(
                  cart.basket()
                      .changed(e.lines(), Done.order(e.order()))
                      .with(e.vouchers())
                      .ordered(e.order(), e.until(), e.at()));
      case CartForgotten _ -> new Open(Basket.NEW);
    };
  }

  private static Cart without(Cart cart, OrderId order) {
    return isLockedBy(cart, order) ? new Open(cart.basket()) : cart;
  }

  private static boolean isLockedBy(Cart cart, OrderId order) {
    return cart instanceof Locked(var _, var by) && by.equals(order);
  }

  /** What the shopper wants, unless it was done before, or may not be done now. */
  private static Decision<CartEvent> own(
      Cart cart, String request, Function<Basket, Decision<CartEvent>> change) {
    if (cart.basket().done().has(Done.request(request))) {
      return accept();
    }
    return switch (cart) {
      case Moved _ -> moved();
      case Locked(var _, var order) -> locked(order);
      case Open(var basket) -> change.apply(basket);
    };
  }

  private static Decision<CartEvent> add(Basket basket, AddToCart c) {
    var there = basket.find(c.product());
    var before = there == null ? 0 : there.quantity();
    if (c.quantity() < 1 || c.quantity() > CartLine.MOST - before) {
      return tooMany(c.product(), before);
    }
    if (there != null) { // at the price that it was shown with: a new one has to be agreed to
      return updated(basket, c, c.request(), List.of(there.of(before + c.quantity())));
    }
    if (!fits(basket, c.price(), c.product())) {
      return mixed(basket, c.price());
    }
    if (basket.lines().size() >= Basket.MOST_LINES) {
      return full();
    }
    var line = new CartLine(c.product(), c.title(), c.price(), c.quantity());
    return updated(basket, c, c.request(), List.of(line));
  }

  private static Decision<CartEvent> set(Basket basket, SetLine c) {
    if (c.quantity() < 1 || c.quantity() > CartLine.MOST) {
      return tooMany(c.product(), 0);
    }
    var there = basket.find(c.product());
    if (there == null) {
      return refuse(
          "line.not-found",
          "This product is not in the cart.",
          Map.of("productId", c.product().value()));
    }
    if (c.quantity() != there.quantity()) {
      return updated(basket, c, c.request(), List.of(there.of(c.quantity())));
    }
    if (!fits(basket, c.price(), c.product())) {
      return mixed(basket, c.price());
    }
    var line = new CartLine(c.product(), c.title(), c.price(), c.quantity());
    return updated(
        basket, c, c.request(), basket.lines().contains(line) ? List.of() : List.of(line));
  }

  private static Decision<CartEvent> remove(Basket basket, RemoveLine c) {
    var there = basket.find(c.product());
    return updated(basket, c, c.request(), there == null ? List.of() : List.of(there.of(0)));
  }

  private static Decision<CartEvent> empty(Basket basket, EmptyCart c) {
    return updated(
        basket, c, c.request(), basket.lines().stream().map(line -> line.of(0)).toList());
  }

  /** What changes nothing happens to nobody, and need not be remembered. */
  private static Decision<CartEvent> updated(
      Basket basket, CartCommand c, String request, List<CartLine> lines) {
    return lines.isEmpty()
        ? accept()
        : accept(new CartUpdated(c.cart(), lines, request, opened(basket, c.at()), c.at()));
  }

  private static Decision<CartEvent> addVoucher(Basket basket, AddVoucher c) {
    if (basket.vouchers().contains(c.code())) {
      return accept();
    }
    return basket.vouchers().size() >= Basket.MOST_VOUCHERS
        ? refuse("vouchers.full", "A cart takes at most " + Basket.MOST_VOUCHERS + " vouchers.")
        : vouchers(basket, c, c.request(), both(basket.vouchers(), List.of(c.code())));
  }

  private static Decision<CartEvent> removeVoucher(Basket basket, RemoveVoucher c) {
    return basket.vouchers().contains(c.code())
        ? vouchers(basket, c, c.request(), without(basket.vouchers(), List.of(c.code())))
        : accept();
  }

  private static Decision<CartEvent> vouchers(
      Basket basket, CartCommand c, String request, List<String> codes) {
    return accept(
        new CartVouchersChanged(c.cart(), codes, request, opened(basket, c.at()), c.at()));
  }

  /** As many as a cart takes. */
  private static List<String> both(List<String> mine, List<String> theirs) {
    return Stream.concat(mine.stream(), theirs.stream())
        .distinct()
        .limit(Basket.MOST_VOUCHERS)
        .toList();
  }

  private static List<String> without(List<String> all, List<String> used) {
    return all.stream().filter(code -> !used.contains(code)).toList();
  }

  private static Decision<CartEvent> lock(Cart cart, LockCart c) {
    return switch (cart) {
      case Moved _ -> moved();
      case Open(var basket) when hasLeft(basket, c.order()) -> accept();
      case Open _ -> accept(new CartLocked(c.cart(), c.order(), c.at()));
      case Locked(var _, var by) when by.equals(c.order()) -> accept();
      case Locked(var _, var by) -> locked(by);
    };
  }

  private static Decision<CartEvent> unlock(Cart cart, UnlockCart c) {
    return isLockedBy(cart, c.order())
        ? accept(new CartUnlocked(c.cart(), c.order(), c.at()))
        : accept();
  }

  private static Decision<CartEvent> takeOut(Cart cart, TakeOut c) {
    var basket = cart.basket();
    return hasLeft(basket, c.order())
        ? accept()
        : accept(
            new CartTakenOut(
                c.cart(),
                c.order(),
                without(basket, c.lines()),
                without(basket.vouchers(), c.vouchers()),
                c.at()));
  }

  private static Decision<CartEvent> takeOut(Cart cart, TakeOutOrdered c) {
    var basket = cart.basket();
    return hasLeft(basket, c.order())
        ? accept()
        : accept(
            new CartOrdered(
                c.cart(),
                c.order(),
                without(basket, c.lines()),
                without(basket.vouchers(), c.vouchers()),
                c.until(),
                c.at()));
  }

  /** What an order buys leaves its cart once, however long ago that was. */
  private static boolean hasLeft(Basket basket, OrderId order) {
    return basket.done().has(Done.order(order)) || basket.ordered().containsKey(order);
  }

  /** The lines that change when these are bought. */
  private static List<CartLine> without(Basket basket, List<OrderLine> bought) {
    var changed = new ArrayList<CartLine>();
    for (var line : bought) {
      var there = basket.find(line.product());
      if (there != null) {
        changed.add(there.of(Math.max(0, there.quantity() - line.quantity())));
      }
    }
    return changed;
  }

  private static Decision<CartEvent> handOver(Cart cart, HandOver c) {
    return switch (cart) {
      case Moved(var _, var to) when to.equals(c.to()) -> accept();
      case Moved _ -> moved();
      case Locked(var _, var order) -> locked(order);
      case Open(var basket) ->
          accept(
              new CartHandedOver(
                  c.cart(),
                  c.to(),
                  basket.lines(),
                  basket.vouchers(),
                  c.left(),
                  opened(basket, c.at()),
                  c.at()));
    };
  }

  /** A lock keeps the shopper's own changes out, not what somebody else has brought before. */
  private static Decision<CartEvent> merge(Cart cart, MergeGuest c) {
    var basket = cart.basket();
    if ((c.lines().isEmpty() && c.vouchers().isEmpty())
        || basket.done().has(Done.guest(c.guest()))) {
      return accept();
    }
    var lines = new ArrayList<CartLine>();
    var leftOut = new ArrayList<CartLine>();
    var room = Basket.MOST_LINES - basket.lines().size();
    for (var theirs : c.lines()) {
      var mine = basket.find(theirs.product());
      if (!fits(basket, theirs.price(), theirs.product()) || (mine == null && room == 0)) {
        leftOut.add(theirs);
      } else if (mine == null) {
        lines.add(theirs);
        room--;
      } else {
        lines.add(sum(mine, theirs, left(c.left(), theirs.product())));
      }
    }
    var vouchers = both(basket.vouchers(), c.vouchers());
    return accept(new CartMerged(c.cart(), c.guest(), lines, vouchers, leftOut, c.at()));
  }

  /**
   * The sum, as far as there are so many; but never less than either cart held by itself, for what
   * is missing of that is said when the cart is read.
   */
  private static CartLine sum(CartLine mine, CartLine theirs, long left) {
    var sum = mine.quantity() + theirs.quantity();
    var least = Math.max(mine.quantity(), theirs.quantity());
    var merged = Math.max(least, Math.min(sum, Math.min(left, CartLine.MOST)));
    return new CartLine(
        theirs.product(), theirs.title(), theirs.price(), merged, mine.cut() + sum - merged);
  }

  private static long left(List<Left> left, ProductId product) {
    return left.stream()
        .filter(one -> one.product().equals(product))
        .mapToLong(Left::available)
        .findFirst()
        .orElse(CartLine.MOST);
  }

  private static Decision<CartEvent> forget(Cart cart, ForgetCart c) {
    var opened = cart.basket().openedAt();
    return cart instanceof Open(var basket)
            && opened != null
            && !basket.usedAt().isAfter(c.unusedSince())
        ? accept(new CartForgotten(c.cart(), opened, c.at()))
        : accept();
  }

  private static Instant opened(Basket basket, Instant now) {
    return Objects.requireNonNullElse(basket.openedAt(), now);
  }

  /** A cart has one currency; a product alone in its cart may bring another. */
  private static boolean fits(Basket basket, Money price, ProductId product) {
    return basket.lines().stream()
        .allMatch(line ->
            line.product().equals(product) || line.price().currency().equals(price.currency()));
  }

  private static Decision<CartEvent> moved() {
    return refuse("cart.moved", "This cart is part of an account's cart now.");
  }

  private static Decision<CartEvent> locked(OrderId order) {
    return refuse(
        "cart.locked",
        "The cart waits for an order to be paid or cancelled.",
        Map.of("orderId", order.value()));
  }

  private static Decision<CartEvent> full() {
    return refuse("cart.full", "A cart holds at most " + Basket.MOST_LINES + " products.");
  }

  private static Decision<CartEvent> tooMany(ProductId product, long before) {
    return refuse(
        "line.full",
        "At most " + CartLine.MOST + " of one product fit into a cart.",
        Map.of("productId", product.value(), "quantity", Long.toString(before)));
  }

  private static Decision<CartEvent> mixed(Basket basket, Money price) {
    return refuse(
        "cart.mixed-currency",
        "A cart has one currency.",
        Map.of(
            "currency", basket.lines().getFirst().price().currency(), "other", price.currency()));
  }
}
