package boutique.gateway;

import boutique.gateway.Api.Seen;
import boutique.gateway.Offers.Offer;
import boutique.language.Money;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A cart as its shopper sees it. A line keeps the price that was last shown, and says beside it
 * what has changed since; what is not on offer any more counts nothing.
 */
final class CartJson {
  private static final String USUAL_CURRENCY = "USD";

  private CartJson() {}

  static JsonObject nothing() {
    return json(new JsonArray(), new JsonArray(), 0, new Money(0, USUAL_CURRENCY))
        .put("guest", true)
        .put("version", 0);
  }

  /**
   * What is in a cart.
   *
   * @param offers of its lines, in their order
   */
  static JsonObject of(Seen<CartFace> seen, List<Offer> offers) {
    var lines = seen.face().lines();
    var items = new JsonArray();
    var count = 0L;
    var total = new Money(0, currency(lines));
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var offer = offers.get(i);
      items.add(item(line, offer, seen.face().lockedBy() != null));
      count += line.quantity();
      if (offer.product() != null) {
        total = total.plus(line.price().times(line.quantity()));
      }
    }
    var leftOut = new JsonArray();
    seen.face().leftOut().forEach(line -> leftOut.add(leftOut(line)));
    var order = seen.face().lockedBy();
    return json(items, leftOut, count, total)
        .put("guest", seen.face().cart().isGuests())
        .put("lockedBy", order == null ? null : order.value())
        .put("version", seen.version());
  }

  private static JsonObject json(JsonArray items, JsonArray leftOut, long count, Money total) {
    return new JsonObject()
        .put("items", items)
        .put("leftOut", leftOut)
        .put("count", count)
        .put("total", total.decimal())
        .put("currency", total.currency())
        .put("lockedBy", null);
  }

  /** What an order of this cart holds is not missing. */
  private static JsonObject item(CartLine line, Offer offer, boolean held) {
    var item =
        line(line)
            .put("total", line.price().times(line.quantity()).decimal())
            .put("imageUrl", null);
    flag(item, line, offer);
    if (!held && offer.product() != null && offer.available() < line.quantity()) {
      item.put("available", offer.available());
    }
    return line.cut() == 0 ? item : item.put("cut", line.cut());
  }

  private static void flag(JsonObject item, CartLine line, Offer offer) {
    var product = offer.product();
    if (product == null) {
      item.put("gone", true);
      return;
    }
    if (!product.price().equals(line.price())) {
      item.put(
          "priceChanged",
          new JsonObject()
              .put("from", line.price().decimal())
              .put("to", product.price().decimal())
              .put("currency", product.price().currency()));
    }
    if (!product.title().equals(line.title())) {
      item.put(
          "titleChanged", new JsonObject().put("from", line.title()).put("to", product.title()));
    }
  }

  private static JsonObject leftOut(CartLine line) {
    return line(line).put("currency", line.price().currency());
  }

  private static JsonObject line(CartLine line) {
    return new JsonObject()
        .put("productId", line.product().value())
        .put("title", line.title())
        .put("price", line.price().decimal())
        .put("quantity", line.quantity());
  }

  private static String currency(List<CartLine> lines) {
    return lines.isEmpty() ? USUAL_CURRENCY : lines.getFirst().price().currency();
  }
}
