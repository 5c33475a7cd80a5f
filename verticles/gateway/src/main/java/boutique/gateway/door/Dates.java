package boutique.gateway.door;

import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The date as HTTP writes it, made once a second: pages correct their clocks by it. */
final class Dates {
  private static volatile Written last = new Written(0, "");

  private Dates() {}

  private record Written(long second, CharSequence text) {}

  static CharSequence now() {
    var second = System.currentTimeMillis() / 1_000;
    var known = last;
    if (known.second() != second) {
      known =
          new Written(
              second,
              HttpHeaders.createOptimized(
                  DateTimeFormatter.RFC_1123_DATE_TIME.format(
                      Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC))));
      last = known;
    }
    return known.text();
  }
}
