package boutique.gateway.routes;

import static java.util.stream.Collectors.toMap;

import boutique.gateway.routes.Api.Seen;
import boutique.kernel.store.Views.Entry;
import boutique.language.catalog.ProductId;
import boutique.language.codec.Json;
import boutique.language.orders.OrderFace;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Quote;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** An order as its buyer sees it: the same from the room and from the list. */
final class OrderJson {
  private OrderJson() {}

  static JsonObject of(Seen<OrderFace> seen) {
    var face = seen.face();
    var titles = face.lines().stream().collect(toMap(OrderLine::product, OrderLine::title));
    return json(
        face.order().value(),
        face.buyer().value(),
        face.status(),
        face.cancelledBecause(),
        QuoteJson.of(face.quote(), product -> titles.getOrDefault(product, "")),
        face.placedAt().toString(),
        face.expiresAt().toString(),
        seen.version());
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
    return json(
        document.getString("id"),
        document.getString("buyer"),
        document.getString("status"),
        document.getString("cancelledBecause"),
        QuoteJson.of(quote, product -> titles.getOrDefault(product, "")),
        document.getString("placedAt"),
        document.getString("expiresAt"),
        document.getLong("version"));
  }

  private static JsonObject json(
      String id,
      String buyer,
      String status,
      @Nullable String cancelledBecause,
      JsonObject quote,
      String placedAt,
      String expiresAt,
      long version) {
    var json =
        new JsonObject()
            .put("id", id)
            .put("userId", buyer)
            .put("status", status)
            .put("paymentStatus", "awaiting")
            .put("fulfilmentStatus", "none")
            .mergeIn(quote)
            .put("createdAt", placedAt)
            .put("expiresAt", expiresAt)
            .put("version", version);
    return cancelledBecause == null ? json : json.put("cancelledBecause", cancelledBecause);
  }
}
