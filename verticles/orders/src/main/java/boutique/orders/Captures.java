package boutique.orders;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentFailed;
import boutique.language.orders.OrderId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Until when the money of each order that is placed on held money is to be captured; found by that
 * time, as {@link Deadlines} are. When the money was let go of before, the order can be paid until
 * its first deadline again, or is over at once if that has passed.
 */
public final class Captures implements View {
  public static final String NAME = "captures";
  private static final String ORDER = "order";
  private static final String DUE = "due";
  private static final String EXPIRES_AT = "expiresAt";

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
      case OrderHeld _, OrderPaymentFailed _, OrderPaid _, OrderCancelled _ ->
          recorded.stream().key();
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return switch (event) {
      case OrderHeld e ->
          new JsonObject()
              .put(ORDER, e.order().value())
              .put(DUE, e.until().toString())
              .put(EXPIRES_AT, e.expiresAt().toString());
      case OrderPaymentFailed _ when before != null ->
          before.copy().put(DUE, before.getString(EXPIRES_AT));
      default -> null;
    };
  }

  @Override
  public Set<String> index(JsonObject document) {
    return Set.of(
        Deadlines.key(
            Instant.parse(document.getString(DUE)), new OrderId(document.getString(ORDER))));
  }
}
