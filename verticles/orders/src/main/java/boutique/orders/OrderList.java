package boutique.orders;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.codec.Json;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.users.UserId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everybody's orders, each buyer's by the time they were placed. */
public final class OrderList implements View {
  public static final String NAME = "orders";

  /** Where a buyer's orders are. */
  public static String of(UserId buyer) {
    return buyer.value() + "/";
  }

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
      case CheckoutStarted _, CheckoutFailed _ -> null;
      case OrderEvent e ->
          of(e.buyer()) + Deadlines.sortable(e.placedAt().toEpochMilli()) + "-" + e.order().value();
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    var document = before == null ? new JsonObject() : before.copy();
    return switch (event) {
      case OrderCreated e ->
          document
              .put("id", e.order().value())
              .put("buyer", e.buyer().value())
              .put("status", "created")
              .put("lines", lines(e))
              .put("quote", new JsonObject(Buffer.buffer(Json.encode(e.quote()))))
              .put("placedAt", e.placedAt().toString())
              .put("expiresAt", e.expiresAt().toString())
              .put("version", recorded.version());
      case OrderCancelled e ->
          document
              .put("status", "cancelled")
              .put("cancelledBecause", e.because().wireName())
              .put("version", recorded.version());
      default -> document;
    };
  }

  private static JsonArray lines(OrderCreated event) {
    var lines = new JsonArray();
    for (var line : event.lines()) {
      lines.add(
          new JsonObject()
              .put("product", line.product().value())
              .put("title", line.title())
              .put("price", line.price().minor())
              .put("quantity", line.quantity()));
    }
    return lines;
  }
}
