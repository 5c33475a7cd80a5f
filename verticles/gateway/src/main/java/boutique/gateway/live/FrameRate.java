package boutique.gateway.live;

/** How often one socket may speak: many times at once, and then so many times a second. */
final class FrameRate {
  private static final int AT_ONCE = 50;
  private static final int EACH_SECOND = 20;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final int most;
  private final long eachNanos;
  private long left;
  private long counted;

  private FrameRate(int most, int eachSecond, long nanos) {
    this.most = most;
    this.eachNanos = SECOND_NANOS / eachSecond;
    this.left = most;
    this.counted = nanos;
  }

  static FrameRate ofMessages(long nanos) {
    return new FrameRate(AT_ONCE, EACH_SECOND, nanos);
  }

  /** Twice as many, for whoever sends too many whole messages shall be told so. */
  static FrameRate ofFrames(long nanos) {
    return new FrameRate(2 * AT_ONCE, 2 * EACH_SECOND, nanos);
  }

  boolean allows(long nanos) {
    var more = (nanos - counted) / eachNanos;
    left = Math.min(most, left + more);
    counted += more * eachNanos;
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
