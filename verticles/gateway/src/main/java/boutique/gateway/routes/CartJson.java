package boutique.gateway.routes;

import boutique.gateway.routes.Api.Seen;
import boutique.gateway.routes.Offers.Hold;
import boutique.gateway.routes.Offers.Offer;
import boutique.gateway.routes.Vouchers.Effects;
import boutique.language.Money;
import boutique.language.Reply.Refused;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartLine;
import boutique.language.catalog.ProductId;
import boutique.language.pricing.Item;
import boutique.language.pricing.Pricing;
import boutique.language.pricing.Quote;
import boutique.language.pricing.Quoted;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cart as its shopper sees it. A line keeps the price that was last shown, and says beside it
 * what has changed since; what is not on offer any more counts nothing.
 */
final class CartJson {
  private static final String USUAL_CURRENCY = "USD";

  private CartJson() {}

  static JsonObject nothing() {
    return json(new JsonArray(), new JsonArray(), new JsonArray(), 0)
        .put("subtotal", BigDecimal.ZERO)
        .put("total", BigDecimal.ZERO)
        .put("currency", USUAL_CURRENCY)
        .put("guest", true)
        .put("version", 0);
  }

  /**
   * What is in a cart.
   *
   * @param offers of its lines, in their order
   * @param effects of its vouchers
   */
  static JsonObject of(Seen<CartFace> seen, List<Offer> offers, Effects effects) {
    var face = seen.face();
    var lines = face.lines();
    var quoted = quoted(lines, offers, effects);
    var explained = new HashMap<ProductId, Quote.Line>();
    quoted.ifPresent(q -> q.quote().lines().forEach(line -> explained.put(line.product(), line)));
    var items = new JsonArray();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var item = line(line);
      price(item, line, explained.get(line.product()));
      flag(item, line, offers.get(i), face.lockedBy() != null);
      items.add(item);
    }
    var nothing = new Money(0, currency(lines));
    var order = face.lockedBy();
    return json(
            items,
            new JsonArray(face.leftOut().stream().map(CartJson::leftOut).toList()),
            vouchers(face.vouchers(), quoted, effects),
            lines.stream().mapToLong(CartLine::quantity).sum())
        .put("subtotal", quoted.map(q -> q.quote().base()).orElse(nothing).decimal())
        .put("total", quoted.map(q -> q.quote().total()).orElse(nothing).decimal())
        .put("currency", nothing.currency())
        .put("guest", face.cart().isGuests())
        .put("lockedBy", order == null ? null : order.value())
        .put("version", seen.version());
  }

  /** By the arithmetic of the order itself; nothing when there is nothing to pay for. */
  private static Optional<Quoted> quoted(
      List<CartLine> lines, List<Offer> offers, Effects effects) {
    var payable = new ArrayList<Item>();
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (offers.get(i).product() != null) {
        payable.add(new Item(line.product(), line.price(), line.quantity()));
      }
    }
    return payable.isEmpty()
        ? Optional.empty()
        : Optional.of(Pricing.quote(payable, effects.rules()));
  }

  /** Each with what it takes off, or why it does not. */
  private static JsonArray vouchers(List<String> codes, Optional<Quoted> quoted, Effects effects) {
    var said = new HashMap<String, JsonObject>();
    quoted.ifPresent(q -> {
      q.quote().discounts().forEach(one -> said.put(one.rule().code(), QuoteJson.discount(one)));
      q.objections().forEach(because -> object(said, because));
    });
    effects.objections().forEach(because -> object(said, because));
    return new JsonArray(
        codes.stream()
            .map(code -> said.getOrDefault(code, new JsonObject().put("code", code)))
            .toList());
  }

  private static void object(Map<String, JsonObject> said, Refused because) {
    var code = because.facts().getOrDefault("voucher", "");
    var problem = new JsonObject().put("code", because.code()).put("detail", because.detail());
    said.put(code, new JsonObject().put("code", code).put("problem", problem));
  }

  private static JsonObject json(
      JsonArray items, JsonArray leftOut, JsonArray vouchers, long count) {
    return new JsonObject()
        .put("items", items)
        .put("leftOut", leftOut)
        .put("vouchers", vouchers)
        .put("count", count)
        .put("lockedBy", null);
  }

  /** What is gone costs nothing, and its price stays to be seen. */
  private static void price(JsonObject item, CartLine line, Quote.@Nullable Line explained) {
    var base = line.price().times(line.quantity()).decimal();
    item.put("subtotal", base)
        .put("discounts", new JsonArray())
        .put("total", base)
        .put("imageUrl", null);
    if (explained != null) {
      item.put("total", explained.total().decimal())
          .put("discounts", new JsonArray(explained.cuts().stream().map(QuoteJson::cut).toList()));
    }
  }

  /** What an order of this cart holds is not missing. */
  private static void flag(JsonObject item, CartLine line, Offer offer, boolean locked) {
    if (line.cut() > 0) {
      item.put("cut", line.cut());
    }
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
    if (!locked && offer.inLine() && held(offer) < line.quantity()) {
      item.put("flashSale", true);
    }
    if (!locked && offer.available() < line.quantity()) {
      item.put("available", offer.available());
    }
    if (offer.hold() != null) {
      item.put("held", held(offer.hold()));
    }
  }

  private static long held(Offer offer) {
    return offer.hold() == null ? 0 : offer.hold().quantity();
  }

  private static JsonObject held(Hold hold) {
    var until = hold.until();
    return new JsonObject()
        .put("quantity", hold.quantity())
        .put("until", until == null ? null : until.toString())
        .put("version", hold.version());
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
