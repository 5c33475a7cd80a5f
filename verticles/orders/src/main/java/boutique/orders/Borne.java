package boutique.orders;

import java.util.TreeSet;

/** Which numbers of a register were seen to be borne by their orders: all up to one, and some. */
final class Borne {
  private final TreeSet<Long> beyond = new TreeSet<>();
  private long upTo;

  long upTo() {
    return upTo;
  }

  void see(long position) {
    if (position > upTo) {
      beyond.add(position);
      goOn();
    }
  }

  void seeAllUpTo(long position) {
    if (position > upTo) {
      upTo = position;
      beyond.headSet(position, true).clear();
      goOn();
    }
  }

  private void goOn() {
    while (beyond.remove(upTo + 1)) {
      upTo++;
    }
  }
}
