package boutique.gateway.live;

/** How often one socket may speak: many times at once, and then so many times a second. */
final class FrameRate {
  private static final int AT_ONCE = 50;
  private static final long EACH_NANOS = 1_000_000_000L / 20;

  private long left = AT_ONCE;
  private long counted;

  FrameRate(long nanos) {
    counted = nanos;
  }

  boolean allows(long nanos) {
    var more = (nanos - counted) / EACH_NANOS;
    left = Math.min(AT_ONCE, left + more);
    counted += more * EACH_NANOS;
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
