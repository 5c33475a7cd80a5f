package boutique.gateway.routes;

import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.language.Money;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Amounts as a client writes them, to the last digit: on the way through a floating-point number a
 * price could become another one. In every currency that some country pays with today and that has
 * cents; those with none, or with thousandths, would need another form on the wire, and those that
 * the payment provider counts otherwise than we do would be charged at another price.
 */
final class Prices {
  private static final int CENTS = 2;
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Stripe counts whole ariary where the JDK has hundredths: a price would be charged 100-fold. */
  private static final Set<String> COUNTED_OTHERWISE = Set.of("MGA");

  private static final Set<String> CURRENCIES =
      Stream.of(Locale.getISOCountries())
          .flatMap(country -> Stream.ofNullable(Currency.getInstance(Locale.of("", country))))
          .filter(currency -> currency.getDefaultFractionDigits() == CENTS)
          .map(Currency::getCurrencyCode)
          .filter(Predicate.not(COUNTED_OTHERWISE::contains))
          .collect(Collectors.toUnmodifiableSet());

  private Prices() {}

  /** The price that a field of the body says, in the currency beside it. */
  static Money of(RoutingContext ctx, String field) {
    return of(
        Objects.requireNonNull(ctx.body().buffer()),
        field,
        Api.body(ctx).getString("currency", "USD"));
  }

  /** What the buyer was shown, in the currency of what they buy. */
  static Money expected(RoutingContext ctx, String currency) {
    return of(Objects.requireNonNull(ctx.body().buffer()), "expectedTotal", currency);
  }

  static Money of(Buffer body, String field, String currency) {
    if (!CURRENCIES.contains(currency)) {
      throw wrong("currency", "is no currency in use that has cents and can be charged");
    }
    try {
      return Money.of(decimal(body, field), currency);
    } catch (ArithmeticException inexact) {
      throw wrong(field, "has more than two decimal places, or is too large");
    }
  }

  private static BigDecimal decimal(Buffer body, String field) {
    try {
      return EXACT.readTree(body.getBytes()).path(field).decimalValue();
    } catch (IOException unreadable) {
      throw wrong(field, "is not a number that can be read");
    }
  }

  private static Problem wrong(String field, String message) {
    return Problem.invalid(List.of(new Wrong(field, message)));
  }
}
