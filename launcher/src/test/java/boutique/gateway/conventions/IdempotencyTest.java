package boutique.gateway.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.gateway.problems.Problem;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What is done once for its key, by all nodes of a store,")
@Timeout(60)
class IdempotencyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MANY = 200;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Integer> done = new ConcurrentHashMap<>();
  private RocksDatabase database;
  private Views views;
  private Node here;
  private Node there;

  /** One process of several, with a clock of its own. */
  private final class Node {
    private Instant now = NOON;
    private final Idempotency keys = new Idempotency(views, () -> now);

    Future<Sent> ask(String key) {
      return ask(key, "a cup");
    }

    Future<Sent> ask(String key, String what) {
      return keys.once(clustered(vertx), print(key, what), _ -> work(key));
    }

    /** Takes the key, and is never heard of again. */
    void askAndDie(String key) throws TimeoutException {
      var begun = Promise.<Instant>promise();
      keys.once(
          clustered(vertx),
          print(key, "a cup"),
          known -> {
            begun.complete(known.since());
            return Promise.<Sent>promise().future();
          });
      get(begun.future());
    }
  }

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    views = new RocksViews(database);
    here = new Node();
    there = new Node();
  }

  @AfterEach
  void close() throws TimeoutException {
    get(Future.join(database.close(), vertx.close()));
  }

  @Test
  @DisplayName("is answered everywhere as the first time, and for nothing else")
  void everywhere() throws TimeoutException {
    var first = get(here.ask("key"));

    assertThat(get(there.ask("key"))).isEqualTo(first);
    assertRefused(there.ask("key", "two cups"), "idempotency.mismatch");
    assertThat(done).containsEntry("key", 1);
  }

  @Test
  @DisplayName("is kept so that the store tells nothing of it, and may not tell anything else")
  void sealed() throws TimeoutException {
    get(here.ask("key"));
    var entry = kept(NOON).getFirst();
    assertThat(entry.document().fieldNames())
        .containsExactlyInAnyOrder("request", "since", "by", "sealed");
    assertThat(entry.document().encode()).doesNotContain("201", "there");

    var forged = entry.document().copy().put("sealed", "AAAA");
    get(views.write(List.of(new Put("answers." + day(NOON), entry.key(), forged))));

    assertThatThrownBy(() -> get(there.ask("key"))).isInstanceOf(IllegalStateException.class);
    assertThat(done).containsEntry("key", 1);
  }

  @Test
  @DisplayName("is begun by nobody else while who has begun may be at work, and then taken over")
  void lease() throws TimeoutException {
    here.askAndDie("key");

    there.now = NOON.plusMillis(59_999);
    assertRefused(there.ask("key"), "idempotency.in-progress");
    assertRefused(there.ask("key", "two cups"), "idempotency.mismatch");
    assertThat(done).isEmpty();

    there.now = NOON.plusSeconds(60);
    var taken = get(there.ask("key"));
    assertThat(get(new Node().ask("key"))).isEqualTo(taken);
    assertThat(done).containsEntry("key", 1);
  }

  @Test
  @DisplayName("keeps the moment of its first use, from which ids are made, when it is taken over")
  void sinceTheFirst() throws TimeoutException {
    here.askAndDie("key");
    there.now = NOON.plus(Duration.ofHours(20));

    var since = Promise.<Instant>promise();
    there.keys.once(
        clustered(vertx),
        print("key", "a cup"),
        known -> {
          since.complete(known.since());
          return work("key");
        });

    assertThat(get(since.future())).isEqualTo(NOON);
  }

  @Test
  @DisplayName("is done again at once by the only node when that has died in the middle")
  void alone() throws TimeoutException {
    here.askAndDie("key");

    var again = there.keys.once(vertx, print("key", "a cup"), _ -> work("key"));

    assertThat(get(again).status()).isEqualTo(201);
  }

  @Test
  @DisplayName("is tried again after a failure that passes, and not after a refusal that stays")
  void failures() throws TimeoutException {
    var print = print("key", "a cup");
    var down = new Unavailable("not now");
    assertThatThrownBy(() -> get(here.keys.once(vertx, print, _ -> Future.failedFuture(down))))
        .isSameAs(down);
    var sold = Problem.of(409, "stock.insufficient", "There are none left.");

    var refused = get(there.keys.once(clustered(vertx), print, _ -> Future.failedFuture(sold)));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(get(here.ask("key"))).isEqualTo(refused);
    assertThat(done).isEmpty();
  }

  @Test
  @DisplayName("is done by one, of many who ask two nodes at once")
  void race() throws TimeoutException {
    race(here, there);

    assertThat(done).hasSize(MANY).allSatisfy((_, times) -> assertThat(times).isOne());
  }

  @Test
  @DisplayName("is done by one at most, when it is another day for each of them")
  void midnight() throws TimeoutException {
    here.now = Instant.parse("2026-03-01T23:59:59.999Z");
    there.now = Instant.parse("2026-03-02T00:00:00.001Z");

    race(here, there);

    assertThat(done).allSatisfy((_, times) -> assertThat(times).isOne());
    here.now = there.now;
    for (var i = 0; i < MANY; i++) {
      assertThat(get(here.ask("key " + i))).isEqualTo(get(there.ask("key " + i)));
    }
    assertThat(done).hasSize(MANY).allSatisfy((_, times) -> assertThat(times).isOne());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T00:00:00Z,     2026-03-01T23:59:59.999Z, 1",
    "2026-03-01T23:59:59.999Z, 2026-03-02T00:00:00Z,     1",
    "2026-03-01T23:59:59.999Z, 2026-03-02T23:59:59.999Z, 1",
    "2026-03-01T00:00:00Z,     2026-03-02T23:59:59.999Z, 1",
    "2026-03-01T23:59:59.999Z, 2026-03-03T00:00:00Z,     2"
  })
  @DisplayName("is known for a day at least, however often it is swept, and not for ever")
  void expiry(Instant used, Instant asked, int times) throws TimeoutException {
    here.now = used;
    get(here.ask("key"));
    here.now = asked;
    get(here.keys.sweep());

    get(here.ask("key"));

    assertThat(done).containsEntry("key", times);
  }

  @Test
  @DisplayName("is swept with its whole day, also when nobody has swept for weeks")
  void sweep() throws TimeoutException {
    get(here.keys.sweep());
    var days = new ArrayList<Instant>();
    for (var day = 0; day < 30; day++) {
      here.now = NOON.plus(Duration.ofDays(day));
      get(here.ask("key"));
      days.add(here.now);
    }
    there.now = here.now;

    get(there.keys.sweep());

    for (var day : days.subList(0, 28)) {
      assertThat(kept(day)).as("%s", day).isEmpty();
    }
    assertThat(kept(NOON.plus(Duration.ofDays(28)))).hasSize(1);
    get(there.keys.sweep());
    assertThat(kept(NOON.plus(Duration.ofDays(28)))).hasSize(1);
  }

  /** Both are asked for the same, again and again; nobody is told anything that does not hold. */
  private void race(Node one, Node other) throws TimeoutException {
    var asked =
        IntStream.range(0, MANY)
            .boxed()
            .collect(
                toMap(i -> "key " + i, i -> List.of(one.ask("key " + i), other.ask("key " + i))));
    for (var twins : asked.entrySet()) {
      for (var twin : twins.getValue()) {
        try {
          assertThat(get(twin)).isEqualTo(sent(twins.getKey(), 1));
        } catch (Problem refused) {
          assertThat(refused.json().getString("code")).isEqualTo("idempotency.in-progress");
        }
      }
    }
  }

  private List<Views.Entry> kept(Instant day) throws TimeoutException {
    return get(views.scan("answers." + day(day), Page.first("", 10)));
  }

  private static long day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay();
  }

  private static Fingerprint print(String key, String what) {
    return new Fingerprint(key, what, Seal.of(Arrays.copyOf((key + what).getBytes(UTF_8), 32)));
  }

  private Future<Sent> work(String key) {
    return Future.succeededFuture(sent(key, done.merge(key, 1, Integer::sum)));
  }

  private static Sent sent(String key, int time) {
    var body = "{\"%s\":%d}".formatted(key, time);
    return new Sent(201, body, "\"1\"", "/there", List.of(), List.of());
  }

  private static void assertRefused(Future<Sent> asked, String code) {
    assertThatThrownBy(() -> get(asked))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.json().getString("code")).isEqualTo(code));
  }

  /** The same, but one of several. */
  private static Vertx clustered(Vertx vertx) {
    return (Vertx)
        Proxy.newProxyInstance(
            Vertx.class.getClassLoader(),
            new Class<?>[] {Vertx.class},
            (_, method, arguments) ->
                method.getName().equals("isClustered") ? true : method.invoke(vertx, arguments));
  }

  private static <T> T get(Future<T> future) throws TimeoutException {
    return future.await(30, TimeUnit.SECONDS);
  }
}
