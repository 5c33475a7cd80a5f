package boutique.gateway.door;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as HTTP writes them, with two digits for every day. */
public final class Dates {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile Written last = new Written(0, "");

  private Dates() {}

  private record Written(long second, CharSequence text) {}

  public static String of(Instant moment) {
    return FORM.format(moment);
  }

  /** Made once a second: pages correct their clocks by it. */
  static CharSequence now() {
    var second = System.currentTimeMillis() / 1_000;
    var known = last;
    if (known.second() != second) {
      known = new Written(second, HttpHeaders.createOptimized(of(Instant.ofEpochSecond(second))));
      last = known;
    }
    return known.text();
  }
}
