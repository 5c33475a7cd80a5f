package boutique.backends.distributed;

import boutique.kernel.limits.Limits;
import boutique.kernel.limits.Rate;
import boutique.kernel.limits.Taken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets that all nodes share: in Redis, by its clock, in one round trip.
 *
 * <p>A limit is no reason to refuse anybody while Redis is away. Then each node counts by itself,
 * and asks again after a pause, so that nobody is kept waiting for it request by request.
 */
public final class RedisLimits implements Limits {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLimits.class);
  private static final String PREFIX = "boutique:limit:";
  private static final Duration DEADLINE = Duration.ofMillis(250);
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final int CONNECTIONS = 8;
  private static final int MOST_WAITING = 2_048;
  private static final int CONNECT_MILLIS = 1_000;
  private static final int IDLE_SECONDS = 30;

  /**
   * In microseconds: what the bucket holds, what is taken. The key is the moment at which the
   * bucket will be full, and goes when that is past. A moment too far away comes of a clock that
   * was set back, and means an empty bucket.
   */
  private static final String SCRIPT =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000000 + time[2]
      local whole = tonumber(ARGV[1])
      local full = tonumber(redis.call('GET', KEYS[1]) or now)
      full = math.min(math.max(full, now), now + whole) + tonumber(ARGV[2])
      local wait = full - now - whole
      if wait <= 0 then
        redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
      end
      return math.ceil(wait)
      """;

  private final Redis redis;
  private final Limits alone;
  private final Duration deadline;
  private final AtomicBoolean away = new AtomicBoolean();
  private volatile long askAgain = System.nanoTime();

  /** Counts in the Redis at this URL; with {@code alone} while it cannot be asked. */
  public RedisLimits(Vertx vertx, String url, Limits alone) {
    this(vertx, url, alone, DEADLINE);
  }

  RedisLimits(Vertx vertx, String url, Limits alone, Duration deadline) {
    this.alone = alone;
    this.deadline = deadline;
    this.redis =
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString(url)
                .setMaxPoolSize(CONNECTIONS)
                .setMaxPoolWaiting(MOST_WAITING)
                .setNetClientOptions(
                    new NetClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setIdleTimeout(IDLE_SECONDS)));
  }

  @Override
  public Future<Taken> take(String bucket, Rate rate, int tokens) {
    var more = rate.toFill(tokens);
    if (away.get() && System.nanoTime() - askAgain < 0) {
      return alone.take(bucket, rate, tokens);
    }
    return redis
        .send(
            Request.cmd(Command.EVAL)
                .arg(SCRIPT)
                .arg(1)
                .arg(PREFIX + bucket)
                .arg(micros(rate.toFill()))
                .arg(micros(more)))
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .map(this::taken)
        .recover(failure -> alone(failure, bucket, rate, tokens));
  }

  public Future<Void> close() {
    return redis.close();
  }

  private Taken taken(@Nullable Response answer) {
    long micros = Objects.requireNonNull(Objects.requireNonNull(answer).toLong());
    if (away.get() && away.getAndSet(false)) {
      LOG.info("Redis answers again: limits are counted together");
    }
    return micros <= 0 ? Taken.YES : new Taken.Later(Duration.ofNanos(micros * 1_000));
  }

  private Future<Taken> alone(Throwable failure, String bucket, Rate rate, int tokens) {
    askAgain = System.nanoTime() + PAUSE_NANOS;
    if (!away.getAndSet(true)) {
      LOG.warn("Redis does not answer, each node counts limits alone: {}", failure.toString());
    }
    return alone.take(bucket, rate, tokens);
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
