package boutique.kernel.feed;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.Unavailable;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Page;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A feed")
@Timeout(120)
class FeedTest {
  private static final StreamId GOOD = new StreamId("catalog", "good");
  private static final StreamId BAD = new StreamId("catalog", "bad");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Map<StreamId, List<Long>> heard = new ConcurrentHashMap<>();
  private RocksDatabase database;
  private RocksEventStore store;
  private RocksViews views;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    store = new RocksEventStore(database);
    views = new RocksViews(database);
  }

  @AfterEach
  void close() {
    get(vertx.close());
    get(database.close());
  }

  @Test
  @DisplayName("hears each stream in order, each fact once")
  void inOrder() {
    var feed = started(this::note);
    append(GOOD, 1, 200);
    append(BAD, 1, 200);

    untilCaughtUp(feed);

    assertThat(heard).containsEntry(GOOD, upTo(200)).containsEntry(BAD, upTo(200));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  @DisplayName(
      "hears each stream in order, each fact once, when many wait and some are heard at once")
  void backlog(boolean gathering, boolean running) throws InterruptedException {
    var streams = IntStream.range(0, 20).mapToObj(n -> new StreamId("catalog", "s" + n)).toList();
    var holding = new CountDownLatch(1);
    var held = new CountDownLatch(1);
    var first = new StreamId("catalog", "first");
    var busy = new Busy(gathering, first, holding, held);
    if (!running) {
      held.countDown();
      backlog(streams);
    }

    var feed = started(busy.listener());
    if (running) {
      append(first, 1, 1);
      holding.await();
      backlog(streams);
      held.countDown();
    }
    untilCaughtUp(feed);

    for (var stream : streams) {
      assertThat(heard).containsEntry(stream, upTo(40));
    }
  }

  private void backlog(List<StreamId> streams) {
    for (var version = 1; version <= 40; version++) {
      var next = version;
      get(
          Future.all(
              streams.stream()
                  .map(stream -> store.append(Facts.commit(stream, next, 1)))
                  .toList()));
    }
  }

  @Test
  @DisplayName("goes on after a restart where it has stopped, and hears nothing twice")
  void restarts() {
    append(GOOD, 1, 50);
    var before = started(this::note);
    untilCaughtUp(before);
    get(before.stop());
    append(GOOD, 51, 50);

    var after = started(this::note);
    untilCaughtUp(after);

    assertThat(heard).containsEntry(GOOD, upTo(100));
  }

  @Test
  @DisplayName("knows a fact again that its log delivers twice")
  void duplicates() {
    append(GOOD, 1, 20);
    var first = started(new Loose(new RocksFactLog(database), "", 1), this::note);
    untilCaughtUp(first);
    get(first.stop());

    var again = started(new Loose(new RocksFactLog(database), ".forgotten", 1), this::note);
    untilCaughtUp(again);

    assertThat(heard).containsEntry(GOOD, upTo(20));
  }

  @Test
  @DisplayName("writes down of no stream how far it is where its position in the log tells")
  void position() {
    append(GOOD, 1, 20);
    append(BAD, 1, 20);
    var feed = started(this::note);
    untilCaughtUp(feed);

    get(feed.stop());

    assertThat(get(views.scan("marks.group", Page.first("", 10)))).isEmpty();
  }

  @Test
  @DisplayName("knows after its death what it has heard ahead of one that it still waited for")
  void ahead() {
    append(BAD, 1, 1);
    append(GOOD, 1, 20);
    var _ = started(fact -> fact.stream().equals(BAD) ? never() : note(fact));
    Awaitility.await()
        .atMost(Facts.PATIENCE)
        .untilAsserted(() ->
            assertThat(get(views.get("marks.group", GOOD.toString())))
                .isEqualTo(new JsonObject().put("version", 20)));
    append(GOOD, 21, 5);

    var next = started(this::note);
    untilCaughtUp(next);

    assertThat(heard.get(BAD)).isEqualTo(upTo(1));
    assertThat(heard.get(GOOD)).startsWith(upTo(20).toArray(Long[]::new));
    assertThat(heard.get(GOOD).subList(20, heard.get(GOOD).size()))
        .hasSameElementsAs(LongStream.rangeClosed(21, 25).boxed().toList());
  }

  @Test
  @DisplayName("fills a gap in its log from the store")
  void gaps() {
    append(GOOD, 1, 30);

    var feed = started(new Loose(new RocksFactLog(database), "", 10), this::note);
    untilCaughtUp(feed);

    assertThat(heard).containsEntry(GOOD, upTo(30));
  }

  @Test
  @DisplayName("fills a gap that begins in the middle of a commit")
  void gapWithinACommit() {
    get(store.append(Facts.commit(GOOD, 1, 20)));

    var feed = started(new Loose(new RocksFactLog(database), "", 10), this::note);
    untilCaughtUp(feed);

    assertThat(heard).containsEntry(GOOD, upTo(20));
  }

  @Test
  @DisplayName("parks the stream of a fact that cannot be digested, and no other")
  void parks() {
    append(BAD, 1, 5);
    append(GOOD, 1, 5);

    var feed = started(fact -> fact.stream().equals(BAD) ? indigestible() : note(fact));
    untilCaughtUp(feed);

    assertThat(feed.parked()).containsExactly(BAD);
    assertThat(heard).containsEntry(GOOD, upTo(5)).doesNotContainKey(BAD);
  }

  @Test
  @DisplayName(
      "remembers what is parked over a restart, and hears it in order when it is driven again")
  void redrives() {
    append(BAD, 1, 5);
    var failing = started(_ -> indigestible());
    untilCaughtUp(failing);
    get(failing.stop());
    append(BAD, 6, 2);

    var mended = started(this::note);
    untilCaughtUp(mended);
    assertThat(heard).doesNotContainKey(BAD);
    get(mended.redrive(BAD));

    assertThat(heard).containsEntry(BAD, upTo(7));
    assertThat(mended.parked()).isEmpty();
  }

  @Test
  @DisplayName("waits for what is merely away, and parks nothing")
  void waits() {
    append(GOOD, 1, 3);
    var tries = new AtomicInteger();

    var feed =
        started(fact ->
            tries.incrementAndGet() <= 8
                ? Future.failedFuture(new Unavailable("away"))
                : note(fact));
    untilCaughtUp(feed);

    assertThat(feed.parked()).isEmpty();
    assertThat(heard).containsEntry(GOOD, upTo(3));
  }

  @Test
  @DisplayName("takes a listener that throws for one that fails")
  void throwing() {
    append(BAD, 1, 1);

    var feed =
        started(_ -> {
          throw new IllegalStateException("indigestible");
        });
    untilCaughtUp(feed);

    assertThat(feed.parked()).containsExactly(BAD);
  }

  @Test
  @DisplayName("hears together what has come of a stream meanwhile, if its listener can")
  void together() {
    append(GOOD, 1, 300);
    var gatherer = new Gathering(0);

    untilCaughtUp(started(gatherer));

    assertThat(heard).containsEntry(GOOD, upTo(300));
    assertThat(gatherer.runs).as("how many it heard at once").anyMatch(run -> run > 1);
  }

  @Test
  @DisplayName("parks what is indigestible, and what follows it, also when it came with others")
  void parksOutOfARun() {
    append(BAD, 1, 300);
    var gatherer = new Gathering(150);

    var feed = started(gatherer);
    untilCaughtUp(feed);
    assertThat(feed.parked()).containsExactly(BAD);
    assertThat(heard).containsEntry(BAD, upTo(149));

    gatherer.indigestible = 0;
    get(feed.redrive(BAD));
    assertThat(heard).containsEntry(BAD, upTo(300));
  }

  private Feed started(Feed.Listener listener) {
    return started(new RocksFactLog(database), listener);
  }

  private Feed started(FactLog log, Feed.Listener listener) {
    var feed = new Feed(vertx, "group", Set.of("catalog"), log, store, views, listener);
    get(feed.start());
    return feed;
  }

  private Future<Void> note(Recorded fact) {
    heard.computeIfAbsent(fact.stream(), _ -> new CopyOnWriteArrayList<>()).add(fact.version());
    return Future.succeededFuture();
  }

  private Future<Void> later() {
    var later = Promise.<Void>promise();
    vertx.runOnContext(_ -> later.complete());
    return later.future();
  }

  private static Future<Void> never() {
    return Promise.<Void>promise().future();
  }

  private static Future<Void> indigestible() {
    return Future.failedFuture(new IllegalStateException("indigestible"));
  }

  private void append(StreamId stream, long first, int count) {
    Facts.commits(stream, first, count).forEach(commit -> get(store.append(commit)));
  }

  private static void untilCaughtUp(Feed feed) {
    Awaitility.await().atMost(Facts.PATIENCE).until(feed::caughtUp);
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  /** Hears the first of all alone, and lets the others gather behind it. */
  private final class Gathering implements Feed.Gatherer {
    private final List<Integer> runs = new CopyOnWriteArrayList<>();
    private volatile long indigestible;

    private Gathering(long indigestible) {
      this.indigestible = indigestible;
    }

    @Override
    public Future<Void> hear(Recorded fact) {
      return fact.version() == indigestible ? indigestible() : later().compose(_ -> note(fact));
    }

    @Override
    public Future<Void> hear(List<Recorded> run, Feed.Memory memory) {
      runs.add(run.size());
      return run.stream().anyMatch(fact -> fact.version() == indigestible)
          ? indigestible()
          : later()
              .compose(_ -> Future.all(run.stream().map(FeedTest.this::note).toList()).mapEmpty());
    }
  }

  /** Hears every third stream at once and the others later; stops at one until it is let go on. */
  private final class Busy {
    private final boolean gathering;
    private final StreamId stop;
    private final CountDownLatch stopped;
    private final CountDownLatch goOn;

    private Busy(boolean gathering, StreamId stop, CountDownLatch stopped, CountDownLatch goOn) {
      this.gathering = gathering;
      this.stop = stop;
      this.stopped = stopped;
      this.goOn = goOn;
    }

    Feed.Listener listener() {
      return gathering ? new Together() : this::hear;
    }

    private Future<Void> hear(Recorded fact) {
      if (fact.stream().equals(stop)) {
        stopped.countDown();
        try {
          goOn.await();
        } catch (InterruptedException interrupted) {
          return Future.failedFuture(interrupted);
        }
      }
      return fact.stream().hashCode() % 3 == 0 ? note(fact) : later().compose(_ -> note(fact));
    }

    private final class Together implements Feed.Gatherer {
      @Override
      public Future<Void> hear(Recorded fact) {
        return Busy.this.hear(fact);
      }

      @Override
      public Future<Void> hear(List<Recorded> run, Feed.Memory memory) {
        var all = Future.<Void>succeededFuture();
        for (var fact : run) {
          all = all.compose(_ -> hear(fact));
        }
        return all;
      }
    }
  }
}
