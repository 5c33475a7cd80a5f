package boutique.gateway.routes;

import static java.util.stream.Collectors.toMap;

import boutique.gateway.routes.Api.Seen;
import boutique.kernel.store.Views.Entry;
import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.codec.Json;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderLine;
import boutique.language.orders.Returned;
import boutique.language.orders.Shipment;
import boutique.language.pricing.Quote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as its buyer sees it: the same from the room and from the list. */
final class OrderJson {
  private OrderJson() {}

  static JsonObject of(Seen<OrderFace> seen) {
    var face = seen.face();
    var titles = face.lines().stream().collect(toMap(OrderLine::product, OrderLine::title));
    return new JsonObject()
        .put("id", face.order().value())
        .put("number", face.number() == null ? null : face.number().value())
        .put("userId", face.buyer().value())
        .put("status", face.status())
        .put("paymentStatus", face.paymentStatus())
        .put("fulfilmentStatus", face.fulfilmentStatus())
        .mergeIn(QuoteJson.of(face.quote(), product -> titles.getOrDefault(product, "")))
        .put("createdAt", face.placedAt().toString())
        .put("expiresAt", face.expiresAt().toString())
        .put("version", face.version(seen.version()))
        .mergeIn(held(captureUntil(face)))
        .mergeIn(cancelled(face.cancelledBecause()))
        .mergeIn(shipment(face.shipment()))
        .mergeIn(returned(face.returned()))
        .mergeIn(lost(face.lost()));
  }

  static JsonObject of(Entry entry) {
    var document = entry.document();
    var titles = new HashMap<ProductId, String>();
    var lines = document.getJsonArray("lines");
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.getJsonObject(i);
      titles.put(new ProductId(line.getString("product")), line.getString("title"));
    }
    var quote = Json.decode(document.getJsonObject("quote").toBuffer().getBytes(), Quote.class);
    return new JsonObject()
        .put("id", document.getString("id"))
        .put("number", document.getString("number"))
        .put("userId", document.getString("buyer"))
        .put("status", document.getString("status"))
        .put("paymentStatus", document.getString("paymentStatus"))
        .put("fulfilmentStatus", document.getString("fulfilmentStatus"))
        .mergeIn(QuoteJson.of(quote, product -> titles.getOrDefault(product, "")))
        .put("createdAt", document.getString("placedAt"))
        .put("expiresAt", document.getString("expiresAt"))
        .put("version", document.getLong("version"))
        .mergeIn(held(document.getString("captureUntil")))
        .mergeIn(cancelled(document.getString("cancelledBecause")))
        .mergeIn(shipment(shipmentOf(document)))
        .mergeIn(returned(returnedOf(document)))
        .mergeIn(lost(lostOf(document, quote.total().currency())));
  }

  private static JsonObject cancelled(@Nullable String because) {
    var json = new JsonObject();
    return because == null ? json : json.put("cancelledBecause", because);
  }

  /** Of an order that is over while its money was held, that it was. */
  private static @Nullable String captureUntil(OrderFace face) {
    var isHeld =
        face.paymentStatus().equals(OrderFace.AUTHORIZED)
            || face.status().equals(OrderFace.CANCELLED);
    return isHeld && face.paying() != null ? face.paying().toString() : null;
  }

  private static JsonObject held(@Nullable String captureUntil) {
    var json = new JsonObject();
    return captureUntil == null ? json : json.put("captureUntil", captureUntil);
  }

  private static JsonObject shipment(@Nullable Shipment shipment) {
    var json = new JsonObject();
    return shipment == null
        ? json
        : json.put(
            "shipment",
            new JsonObject()
                .put("carrier", shipment.carrier())
                .put("tracking", shipment.tracking()));
  }

  private static JsonObject returned(List<Returned> items) {
    var json = new JsonObject();
    return items.isEmpty()
        ? json
        : json.put(
            "returned",
            new JsonArray(
                items.stream()
                    .map(item ->
                        new JsonObject()
                            .put("productId", item.product().value())
                            .put("quantity", item.quantity()))
                    .toList()));
  }

  private static JsonObject lost(@Nullable Money lost) {
    var json = new JsonObject();
    return lost == null ? json : json.put("lost", lost.decimal());
  }

  private static @Nullable Money lostOf(JsonObject document, String currency) {
    var lost = document.getLong("lost", 0L);
    return lost == 0 ? null : new Money(lost, currency);
  }

  private static @Nullable Shipment shipmentOf(JsonObject document) {
    return document.containsKey("carrier")
        ? new Shipment(document.getString("carrier"), document.getString("tracking"))
        : null;
  }

  private static List<Returned> returnedOf(JsonObject document) {
    return document.getJsonObject("returned", new JsonObject()).stream()
        .map(
            one -> new Returned(new ProductId(one.getKey()), ((Number) one.getValue()).longValue()))
        .toList();
  }
}
