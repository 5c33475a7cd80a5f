package boutique.kernel.limits;

import io.vertx.core.Future;

/**
 * Token buckets under names. A bucket that nobody has named before is full.
 *
 * <p>It never fails for a reason of its own: whoever cannot ask the others counts alone.
 */
public interface Limits {
  /** Lets everybody have everything. */
  Limits NONE = (_, _, _) -> Future.succeededFuture(Taken.YES);

  /** Takes so many tokens out of a bucket, or none if there are not as many in it. */
  Future<Taken> take(String bucket, Rate rate, int tokens);
}
