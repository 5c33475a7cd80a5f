package boutique.carts;

import boutique.carts.Cart.Locked;
import boutique.carts.Cart.Moved;
import boutique.carts.Cart.Open;
import boutique.kernel.room.Room;
import boutique.kernel.store.Recorded;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.Live;
import boutique.language.StreamId;
import boutique.language.carts.CartCommand;
import boutique.language.carts.CartCommand.MergeGuest;
import boutique.language.carts.CartCommand.TakeOut;
import boutique.language.carts.CartCommand.TakeOutOrdered;
import boutique.language.carts.CartCommand.UnlockCart;
import boutique.language.carts.CartEvent;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartId;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The carts room, put together. */
public final class CartRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("carts", "orders");

  public static final Room<CartCommand, Cart, CartEvent> ROOM =
      new Room<>("carts", CartCommand.class, new CartDecider(), CartRoom::face)
          .telling(CartRoom::news);

  private CartRoom() {}

  /**
   * What it does because of what it hears: no merge is left half done, what was bought leaves the
   * cart, also when the money for it is only held, and an order that is over lets go of it.
   */
  public static List<? extends Command> reactions(Event event) {
    return switch (event) {
      case CartHandedOver e ->
          List.of(new MergeGuest(e.to(), e.cart(), e.lines(), e.vouchers(), e.left(), e.at()));
      case OrderHeld e ->
          List.of(
              new TakeOutOrdered(
                  CartId.of(e.buyer()),
                  e.order(),
                  e.lines(),
                  codes(e.vouchers()),
                  e.until(),
                  e.at()));
      case OrderCompleted e ->
          List.of(
              new TakeOut(
                  CartId.of(e.buyer()),
                  e.order(),
                  e.lines(),
                  codes(e.vouchers()),
                  e.completedAt()));
      case OrderCancelled e ->
          List.of(new UnlockCart(CartId.of(e.buyer()), e.order(), e.cancelledAt()));
      case CheckoutFailed e ->
          List.of(new UnlockCart(CartId.of(e.buyer()), e.order(), e.failedAt()));
      default -> List.of();
    };
  }

  private static List<String> codes(List<VoucherCode> vouchers) {
    return vouchers.stream().map(VoucherCode::value).toList();
  }

  private static @Nullable Face face(StreamId stream, Cart cart) {
    return switch (cart) {
      case Open _ -> face(stream, cart, null, null);
      case Locked(var _, var order) -> face(stream, cart, order, null);
      case Moved(var _, var to) -> face(stream, cart, null, to);
    };
  }

  private static CartFace face(
      StreamId stream, Cart cart, @Nullable OrderId lockedBy, @Nullable CartId movedTo) {
    var basket = cart.basket();
    return new CartFace(
        new CartId(stream.key()),
        basket.lines(),
        basket.leftOut(),
        basket.vouchers(),
        lockedBy,
        movedTo);
  }

  /** That it changed, and no more: what it is worth now is read by whoever shows it. */
  private static List<Live> news(Recorded recorded, Event event, Cart after) {
    var json =
        new JsonObject()
            .put("type", "cart")
            .put("version", recorded.version())
            .put("at", recorded.at().toString());
    return List.of(new Live(recorded.stream().key(), "cart.me", json.encode()));
  }
}
