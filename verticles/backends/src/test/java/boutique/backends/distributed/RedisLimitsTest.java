package boutique.backends.distributed;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import boutique.backends.embedded.LocalLimits;
import boutique.kernel.limits.Limits;
import boutique.kernel.limits.LimitsConformance;
import boutique.kernel.limits.Rate;
import boutique.kernel.limits.Taken;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In the Redis of the environment, {@code REDIS_URL}, or else in one that is started for it. */
@DisplayName("Limits in Redis")
class RedisLimitsTest extends LimitsConformance {
  private static final Rate ONCE = new Rate(1, Duration.ofDays(1));
  private static final Optional<String> GIVEN = Optional.ofNullable(System.getenv("REDIS_URL"));
  private static Optional<RedisProcess> own = Optional.empty();

  private final Vertx vertx = Vertx.vertx();
  private final Vertx otherNode = Vertx.vertx();
  private String url = "";
  private Limits limits = alone();
  private Limits elsewhere = alone();

  @BeforeAll
  static void start() {
    own = GIVEN.isPresent() ? Optional.empty() : RedisProcess.start();
    assumeTrue(GIVEN.isPresent() || own.isPresent(), "no redis-server runs on this machine");
  }

  @AfterAll
  static void stop() {
    own.ifPresent(RedisProcess::close);
  }

  @BeforeEach
  void connect() {
    url = GIVEN.or(() -> own.map(RedisProcess::url)).orElseThrow();
    limits = new RedisLimits(vertx, url, refusing(), Duration.ofSeconds(30));
    elsewhere = new RedisLimits(otherNode, url, refusing(), Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    get(vertx.close());
    get(otherNode.close());
  }

  @Override
  protected Limits limits() {
    return limits;
  }

  @Override
  protected Limits elsewhere() {
    return elsewhere;
  }

  /** By the clock of Redis, which is the one that counts. */
  @Override
  protected void pass(Duration time) {
    var redis = Redis.createClient(vertx, url);
    var then = micros(redis) + time.toNanos() / 1_000;
    await().until(() -> micros(redis) > then);
    get(redis.close());
  }

  @Test
  @DisplayName("a bucket that is full again is forgotten")
  void forgets() {
    var bucket = "test/" + UUID.randomUUID();
    var redis = Redis.createClient(vertx, url);
    get(limits.take(bucket, new Rate(1, Duration.ofMillis(100)), 1));

    await().until(() -> exists(redis, bucket) == 0);
    get(redis.close());
  }

  @Test
  @DisplayName("where no Redis is, a node counts alone")
  void nobodyThere() {
    var cut = new RedisLimits(vertx, "redis://127.0.0.1:" + RedisProcess.freePort(), alone());

    assertThat(get(cut.take("guest", ONCE, 1))).isEqualTo(Taken.YES);
    assertThat(get(cut.take("guest", ONCE, 1))).isInstanceOf(Taken.Later.class);
  }

  @Test
  @DisplayName("a Redis that never answers is not waited for")
  void silent() throws IOException {
    try (var silent = new ServerSocket(0)) {
      var deaf = new RedisLimits(vertx, "redis://127.0.0.1:" + silent.getLocalPort(), alone());

      assertThat(get(deaf.take("guest", ONCE, 1))).isEqualTo(Taken.YES);
      for (var i = 0; i < 1_000; i++) {
        assertThat(get(deaf.take("guest", ONCE, 1))).isInstanceOf(Taken.Later.class);
      }
    }
  }

  @Test
  @DisplayName("a Redis that comes back is asked again")
  void comesBack() {
    assumeTrue(GIVEN.isEmpty(), "somebody else's Redis is not stopped");
    var first = RedisProcess.start().orElseThrow();
    var shared = new RedisLimits(vertx, first.url(), alone());
    var bucket = "test/" + UUID.randomUUID();
    assertThat(get(shared.take(bucket, ONCE, 1))).isEqualTo(Taken.YES);
    first.close();
    await()
        .until(
            () -> get(shared.take(bucket, ONCE, 1)).equals(Taken.YES)); // alone, it knows of none

    try (var second = first.again()) {
      var fresh = "test/" + UUID.randomUUID();
      var redis = Redis.createClient(vertx, second.url());
      await()
          .until(() -> {
            get(shared.take(fresh, new Rate(1_000_000, Duration.ofSeconds(1)), 1));
            return exists(redis, fresh) == 1;
          });
    }
  }

  private static long exists(Redis redis, String bucket) {
    return get(redis.send(Request.cmd(Command.EXISTS).arg("boutique:limit:" + bucket))).toLong();
  }

  private static long micros(Redis redis) {
    var time = get(redis.send(Request.cmd(Command.TIME)));
    return time.get(0).toLong() * 1_000_000 + time.get(1).toLong();
  }

  private static Limits alone() {
    return new LocalLimits(1_000, System::nanoTime);
  }

  /** While Redis is there, nobody counts alone. */
  private static Limits refusing() {
    return (bucket, _, _) -> {
      throw new AssertionError(bucket + " was counted alone");
    };
  }
}
