package boutique.gateway.routes;

import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.gateway.routes.Api.Seen;
import boutique.kernel.store.Views.Entry;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.catalog.ProductId;
import boutique.language.codec.Json;
import boutique.language.discounts.Terms;
import boutique.language.discounts.VoucherFace;
import boutique.language.pricing.Reduction;
import boutique.language.pricing.Reduction.Fixed;
import boutique.language.pricing.Reduction.Percentage;
import boutique.language.pricing.Scope;
import boutique.language.pricing.Scope.Products;
import boutique.language.pricing.Scope.WholeOrder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A voucher as operators write and read it. */
final class VoucherJson {
  private static final String USUAL_CURRENCY = "USD";
  private static final int USUAL_STACKING = 100;

  private VoucherJson() {}

  static JsonObject of(Seen<VoucherFace> seen) {
    var face = seen.face();
    return json(
        face.code().value(),
        face.terms(),
        face.used(),
        face.createdAt().toString(),
        seen.version());
  }

  static JsonObject of(Entry entry) {
    var document = entry.document();
    return json(
        entry.key(),
        Json.decode(document.getJsonObject("terms").toBuffer().getBytes(), Terms.class),
        document.getLong("used"),
        document.getString("createdAt"),
        document.getLong("version"));
  }

  static Terms terms(JsonObject body) {
    var validFrom = instant(body, "validFrom");
    var validUntil = instant(body, "validUntil");
    if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
      throw wrong("validUntil", "must be after validFrom");
    }
    return new Terms(
        reduction(body),
        scope(body),
        money(body, "minimum"),
        body.getString("group"),
        body.getInteger("stacking", USUAL_STACKING),
        validFrom,
        validUntil,
        body.getLong("limit"),
        body.getLong("limitPerUser"));
  }

  private static Reduction reduction(JsonObject body) {
    var amount = money(body, "amount");
    var percent = body.getNumber("percent");
    if ((amount == null) == (percent == null)) {
      throw wrong("percent", "or an amount must be there, and not both");
    }
    return amount == null
        ? new Percentage(hundredths(body, "percent").intValueExact())
        : new Fixed(amount);
  }

  private static Scope scope(JsonObject body) {
    var ids = body.getJsonArray("products");
    if (ids == null) {
      return new WholeOrder();
    }
    return new Products(ids.stream().map(id -> product((String) id)).toList());
  }

  private static ProductId product(String id) {
    if (!StreamId.isPlain(id)) {
      throw wrong("products", "has an entry that is no product's id");
    }
    return new ProductId(id);
  }

  private static @Nullable Money money(JsonObject body, String field) {
    return body.getValue(field) == null
        ? null
        : new Money(
            hundredths(body, field).longValueExact(), body.getString("currency", USUAL_CURRENCY));
  }

  private static BigDecimal hundredths(JsonObject body, String field) {
    var hundredths = new BigDecimal(body.getNumber(field).toString()).movePointRight(2);
    if (hundredths.stripTrailingZeros().scale() > 0) {
      throw wrong(field, "has more than two decimal places");
    }
    return hundredths;
  }

  private static @Nullable Instant instant(JsonObject body, String field) {
    var text = body.getString(field);
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw wrong(field, "is not a time like 2026-03-01T12:00:00Z");
    }
  }

  private static JsonObject json(
      String code, Terms terms, long used, String createdAt, long version) {
    var json = new JsonObject().put("code", code);
    switch (terms.reduction()) {
      case Percentage percentage -> json.put("percent", QuoteJson.percent(percentage));
      case Fixed(var amount) -> money(json, "amount", amount);
    }
    if (terms.scope() instanceof Products(var products)) {
      json.put("products", new JsonArray(products.stream().map(ProductId::value).toList()));
    }
    if (terms.minimum() != null) {
      money(json, "minimum", terms.minimum());
    }
    put(json, "group", terms.group());
    put(json, "validFrom", terms.validFrom());
    put(json, "validUntil", terms.validUntil());
    put(json, "limit", terms.limit());
    put(json, "limitPerUser", terms.limitPerUser());
    return json.put("stacking", terms.stacking())
        .put("used", used)
        .put("createdAt", createdAt)
        .put("version", version);
  }

  private static void money(JsonObject json, String field, Money money) {
    json.put(field, money.decimal()).put("currency", money.currency());
  }

  private static void put(JsonObject json, String field, @Nullable Object value) {
    if (value != null) {
      json.put(field, value instanceof Instant at ? at.toString() : value);
    }
  }

  private static Problem wrong(String field, String message) {
    return Problem.invalid(List.of(new Wrong(field, message)));
  }
}
