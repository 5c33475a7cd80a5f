package boutique.backends.embedded;

import boutique.kernel.limits.Limits;
import boutique.kernel.limits.Rate;
import boutique.kernel.limits.Taken;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Buckets in memory, for all who share this object.
 *
 * <p>A bucket is one number: the moment at which it will be full. Once that has passed, it is as if
 * it had never been, and so it is forgotten: with each taking a few are looked at. If there are too
 * many all the same, newcomers share some, so that a crowd costs no more memory than its bound.
 */
public final class LocalLimits implements Limits {
  private static final int SHARED = 1024;
  private static final int LOOKED_AT = 4;

  private final int most;
  private final LongSupplier nanos;
  private final Map<String, Long> fullAt = new ConcurrentHashMap<>();
  private final ReentrantLock tidying = new ReentrantLock();
  private @Nullable Iterator<Map.Entry<String, Long>> round;

  /**
   * Begins with full buckets.
   *
   * @param most so many buckets are kept apart
   * @param nanos a clock that never goes back, such as {@code System::nanoTime}
   */
  public LocalLimits(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
  }

  @Override
  public Future<Taken> take(String bucket, Rate rate, int tokens) {
    var more = rate.toFill(tokens).toNanos();
    var whole = rate.toFill().toNanos();
    var now = nanos.getAsLong();
    forgetFull(now);
    var wait = new long[1];
    fullAt.compute(
        name(bucket),
        (_, known) -> {
          var then = (known == null || known - now < 0 ? now : known) + more;
          wait[0] = then - now - whole;
          return wait[0] <= 0 ? (Long) then : known;
        });
    return Future.succeededFuture(
        wait[0] <= 0 ? Taken.YES : new Taken.Later(Duration.ofNanos(wait[0])));
  }

  int size() {
    return fullAt.size();
  }

  private String name(String bucket) {
    return fullAt.size() < most || fullAt.containsKey(bucket)
        ? bucket
        : "crowd/" + Math.floorMod(bucket.hashCode(), SHARED);
  }

  /** Whoever comes while somebody tidies up leaves it to them. */
  private void forgetFull(long now) {
    if (!tidying.tryLock()) {
      return;
    }
    try {
      var entries = round;
      for (var i = 0; i < LOOKED_AT; i++) {
        if (entries == null || !entries.hasNext()) {
          round = fullAt.entrySet().iterator();
          return;
        }
        var entry = entries.next();
        if (entry.getValue() - now <= 0) {
          fullAt.remove(entry.getKey(), entry.getValue());
        }
      }
    } finally {
      tidying.unlock();
    }
  }
}
