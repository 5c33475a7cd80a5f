package boutique.backends.distributed;

import boutique.kernel.timers.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times that all nodes share, in a sorted set of Redis. What one node is given gets the end of its
 * lease as its new time, in the same script: so no other node is given it meanwhile.
 */
public final class RedisTimers implements Timers {
  private static final String PREFIX = "boutique:timers:";
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final String DUE =
      """
      local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
      for _, name in ipairs(due) do
        redis.call('ZADD', KEYS[1], ARGV[3], name)
      end
      local next = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
      return {due, next[2] or ''}
      """;

  private final Redis redis;
  private final String key;

  /** Those of one kind, in the Redis at this URL. */
  public RedisTimers(Vertx vertx, String url, String kind) {
    this.redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(url));
    this.key = PREFIX + kind;
  }

  @Override
  public Future<Void> set(Map<String, Instant> times) {
    if (times.isEmpty()) {
      return Future.succeededFuture();
    }
    var add = Request.cmd(Command.ZADD).arg(key);
    times.forEach((name, at) -> add.arg(at.toEpochMilli()).arg(name));
    return send(add).mapEmpty();
  }

  @Override
  public Future<Due> due(Instant now, int most) {
    return send(Request.cmd(Command.EVAL)
            .arg(DUE)
            .arg(1)
            .arg(key)
            .arg(now.toEpochMilli())
            .arg(most)
            .arg(now.plus(LEASE).toEpochMilli()))
        .map(RedisTimers::due);
  }

  @Override
  public Future<Void> forget(Collection<String> names) {
    if (names.isEmpty()) {
      return Future.succeededFuture();
    }
    var remove = Request.cmd(Command.ZREM).arg(key);
    names.forEach(remove::arg);
    return send(remove).mapEmpty();
  }

  public Future<Void> close() {
    return redis.close();
  }

  private Future<@Nullable Response> send(Request request) {
    return redis.send(request).timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Due due(@Nullable Response answer) {
    var both = Objects.requireNonNull(answer);
    var names = new ArrayList<String>();
    both.get(0).forEach(name -> names.add(name.toString()));
    var next = both.get(1).toString();
    return new Due(
        names, next.isEmpty() ? null : Instant.ofEpochMilli((long) Double.parseDouble(next)));
  }
}
