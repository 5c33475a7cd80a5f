package boutique.orders;

import boutique.language.catalog.ProductId;
import boutique.language.codec.Json;
import boutique.language.orders.OrderEvent;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderPaymentLost;
import boutique.language.orders.OrderEvent.OrderRefundReversed;
import boutique.language.orders.OrderEvent.OrderRefunded;
import boutique.language.orders.OrderEvent.OrderReturned;
import boutique.language.orders.OrderFace;
import boutique.language.pricing.Quote;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * What was sold and what came back, by day, currency and product, in minor units. An order is sold
 * on the day on which it is complete; what goes back of its money or its goods counts on the day on
 * which it does, and so does what is lost in a dispute. Money that bought nothing was never earned,
 * and is not given back here either.
 */
final class Sales {
  private static final String ORDERS = "orders";
  private static final String UNITS = "units";
  private static final String REVENUE = "revenue";
  private static final String REFUNDS = "refunds";
  private static final String LOSSES = "losses";
  private static final String RETURNED = "returned";

  /** Since which version an order is sold, and what had gone back of it or was lost by then. */
  private static final String SOLD = "sold";

  private static final String SINCE = "since";

  private Sales() {}

  /** Keeps in an order's document what its shares are made of, whatever happens to it later. */
  static void sold(JsonObject document, long version) {
    document.put(
        SOLD,
        new JsonObject()
            .put(SINCE, version)
            .put(REFUNDS, document.getLong(OrderList.REFUNDED, 0L))
            .mergeIn(losses(document.getLong(OrderList.LOST, 0L))));
  }

  /**
   * What an event adds, also when the document has moved on: a process may die when a document is
   * written and its shares are not.
   */
  static Map<String, JsonObject> shares(JsonObject document, long version, OrderEvent event) {
    return switch (event) {
      case OrderCompleted e -> shares(document, e);
      case OrderRefunded e when isSold(document, version) ->
          Map.of(
              day(e.at(), e.amount().currency()),
              new JsonObject().put(REFUNDS, e.amount().minor()));
      case OrderRefundReversed e when isSold(document, version) ->
          Map.of(
              day(e.at(), e.amount().currency()),
              new JsonObject().put(REFUNDS, -e.amount().minor()));
      case OrderPaymentLost e when isSold(document, version) ->
          Map.of(day(e.at(), e.amount().currency()), losses(e.amount().minor()));
      case OrderReturned e -> returned(e);
      default -> Map.of();
    };
  }

  /** Rare enough to be left out where there are none. */
  private static JsonObject losses(long minor) {
    return minor == 0 ? new JsonObject() : new JsonObject().put(LOSSES, minor);
  }

  /** Who was sold before this was kept is sold for as long as anybody remembers. */
  private static boolean isSold(JsonObject document, long version) {
    var sold = document.getJsonObject(SOLD);
    return sold == null
        ? OrderFace.COMPLETE.equals(document.getString("status"))
        : sold.getLong(SINCE) < version;
  }

  /** What went back before it was complete goes back now. */
  private static Map<String, JsonObject> shares(JsonObject document, OrderCompleted e) {
    var quote = Json.decode(document.getJsonObject("quote").toBuffer().getBytes(), Quote.class);
    var currency = e.total().currency();
    var shares = new HashMap<String, JsonObject>();
    var units = 0L;
    for (var line : e.lines()) {
      units = Math.addExact(units, line.quantity());
      var share =
          shares.computeIfAbsent(
              product(e.completedAt(), currency, line.product()),
              _ ->
                  new JsonObject()
                      .put("title", line.title())
                      .put(ORDERS, 1L)
                      .put(REVENUE, revenue(quote, line.product())));
      share.put(UNITS, Math.addExact(share.getLong(UNITS, 0L), line.quantity()));
    }
    shares.put(
        day(e.completedAt(), currency),
        new JsonObject()
            .put(ORDERS, 1L)
            .put(UNITS, units)
            .put(REVENUE, e.total().minor())
            .put(REFUNDS, document.getJsonObject(SOLD).getLong(REFUNDS))
            .mergeIn(losses(document.getJsonObject(SOLD).getLong(LOSSES, 0L))));
    return shares;
  }

  private static long revenue(Quote quote, ProductId product) {
    return quote.lines().stream()
        .filter(line -> line.product().equals(product))
        .mapToLong(line -> line.total().minor())
        .reduce(0, Math::addExact);
  }

  private static Map<String, JsonObject> returned(OrderReturned e) {
    var currency = e.refund().currency();
    var shares = new HashMap<String, JsonObject>();
    var units = 0L;
    for (var item : e.items()) {
      units = Math.addExact(units, item.quantity());
      var share =
          shares.computeIfAbsent(product(e.at(), currency, item.product()), _ -> new JsonObject());
      share.put(RETURNED, Math.addExact(share.getLong(RETURNED, 0L), item.quantity()));
    }
    shares.put(day(e.at(), currency), new JsonObject().put(RETURNED, units));
    return shares;
  }

  private static String day(Instant at, String currency) {
    return "day/" + LocalDate.ofInstant(at, ZoneOffset.UTC) + "/" + currency;
  }

  private static String product(Instant at, String currency, ProductId product) {
    return "product/"
        + LocalDate.ofInstant(at, ZoneOffset.UTC)
        + "/"
        + currency
        + "/"
        + product.value();
  }
}
