package boutique.orders;

import boutique.kernel.room.Room;
import boutique.kernel.store.Recorded;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.Live;
import boutique.language.StreamId;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.ConfirmVoucher;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderId;
import boutique.orders.Order.Absent;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.CheckingOut;
import boutique.orders.Order.Failed;
import boutique.orders.Order.Open;
import boutique.orders.Order.Placed;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The orders room, put together. */
public final class OrderRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("orders", "discounts");

  private OrderRoom() {}

  public static Room<OrderCommand, Order, OrderEvent> room(InstantSource clock) {
    return new Room<>("orders", OrderCommand.class, new OrderDecider(), OrderRoom::face)
        .through((desk, bus) -> new Checkout(desk, bus, clock))
        .telling(OrderRoom::news);
  }

  /**
   * What it does because of what it hears: every checkout that has begun is brought to its end, and
   * no voucher stays used for an order that is none.
   */
  public static List<? extends Command> reactions(Event event) {
    return switch (event) {
      case CheckoutStarted e -> List.of(new ResumeCheckout(e.order(), e.placedAt()));
      case DiscountApplied e -> List.of(new ConfirmVoucher(e.order(), e.code(), e.at()));
      default -> List.of();
    };
  }

  private static @Nullable Face face(StreamId stream, Order order) {
    var id = new OrderId(stream.key());
    return switch (order) {
      case Absent _, Failed _ -> null;
      case CheckingOut(var placed) -> face(id, OrderFace.CHECKING_OUT, null, placed);
      case Open(var placed) -> face(id, "created", null, placed);
      case Cancelled(var placed, var because) -> face(id, "cancelled", because.wireName(), placed);
    };
  }

  private static OrderFace face(
      OrderId id, String status, @Nullable String cancelledBecause, Placed placed) {
    return new OrderFace(
        id,
        placed.buyer(),
        status,
        cancelledBecause,
        placed.lines(),
        placed.quote(),
        placed.placedAt(),
        placed.expiresAt());
  }

  private static List<Live> news(Recorded recorded, Event event, Order after) {
    return switch (event) {
      case OrderCreated e -> List.of(live(recorded, e, "created", null));
      case OrderCancelled e -> List.of(live(recorded, e, "cancelled", e.because().wireName()));
      case CheckoutStarted _, CheckoutFailed _ -> List.of();
      default -> List.of();
    };
  }

  private static Live live(
      Recorded recorded, OrderEvent event, String status, @Nullable String cancelledBecause) {
    var json =
        new JsonObject()
            .put("type", recorded.type())
            .put("id", event.order().value())
            .put("version", recorded.version())
            .put("status", status)
            .put("cancelledBecause", cancelledBecause)
            .put("paymentStatus", "awaiting")
            .put("fulfilmentStatus", "none")
            .put("at", recorded.at().toString());
    return new Live(event.buyer().value(), "orders.me", json.encode());
  }
}
