package boutique.gateway.routes;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.pricing.Quote;
import boutique.language.pricing.Quote.Cut;
import boutique.language.pricing.Quote.Discount;
import boutique.language.pricing.Quote.Line;
import boutique.language.pricing.Reduction.Fixed;
import boutique.language.pricing.Reduction.Percentage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** A price with its explanation: each line from what it costs, by each cut, to what is paid. */
final class QuoteJson {
  private static final int PERCENT_DECIMALS = 2;

  private QuoteJson() {}

  /**
   * What is bought and what it costs.
   *
   * @param title what the product of a line is called
   */
  static JsonObject of(Quote quote, Function<ProductId, String> title) {
    return new JsonObject()
        .put("items", array(quote.lines(), line -> item(line, title.apply(line.product()))))
        .put("subtotal", quote.base().decimal())
        .put("discounts", array(quote.discounts(), QuoteJson::discount))
        .put("total", quote.total().decimal())
        .put("currency", quote.total().currency());
  }

  static BigDecimal percent(Percentage percentage) {
    return BigDecimal.valueOf(percentage.basisPoints(), PERCENT_DECIMALS);
  }

  private static JsonObject item(Line line, String title) {
    return new JsonObject()
        .put("productId", line.product().value())
        .put("title", title)
        .put("price", line.price().decimal())
        .put("quantity", line.quantity())
        .put("subtotal", line.base().decimal())
        .put("discounts", array(line.cuts(), QuoteJson::cut))
        .put("total", line.total().decimal());
  }

  static JsonObject cut(Cut cut) {
    return off(cut.code(), cut.amount());
  }

  static JsonObject discount(Discount discount) {
    var json = off(discount.rule().code(), discount.amount());
    return switch (discount.rule().reduction()) {
      case Percentage percentage -> json.put("percent", percent(percentage));
      case Fixed _ -> json;
    };
  }

  private static JsonObject off(String code, Money amount) {
    return new JsonObject().put("code", code).put("amount", amount.decimal());
  }

  private static <T> JsonArray array(List<T> list, Function<T, JsonObject> form) {
    return new JsonArray(list.stream().map(form).toList());
  }
}
