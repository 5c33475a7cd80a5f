package boutique.language.discounts;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a shopper types in: 4 to 32 letters, digits and dashes, the same in any case. */
public record VoucherCode(@JsonValue String value) implements Comparable<VoucherCode> {
  private static final Pattern FORM = Pattern.compile("[A-Z0-9-]{4,32}");

  @JsonCreator
  public VoucherCode {
    value = written(value);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a code");
    }
  }

  /** Whether a text that came from outside can be a code. */
  public static boolean isOne(String text) {
    return FORM.matcher(written(text)).matches();
  }

  private static String written(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }

  public StreamId stream() {
    return new StreamId(DiscountCommand.ROOM, value);
  }

  @Override
  public int compareTo(VoucherCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
