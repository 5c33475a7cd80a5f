package boutique.kernel.views;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.feed.Feed;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Page;
import boutique.language.Event;
import boutique.language.StreamId;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A view's documents")
@Timeout(120)
class FoldingTest {
  private static final int STREAMS = 700; // more than go in at once

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private RocksDatabase database;
  private RocksViews views;
  private Folding folding;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    views = new RocksViews(database);
    folding = new Folding(new Parity(), "parity.1", views);
  }

  @AfterEach
  void close() {
    get(vertx.close());
    get(database.close());
  }

  @Test
  @DisplayName("are found under the keys of the state that they are in, and of no other")
  void index() {
    hear(1, 1);
    assertThat(index("")).containsExactly("odd/p1");
    hear(1, 2);
    assertThat(index("")).containsExactly("even/p1");
    assertThat(find("even/")).extracting(one -> one.getLong("version")).containsExactly(2L);
    hear(1, 3);
    assertThat(index("even/")).isEmpty();
    hear(1, 4);
    hear(1, 5);
    assertThat(index("")).as("gone with its document").isEmpty();
  }

  @Test
  @DisplayName("have their share in a sum, exactly once, however often each is heard")
  void sums() {
    get(Future.all(IntStream.range(0, STREAMS).mapToObj(number -> hearing(number, 1)).toList()));
    get(Future.all(IntStream.range(0, STREAMS).mapToObj(number -> hearing(number, 1)).toList()));

    assertThat(sum().getLong("facts")).isEqualTo(STREAMS);
    assertThat(sum().getString("last")).startsWith("p");
  }

  @Test
  @DisplayName("add to a sum what a dead process has folded and not added")
  void addedLater() {
    hear(1, 1);
    get(views.drop("parity.1.sums")); // as if it had died before

    hear(1, 1);

    assertThat(sum().getLong("facts")).isEqualTo(1);
  }

  @Test
  @DisplayName("do not grow with the streams whose facts the feed remembers to have heard")
  void forgets() {
    for (var number = 0; number < 50; number++) {
      hear(number, 1);
    }
    assertThat(seen()).as("nothing is remembered yet").hasSize(50);

    get(hearing(Facts.fact(stream(99), 1), (stream, _) -> !stream.equals(stream(7))));

    assertThat(seen()).containsOnlyKeys("catalog/p99", "catalog/p7");
    hear(7, 1);
    assertThat(sum().getLong("facts")).isEqualTo(51);
  }

  @Test
  @DisplayName("go on without a fact that cannot be folded, which alone is told so")
  void broken() {
    var heard = IntStream.range(0, 20).mapToObj(number -> hearing(number, number == 4 ? 13 : 1));
    var all = heard.toList();

    assertThat(failure(all.get(4))).hasMessage("unlucky");
    get(Future.all(all.stream().filter(one -> !one.equals(all.get(4))).toList()));
    assertThat(sum().getLong("facts")).isEqualTo(19);
  }

  @Test
  @DisplayName("are the same whether facts come together or one after the other")
  void together() {
    get(hearing(run(1, 1, 4)));
    get(hearing(run(1, 3, 4)));
    assertThat(index("")).containsExactly("even/p1");
    assertThat(sum().getLong("facts")).isEqualTo(4);

    get(hearing(run(1, 5, 5)));
    assertThat(index("")).as("gone with its document").isEmpty();
    get(hearing(run(2, 1, 5)));
    assertThat(index("")).as("begun and ended in one run").isEmpty();
  }

  @Test
  @DisplayName("take in nothing of a run with a fact that cannot be folded")
  void brokenRun() {
    var broken = hearing(run(1, 11, 14));
    var whole = hearing(run(2, 11, 12));

    assertThat(failure(broken)).hasMessage("unlucky");
    get(whole);
    assertThat(index("")).containsExactly("even/p2");
    get(hearing(run(1, 11, 12)));
    assertThat(index("")).containsExactly("even/p1", "even/p2");
    assertThat(sum().getLong("facts")).isEqualTo(4);
  }

  private static List<Recorded> run(int number, long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(version -> Facts.fact(stream(number), version))
        .toList();
  }

  private Future<Void> hearing(List<Recorded> run) {
    var heard = Promise.<Void>promise();
    loop.runOnContext(_ -> folding.hear(run, (_, _) -> false).onComplete(heard));
    return heard.future();
  }

  private void hear(int number, long version) {
    get(hearing(number, version));
  }

  private Future<Void> hearing(int number, long version) {
    return hearing(Facts.fact(stream(number), version), (_, _) -> false);
  }

  /** On one event loop, as in a feed. */
  private Future<Void> hearing(Recorded recorded, Feed.Memory memory) {
    var heard = Promise.<Void>promise();
    loop.runOnContext(_ -> folding.hear(recorded, memory).onComplete(heard));
    return heard.future();
  }

  private List<String> index(String prefix) {
    return get(new ViewReader(views, "parity").keys(Page.first(prefix, 1_000)));
  }

  private List<JsonObject> find(String prefix) {
    return get(new ViewReader(views, "parity").find(Page.first(prefix, 1_000))).stream()
        .map(one -> one.document())
        .toList();
  }

  private JsonObject sum() {
    return get(new ViewReader(views, "parity").sums(Page.first("", 2))).getFirst().document();
  }

  private Map<String, Object> seen() {
    var sums = get(views.scan("parity.1.sums", Page.first("", 2)));
    return sums.getFirst().document().getJsonObject("_seen").getMap();
  }

  private static StreamId stream(int number) {
    return new StreamId("catalog", "p" + number);
  }

  /** Each product by whether its version is even, until the fifth; and how many facts there are. */
  private static final class Parity implements View {
    @Override
    public String name() {
      return "parity";
    }

    @Override
    public Set<String> rooms() {
      return Set.of("catalog");
    }

    @Override
    public @Nullable String key(Recorded recorded, Event event) {
      return recorded.stream().key();
    }

    @Override
    public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
      if (recorded.version() == 13) {
        throw new IllegalStateException("unlucky");
      }
      return recorded.version() == 5
          ? null
          : new JsonObject()
              .put("id", ((ProductCreated) event).product().value())
              .put("version", recorded.version());
    }

    @Override
    public Set<String> index(JsonObject document) {
      var parity = document.getLong("version") % 2 == 0 ? "even/" : "odd/";
      return Set.of(parity + document.getString("id"));
    }

    @Override
    public Map<String, JsonObject> shares(JsonObject document, Recorded recorded, Event event) {
      return Map.of("all", new JsonObject().put("facts", 1).put("last", document.getString("id")));
    }
  }
}
