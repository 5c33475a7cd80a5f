package boutique.gateway.door;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The date as HTTP writes it, made once a second: pages correct their clocks by it. */
final class Dates {
  private static volatile Written last = new Written(0, "");

  private Dates() {}

  private record Written(long second, String text) {}

  static String now() {
    var now = Instant.now();
    var known = last;
    if (known.second() != now.getEpochSecond()) {
      known =
          new Written(
              now.getEpochSecond(),
              DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
      last = known;
    }
    return known.text();
  }
}
