package boutique.language.orders;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * What people call an order by: {@code B-2026-000123} is the 123rd of those that were placed in
 * 2026, by the clock of Greenwich.
 */
public record OrderNumber(@JsonValue String value) {
  private static final Pattern WRITTEN = Pattern.compile("B-\\d{4}-(0\\d{5}|[1-9]\\d{5,14})");
  private static final int DIGITS = 6;

  @JsonCreator
  public OrderNumber {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not a number");
    }
  }

  /** The number of the order at this place in the register of a year. */
  public static OrderNumber of(int year, long position) {
    var digits = Long.toString(position);
    return new OrderNumber(
        "B-" + year + "-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits);
  }

  /** The year whose numbers an order gets that was placed then. */
  public static int year(Instant placedAt) {
    return placedAt.atZone(ZoneOffset.UTC).getYear();
  }

  /** Whether what somebody has typed can be a number. */
  public static boolean isWellFormed(String text) {
    return WRITTEN.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
