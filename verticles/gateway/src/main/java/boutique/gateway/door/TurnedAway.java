package boutique.gateway.door;

import java.util.concurrent.atomic.LongAdder;

/** How many requests of this process were refused before anybody looked at what they wanted. */
public final class TurnedAway {
  private final LongAdder overloaded = new LongAdder();
  private final LongAdder limited = new LongAdder();

  /** Because there was too much for all. */
  public long overloaded() {
    return overloaded.sum();
  }

  /** Because one wanted more than their share. */
  public long limited() {
    return limited.sum();
  }

  void isOverloaded() {
    overloaded.increment();
  }

  void isLimited() {
    limited.increment();
  }
}
