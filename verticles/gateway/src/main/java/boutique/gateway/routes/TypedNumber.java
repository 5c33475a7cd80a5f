package boutique.gateway.routes;

import boutique.language.orders.OrderNumber;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The number of an order, in any form that people write it in. */
final class TypedNumber {
  private static final Pattern FORM =
      Pattern.compile("b-?(\\d{4})-?(\\d{1,15})", Pattern.CASE_INSENSITIVE);

  private TypedNumber() {}

  /** As it is written in full; null when it is none. */
  static @Nullable String of(String typed) {
    var form = FORM.matcher(typed.strip());
    return form.matches()
        ? OrderNumber.of(Integer.parseInt(form.group(1)), Long.parseLong(form.group(2))).value()
        : null;
  }
}
