package boutique.kernel.store;

import java.time.Instant;

/** A time at the beginning of a document's key: always as many digits, so that keys sort as it. */
public final class TimeKey {
  private static final int DIGITS = 15;

  private TimeKey() {}

  /** To the millisecond. */
  public static String of(Instant time) {
    var digits = Long.toString(time.toEpochMilli());
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** The one with which a key begins. */
  public static Instant time(String key) {
    return Instant.ofEpochMilli(Long.parseLong(key.substring(0, DIGITS)));
  }

  /** What the key says behind it, and behind the sign between them. */
  public static String rest(String key) {
    return key.substring(DIGITS + 1);
  }
}
