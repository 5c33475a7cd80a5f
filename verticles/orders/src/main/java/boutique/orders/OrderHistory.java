package boutique.orders;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderChangeFailed;
import boutique.language.orders.OrderEvent.OrderPaymentFailed;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderReturned;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has happened to each order: when, who did it, and why where there is a reason. */
public final class OrderHistory implements View {
  public static final String NAME = "order-history";
  private static final String EVENTS = "events";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("orders");
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return recorded.stream().key();
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    var events =
        before == null ? new JsonArray() : before.getJsonArray(EVENTS, new JsonArray()).copy();
    events.add(
        new JsonObject()
            .put("type", recorded.type())
            .put("version", recorded.version())
            .put("at", recorded.at().toString())
            .put("by", recorded.context().actor())
            .put("because", event instanceof OrderEvent e ? because(e) : null));
    return new JsonObject().put(EVENTS, events);
  }

  private static @Nullable String because(OrderEvent event) {
    return switch (event) {
      case CheckoutFailed e -> e.because().code();
      case OrderChangeFailed e -> e.because().code();
      case OrderCancelled e -> e.because().wireName();
      case OrderPaymentFailed e -> e.code();
      case OrderRefundOwed e -> e.because();
      case OrderReturned e -> e.because().wireName();
      default -> null;
    };
  }
}
