package boutique.kernel.views;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.feed.Feed;
import boutique.kernel.feed.Parking;
import boutique.kernel.feed.Retries;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Entry;
import boutique.kernel.store.Views.Page;
import boutique.language.Event;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A projection")
@Timeout(120)
class ProjectionTest {
  private static final int STREAMS = 20;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private RocksDatabase database;
  private RocksEventStore store;
  private RocksViews views;
  private ViewReader reader;
  private volatile @Nullable StreamId indigestible;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    store = new RocksEventStore(database);
    views = new RocksViews(database);
    reader = new ViewReader(views, "tally");
  }

  @AfterEach
  void close() {
    get(vertx.close());
    get(database.close());
  }

  @Test
  @DisplayName("folds the facts of several streams into one document, each once")
  void folds() {
    deployed();
    append(1, 10);

    untilCounted(STREAMS * 10);
  }

  @Test
  @DisplayName("is equal to what it was when it is rebuilt, and can be read meanwhile")
  void rebuilds() {
    deployed();
    append(1, 10);
    untilCounted(STREAMS * 10);
    var before = documents();

    var rebuilding = vertx.eventBus().request(Projection.rebuildAddress("tally"), "now");
    while (!rebuilding.isComplete()) {
      assertThat(documents()).isEqualTo(before);
    }
    get(rebuilding);

    assertThat(documents()).isEqualTo(before);
  }

  @Test
  @DisplayName("stays as it is when it would be less after a rebuild, and says so")
  void incomplete() {
    deployed();
    append(1, 10);
    untilCounted(STREAMS * 10);
    indigestible = new StreamId("catalog", "p7");

    var failure = failure(vertx.eventBus().request(Projection.rebuildAddress("tally"), "now"));

    assertThat(failure).hasMessageContaining("1 streams, such as catalog/p7");
    assertThat(get(new Parking(views).streams(null, 10))).isEmpty();
    assertThat(counted()).isEqualTo(STREAMS * 10);
    append(11, 1);
    untilCounted(STREAMS * 11 - 1);
    indigestible = null;
    get(vertx.eventBus().request(Projection.rebuildAddress("tally"), "now"));
    assertThat(counted()).isEqualTo(STREAMS * 11);
    assertThat(get(views.scan("parked", Page.first("tally.2/", 10)))).isEmpty();
  }

  @Test
  @DisplayName("lists what it could not take in under the generation that is read, and no other")
  void parked() {
    var parking = new Parking(views);
    var bad = new StreamId("catalog", "p7");
    indigestible = bad;
    var id = deployed();
    append(1, 2);
    untilCounted(STREAMS * 2 - 2);
    Awaitility.await().atMost(Facts.PATIENCE).until(() -> get(parking.of("tally.1", bad)) != null);

    get(vertx.eventBus().request(Projection.rebuildAddress("tally"), "now"));
    assertThat(get(parking.counted())).isEqualTo(Map.of("tally.2", 1));

    get(vertx.undeploy(id));
    leaveParked("tally.1/" + Commit.key(bad, 1)); // as who dies in the middle of a switch
    deployed();
    assertThat(get(parking.counted())).isEqualTo(Map.of("tally.2", 1));
    indigestible = null;
    get(new Retries(vertx).retry("tally.2", bad));
    assertThat(counted()).isEqualTo(STREAMS * 2);
  }

  @Test
  @DisplayName("goes on with the rebuilt generation, also after a restart")
  void goesOn() {
    var id = deployed();
    append(1, 5);
    untilCounted(STREAMS * 5);
    get(vertx.eventBus().request(Projection.rebuildAddress("tally"), "now"));
    append(6, 5);
    untilCounted(STREAMS * 10);

    get(vertx.undeploy(id));
    deployed();
    append(11, 5);

    untilCounted(STREAMS * 15);
  }

  @Test
  @DisplayName("says when it shows a version, and whoever was told so finds it there")
  void shows() {
    deployed();
    var shown = opened(Duration.ofSeconds(30));
    var early = shown.upTo(new StreamId("catalog", "p3"), 5);

    append(1, 4);
    assertThat(upTo(shown, 4)).containsOnly(true);
    assertThat(counted()).isEqualTo(STREAMS * 4);
    assertThat(early.isComplete()).isFalse();
    append(5, 1);

    assertThat(get(early)).isTrue();
    assertThat(upTo(shown, 5)).containsOnly(true);
    assertThat(counted()).isEqualTo(STREAMS * 5);
  }

  @Test
  @DisplayName("knows what it shows after a restart, and after a rebuild")
  void showsStill() {
    var id = deployed();
    var shown = opened(Duration.ofSeconds(30));
    append(1, 3);
    assertThat(upTo(shown, 3)).containsOnly(true);

    get(vertx.undeploy(id));
    deployed();
    assertThat(upTo(shown, 3)).containsOnly(true);
    get(vertx.eventBus().request(Projection.rebuildAddress("tally"), "now"));

    assertThat(upTo(shown, 2)).containsOnly(true);
  }

  @Test
  @DisplayName("is not waited for longer than until the deadline, nor by who is no concern of it")
  void neverShown() {
    deployed();
    var shown = opened(Duration.ofMillis(50));

    assertThat(get(shown.upTo(new StreamId("catalog", "p1"), 1))).isFalse();
    assertThat(get(shown.upTo(new StreamId("orders", "o1"), 1))).isTrue();
  }

  @Test
  @DisplayName("is waited for together with the rooms that do something because of the same")
  void reactions() {
    deployed();
    var name = "others.reactions";
    var hears = Set.of("catalog");
    var done = Promise.<Void>promise();
    var log = new RocksFactLog(database);
    var reactions = new Feed(vertx, name, hears, log, store, views, _ -> done.future());
    get(reactions.start().compose(_ -> Shown.tell(vertx, name, hears, reactions)));
    var stream = new StreamId("catalog", "p3");
    append(1, 1);
    untilCounted(STREAMS);

    var shown = opened(Duration.ofSeconds(30)).upTo(stream, 1);
    assertThat(get(opened(Duration.ofMillis(50)).upTo(stream, 1))).isFalse();
    assertThat(shown.isComplete()).isFalse();
    done.complete();

    assertThat(get(shown)).isTrue();
    get(reactions.stop());
  }

  private Shown opened(Duration deadline) {
    var shown = new Shown(vertx, deadline);
    get(shown.open());
    return shown;
  }

  private static List<Boolean> upTo(Shown shown, long version) {
    return IntStream.range(0, STREAMS)
        .mapToObj(number -> shown.upTo(new StreamId("catalog", "p" + number), version))
        .toList()
        .stream()
        .map(one -> get(one))
        .toList();
  }

  private void leaveParked(String key) {
    get(views.write(List.of(new Put("parked", key, new JsonObject()))));
  }

  private String deployed() {
    return get(
        vertx.deployVerticle(
            new Projection(new Tally(), new RocksFactLog(database), store, views)));
  }

  private void append(long first, int count) {
    var appended =
        IntStream.range(0, STREAMS)
            .mapToObj(number -> new StreamId("catalog", "p" + number))
            .flatMap(stream -> Facts.commits(stream, first, count).stream())
            .map(store::append)
            .toList();
    get(Future.all(appended));
  }

  private void untilCounted(long count) {
    Awaitility.await()
        .atMost(Facts.PATIENCE)
        .untilAsserted(() -> assertThat(counted()).isEqualTo(count));
  }

  private long counted() {
    return documents().stream().mapToLong(entry -> entry.document().getLong("count")).sum();
  }

  private List<Entry> documents() {
    return get(reader.scan(Page.first("", 100)));
  }

  /** Counts facts in two documents: of the even products, and of the odd ones. */
  private final class Tally implements View {
    @Override
    public String name() {
      return "tally";
    }

    @Override
    public Set<String> rooms() {
      return Set.of("catalog");
    }

    @Override
    public @Nullable String key(Recorded recorded, Event event) {
      return Integer.parseInt(recorded.stream().key().substring(1)) % 2 == 0 ? "even" : "odd";
    }

    @Override
    public JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
      if (recorded.stream().equals(indigestible)) {
        throw new IllegalStateException("indigestible");
      }
      var count = before == null ? 0 : before.getLong("count");
      return new JsonObject().put("count", count + 1);
    }
  }
}
