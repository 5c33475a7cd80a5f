package boutique.gateway.door;

/**
 * How many requests may be under way at once, learned from how late the event loop is: every time
 * it is too late the bound shrinks by a part, every time it is not and the bound was needed it
 * grows a little. Below the bound there is a floor, so that who is almost alone is never refused.
 *
 * <p>Each kind of request may fill its share only: when it gets tight, those who look go first, and
 * those who pay last.
 */
final class Shedder {
  private static final long TOO_LATE_NANOS = 150_000_000;
  private static final double SHRUNK = 0.7;
  private static final double NEEDED = 0.4;

  private final int floor;
  private final int ceiling;
  private final int step;
  private double bound;
  private int underWay;
  private int mostUnderWay;

  Shedder(int floor, int ceiling) {
    this.floor = floor;
    this.ceiling = ceiling;
    this.step = Math.max(1, floor / 8);
    this.bound = ceiling;
  }

  boolean admits(Traffic kind) {
    return underWay < bound * kind.share() / 100;
  }

  void begun() {
    underWay++;
    mostUnderWay = Math.max(mostUnderWay, underWay);
  }

  void ended() {
    underWay--;
  }

  /** Once in a while: how much later than it should the loop came to this. */
  void late(long nanos) {
    if (nanos > TOO_LATE_NANOS) {
      bound = Math.max(floor, Math.min(bound, mostUnderWay) * SHRUNK);
    } else if (mostUnderWay > bound * NEEDED) {
      bound = Math.min(ceiling, bound + step);
    }
    mostUnderWay = underWay;
  }

  int underWay() {
    return underWay;
  }
}
