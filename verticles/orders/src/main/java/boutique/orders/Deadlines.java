package boutique.orders;

import boutique.kernel.store.Recorded;
import boutique.kernel.store.TimeKey;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Until when each open order may be paid, the nearest first. One whose money is held has another
 * deadline, see {@link Captures}.
 */
public final class Deadlines implements View {
  public static final String NAME = "deadlines";

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
    return switch (event) {
      case OrderCreated e -> key(e.expiresAt(), e.order());
      case OrderHeld e -> key(e.expiresAt(), e.order());
      case OrderCancelled e -> key(e.expiresAt(), e.order());
      case OrderCompleted e -> key(e.expiresAt(), e.order());
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return event instanceof OrderCreated ? new JsonObject() : null;
  }

  static String key(Instant deadline, OrderId order) {
    return TimeKey.of(deadline) + "/" + order.value();
  }

  static OrderId order(String key) {
    return new OrderId(TimeKey.rest(key));
  }

  static Instant deadline(String key) {
    return TimeKey.time(key);
  }
}
