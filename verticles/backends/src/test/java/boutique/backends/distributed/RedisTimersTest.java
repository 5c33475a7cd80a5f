package boutique.backends.distributed;

import static boutique.kernel.store.Facts.get;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import boutique.kernel.timers.Timers;
import boutique.kernel.timers.TimersConformance;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

/** In the Redis of the environment, {@code REDIS_URL}, or else in one that is started for it. */
@DisplayName("Timers in Redis")
class RedisTimersTest extends TimersConformance {
  private static final Optional<String> GIVEN = Optional.ofNullable(System.getenv("REDIS_URL"));
  private static Optional<RedisProcess> own = Optional.empty();

  private final Vertx vertx = Vertx.vertx();
  private final Vertx otherNode = Vertx.vertx();
  private RedisTimers timers;
  private RedisTimers elsewhere;

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
    var url = GIVEN.or(() -> own.map(RedisProcess::url)).orElseThrow();
    var kind = "test-" + UUID.randomUUID();
    timers = new RedisTimers(vertx, url, kind);
    elsewhere = new RedisTimers(otherNode, url, kind);
  }

  @AfterEach
  void close() {
    get(timers.close());
    get(elsewhere.close());
    get(vertx.close());
    get(otherNode.close());
  }

  @Override
  protected Timers timers() {
    return timers;
  }

  @Override
  protected Timers elsewhere() {
    return elsewhere;
  }
}
