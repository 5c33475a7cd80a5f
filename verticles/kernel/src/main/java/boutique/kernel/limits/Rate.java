package boutique.kernel.limits;

import java.time.Duration;

/**
 * How many tokens a bucket holds, and how fast it fills: so much may come at once, so much for
 * ever.
 *
 * @param each how long it takes until there is one more
 */
public record Rate(int capacity, Duration each) {
  private static final Duration SHORTEST = Duration.ofNanos(1_000);
  private static final Duration LONGEST = Duration.ofDays(365);

  public Rate {
    if (capacity < 1
        || each.compareTo(SHORTEST) < 0
        || each.compareTo(LONGEST.dividedBy(capacity)) > 0) {
      throw new IllegalArgumentException("a bucket of %d, one each %s".formatted(capacity, each));
    }
  }

  /** One more each so many milliseconds. */
  public static Rate of(int capacity, long eachMillis) {
    return new Rate(capacity, Duration.ofMillis(eachMillis));
  }

  /** How long it takes to fill so much of the bucket; no one may take more than it can hold. */
  public Duration toFill(int tokens) {
    if (tokens < 1 || tokens > capacity) {
      throw new IllegalArgumentException(tokens + " out of a bucket of " + capacity);
    }
    return each.multipliedBy(tokens);
  }

  public Duration toFill() {
    return toFill(capacity);
  }
}
