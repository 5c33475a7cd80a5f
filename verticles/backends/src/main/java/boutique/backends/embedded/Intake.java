package boutique.backends.embedded;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where many threads put something and one takes it. Nobody who puts ever waits: neither for the
 * one who takes nor for each other, since they are event loops. The bounds may be passed by as many
 * as put at the same instant.
 */
final class Intake<T> {
  private final int mostEntries;
  private final long mostBytes;
  private final Queue<Entry<T>> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger urgent = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Thread asleep;
  private volatile boolean lingering;

  private record Entry<T>(T what, int weight, boolean urgent) {}

  Intake(int mostEntries, long mostBytes) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  /** Whether there is no room. A single entry may be larger than all that is allowed together. */
  boolean isFullFor(int weight) {
    var held = bytes.get();
    return count.get() >= mostEntries || (held > 0 && held + weight > mostBytes);
  }

  /**
   * @param haste whether it wakes one who lingers
   */
  void put(T what, int weight, boolean haste) {
    count.incrementAndGet();
    bytes.addAndGet(weight);
    entries.add(new Entry<>(what, weight, haste));
    if (haste) {
      urgent.incrementAndGet();
      wake();
    } else if (!lingering) {
      wake();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** From now on whoever takes does not wait any more. */
  void close() {
    closed = true;
    wake();
  }

  /** Waits for something urgent, but no longer than this. */
  void linger(long nanos) {
    lingering = true;
    var end = System.nanoTime() + nanos;
    asleep = Thread.currentThread();
    for (var left = nanos; left > 0 && urgent.get() == 0 && !closed; ) {
      LockSupport.parkNanos(this, left);
      left = end - System.nanoTime();
    }
    asleep = null;
    lingering = false;
  }

  /** Moves all that is there; waits for the first as long as it takes, or until it is closed. */
  void takeAll(List<T> into) {
    while (entries.isEmpty() && !closed) {
      sleep(0);
    }
    drain(into);
  }

  /**
   * The same with less patience.
   *
   * @param nanos how long to wait for the first
   * @return how much of it is left; nothing was there in time if none is
   */
  long takeAll(List<T> into, long nanos) {
    var left = nanos;
    while (entries.isEmpty() && left > 0 && !closed) {
      var from = System.nanoTime();
      sleep(left);
      left -= System.nanoTime() - from;
    }
    drain(into);
    return left;
  }

  /** Announces itself before it looks for the last time, so that nobody can come in between. */
  private void sleep(long nanos) {
    asleep = Thread.currentThread();
    if (entries.isEmpty() && !closed) {
      if (nanos == 0) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    }
    asleep = null;
  }

  private void wake() {
    var sleeper = asleep;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  private void drain(List<T> into) {
    for (var entry = entries.poll(); entry != null; entry = entries.poll()) {
      count.decrementAndGet();
      bytes.addAndGet(-entry.weight);
      if (entry.urgent) {
        urgent.decrementAndGet();
      }
      into.add(entry.what);
    }
  }
}
