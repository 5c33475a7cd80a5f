package boutique.orders;

import boutique.kernel.store.Recorded;
import boutique.kernel.store.TimeKey;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.Money;
import boutique.language.codec.Json;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderAuthorized;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderChangeFailed;
import boutique.language.orders.OrderEvent.OrderChangeStarted;
import boutique.language.orders.OrderEvent.OrderChanged;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderConfirmed;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderDelivered;
import boutique.language.orders.OrderEvent.OrderHeld;
import boutique.language.orders.OrderEvent.OrderNumbered;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderEvent.OrderPaymentBegun;
import boutique.language.orders.OrderEvent.OrderPaymentFailed;
import boutique.language.orders.OrderEvent.OrderPaymentLost;
import boutique.language.orders.OrderEvent.OrderRefundOwed;
import boutique.language.orders.OrderEvent.OrderRefundReversed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderEvent.OrderShipped;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderLine;
import boutique.language.orders.Returned;
import boutique.language.pricing.Quote;
import boutique.language.users.UserId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's orders, each buyer's by the time they were placed. Operators find them by that time
 * alone, by the state that they are in, and by their number; and what was sold, day by day.
 */
public final class OrderList implements View {
  public static final String NAME = "order-list";
  private static final String NUMBER = "number";
  private static final String PAYMENT = "paymentStatus";
  private static final String FULFILMENT = "fulfilmentStatus";
  static final String REFUNDED = "refunded";
  static final String LOST = "lost";
  private static final String PAID = "paid";
  private static final String RETURNED = "returned";

  /** Until when a payment keeps the order: held money too, unless it is said for longer. */
  private static final String PAYING = "paying";

  static final String CAPTURE_UNTIL = "captureUntil";

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
      case OrderEvent e -> of(e.buyer()) + TimeKey.of(e.placedAt()) + "-" + e.order().value();
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    if (!(event instanceof OrderEvent e)) {
      return before;
    }
    var after = fold(before == null ? new JsonObject() : before.copy(), e);
    if (event instanceof OrderCompleted) {
      Sales.sold(after, recorded.version());
    }
    return after.put("version", OrderFace.counted(recorded.version(), after.containsKey(NUMBER)));
  }

  @Override
  public Set<String> index(JsonObject document) {
    var placed =
        TimeKey.of(Instant.parse(document.getString("placedAt"))) + "-" + document.getString("id");
    var keys = new HashSet<String>();
    keys.add("placed/" + placed);
    keys.add(
        "state/%s/%s/%s/%s"
            .formatted(
                document.getString("status"),
                document.getString(PAYMENT),
                document.getString(FULFILMENT),
                placed));
    if (document.containsKey(NUMBER)) {
      keys.add("number/" + document.getString(NUMBER));
    }
    return keys;
  }

  @Override
  public Map<String, JsonObject> shares(JsonObject document, Recorded recorded, Event event) {
    return event instanceof OrderEvent e ? Sales.shares(document, recorded.version(), e) : Map.of();
  }

  private static JsonObject fold(JsonObject document, OrderEvent event) {
    return switch (event) {
      case OrderCreated e -> created(document, e);
      case OrderNumbered e -> document.put(NUMBER, e.number().value());
      case OrderChanged e -> priced(document, e.lines(), e.quote());
      case OrderPaymentBegun e ->
          notHeld(document).put(PAYMENT, "awaiting").put(PAYING, e.until().toString());
      case OrderPaymentFailed _ -> notHeld(document).put(PAYMENT, "awaiting");
      case OrderAuthorized _ ->
          document
              .put(PAYMENT, OrderFace.AUTHORIZED)
              .put(CAPTURE_UNTIL, document.getString(PAYING));
      case OrderHeld e -> document.put(CAPTURE_UNTIL, e.until().toString());
      case OrderPaid e -> paid(document, e.amount());
      case OrderCompleted _ -> document.put("status", OrderFace.COMPLETE);
      case OrderCancelled e -> cancelled(document, e);
      case OrderRefundOwed e -> paid(document, e.amount());
      case OrderRefunded e -> refunded(document, e);
      case OrderRefundReversed e -> reversed(document, e.refunded());
      case OrderPaymentLost e -> document.put(LOST, e.lost().minor());
      case OrderCalledOff _ -> document.put(FULFILMENT, RETURNED);
      case OrderConfirmed _ -> document.put(FULFILMENT, "confirmed");
      case OrderShipped e ->
          document
              .put(FULFILMENT, "shipped")
              .put("carrier", e.shipment().carrier())
              .put("tracking", e.shipment().tracking());
      case OrderDelivered _ -> document.put(FULFILMENT, "delivered");
      case OrderReturned e -> returned(document, e);
      case CheckoutStarted _, CheckoutFailed _, OrderChangeStarted _, OrderChangeFailed _ ->
          document;
    };
  }

  private static JsonObject priced(JsonObject document, List<OrderLine> lines, Quote quote) {
    return document
        .put("lines", lines(lines))
        .put("quote", new JsonObject(Buffer.buffer(Json.encode(quote))));
  }

  private static JsonObject created(JsonObject document, OrderCreated e) {
    return priced(document, e.lines(), e.quote())
        .put("id", e.order().value())
        .put("buyer", e.buyer().value())
        .put("status", OrderFace.CREATED)
        .put(PAYMENT, "awaiting")
        .put(FULFILMENT, Stages.NONE)
        .put("placedAt", e.placedAt().toString())
        .put("expiresAt", e.expiresAt().toString());
  }

  /** A payment that was only on its way is none; until when money was held for it stays. */
  private static JsonObject cancelled(JsonObject document, OrderCancelled e) {
    return document
        .put("status", OrderFace.CANCELLED)
        .put("cancelledBecause", e.because().wireName())
        .put(
            PAYMENT,
            OrderFace.AUTHORIZED.equals(document.getString(PAYMENT))
                ? "awaiting"
                : document.getString(PAYMENT));
  }

  private static JsonObject notHeld(JsonObject document) {
    document.remove(PAYING);
    document.remove(CAPTURE_UNTIL);
    return document;
  }

  private static JsonObject paid(JsonObject document, Money amount) {
    return notHeld(document).put(PAYMENT, "paid").put(PAID, amount.minor());
  }

  private static JsonObject refunded(JsonObject document, OrderRefunded e) {
    var whole = e.refunded().minor() >= document.getLong(PAID);
    document
        .put(PAYMENT, whole ? "refunded" : "partially-refunded")
        .put(REFUNDED, e.refunded().minor());
    return e.unshipped().isEmpty() ? document : document.put(FULFILMENT, RETURNED);
  }

  private static JsonObject reversed(JsonObject document, Money refunded) {
    return document
        .put(PAYMENT, refunded.minor() == 0 ? "paid" : "partially-refunded")
        .put(REFUNDED, refunded.minor());
  }

  private static JsonObject returned(JsonObject document, OrderReturned e) {
    var sums = document.getJsonObject(RETURNED, new JsonObject());
    for (Returned item : e.items()) {
      var product = item.product().value();
      sums.put(product, sums.getLong(product, 0L) + item.quantity());
    }
    document.put(RETURNED, sums);
    return e.whole() ? document.put(FULFILMENT, RETURNED) : document;
  }

  private static JsonArray lines(List<OrderLine> all) {
    var lines = new JsonArray();
    for (var line : all) {
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
