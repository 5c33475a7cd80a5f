package boutique.backends.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;

/**
 * Which commits of the log Kafka has: all below a mark, and runs above it that were relayed out of
 * order. Only the mark is kept on disk; the runs are forgotten in a crash, which costs duplicates.
 *
 * <p>What Kafka acknowledges is on its disk only moments later. The mark on ours stays behind by as
 * much: after a loss of power those moments are sent again, where they would be missing otherwise.
 *
 * <p>A queue of pending commits on disk would do as well, were it not for the millions of deleted
 * entries that every look at its head would have to step over.
 */
final class Outbox {
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private final TreeMap<Long, Long> runs = new TreeMap<>();
  private final Deque<Step> steps = new ArrayDeque<>();
  private long mark;
  private long settled;

  Outbox(long mark) {
    this.mark = mark;
    this.settled = mark;
  }

  /** Nothing is relayed: it went to another Kafka. */
  synchronized void forget() {
    runs.clear();
    steps.clear();
    mark = 0;
    settled = 0;
  }

  private record Step(long mark, long nanos) {}

  /** Everything below this is relayed. */
  synchronized long mark() {
    return mark;
  }

  /** Everything below this is relayed, and on Kafka's disk as well. */
  synchronized long settled(long nanos) {
    steps.add(new Step(mark, nanos));
    while (nanos - steps.getFirst().nanos() >= SETTLING.toNanos()) {
      settled = steps.removeFirst().mark();
    }
    return settled;
  }

  /** The first number, from this one on, that is not relayed. */
  synchronized long pendingFrom(long number) {
    if (number < mark) {
      return mark;
    }
    var run = runs.floorEntry(number);
    return run == null ? number : Math.max(number, run.getValue());
  }

  synchronized void relayed(long number) {
    if (pendingFrom(number) != number) {
      return;
    }
    var before = runs.floorEntry(number);
    var start = before != null && before.getValue() == number ? before.getKey() : number;
    var after = runs.remove(number + 1);
    var end = after == null ? number + 1 : after;
    if (number == mark) {
      mark = end;
    } else {
      runs.put(start, end);
    }
  }
}
