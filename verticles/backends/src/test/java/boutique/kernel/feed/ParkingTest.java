package boutique.kernel.feed;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.Unavailable;
import boutique.kernel.feed.Parking.Standing;
import boutique.kernel.store.Commit;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Forwarding;
import boutique.kernel.store.Recorded;
import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a feed has put aside")
@Timeout(120)
class ParkingTest {
  private static final String FEED = "group";
  private static final StreamId BAD = new StreamId("catalog", "bad");
  private static final int FIRST_TRIES = 5;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final List<Long> heard = new CopyOnWriteArrayList<>();
  private volatile @Nullable RuntimeException wrong =
      new IllegalStateException("of no use\n  to anybody");
  private volatile long stopAt;
  private RocksDatabase database;
  private RocksEventStore store;
  private RocksViews views;
  private Parking parking;

  @BeforeEach
  void open() throws IOException {
    database = RocksDatabase.open(directory);
    store = new RocksEventStore(database);
    views = new RocksViews(database);
    parking = new Parking(views);
  }

  @AfterEach
  void close() {
    get(vertx.close());
    get(database.close());
  }

  @Test
  @DisplayName("tells what keeps a stream, since when, after how many tries, and why in one line")
  void tells() {
    var before = Instant.now().minusSeconds(1);
    append(BAD, 1, 4);
    untilCaughtUp(started());

    var standing = get(parking.of(FEED, BAD));

    assertThat(standing.behind()).isEqualTo(3);
    assertThat(standing.first())
        .returns(FEED, Parked::feed)
        .returns(BAD, Parked::stream)
        .returns(1L, Parked::version)
        .returns("product.created", Parked::type)
        .returns("request-1", Parked::correlation)
        .returns(FIRST_TRIES, Parked::tries)
        .returns("of no use to anybody", Parked::because);
    assertThat(standing.first().since()).isBetween(before, Instant.now());
    assertThat(standing.first().triedAt()).isEqualTo(standing.first().since());
  }

  @Test
  @DisplayName("is read page by page, each stream once, however much of it waits")
  void pages() {
    append(BAD, 1, 2 * Parking.MANY_BEHIND);
    var others = List.of("a", "bad-", "bad.x", "bad0", "bada", "z");
    others.forEach(name -> append(new StreamId("catalog", name), 1, 2));
    untilCaughtUp(started());

    var read = new ArrayList<Standing>();
    var page = get(parking.streams(null, 2));
    while (!page.isEmpty()) {
      read.addAll(page);
      page = get(parking.streams(page.getLast().id(), 2));
    }

    assertThat(read)
        .extracting(one -> one.first().stream().key())
        .containsExactlyInAnyOrder("a", "bad", "bad-", "bad.x", "bad0", "bada", "z")
        .doesNotHaveDuplicates();
    assertThat(read)
        .allSatisfy(one ->
            assertThat(one.behind())
                .isEqualTo(one.first().stream().equals(BAD) ? Parking.MANY_BEHIND : 1));
    assertThat(get(parking.counted())).isEqualTo(Map.of(FEED, others.size() + 1));
  }

  @Test
  @DisplayName("counts each try from the first on, and says what was wrong at the last")
  void triedAgain() {
    append(BAD, 1, 2);
    var feed = started();
    untilCaughtUp(feed);
    var before = get(parking.of(FEED, BAD)).first();

    wrong = new IllegalStateException("still of no use");
    assertThat(failure(feed.redrive(BAD))).hasMessage("still of no use");
    wrong = new NullPointerException();
    failure(feed.redrive(BAD));

    assertThat(get(parking.of(FEED, BAD)).first())
        .returns(FIRST_TRIES + 2, Parked::tries)
        .returns("NullPointerException", Parked::because)
        .returns(before.since(), Parked::since);
    assertThat(feed.parked()).containsExactly(BAD);
  }

  @Test
  @DisplayName("was not tried when somebody was merely away")
  void away() {
    append(BAD, 1, 2);
    var feed = started();
    untilCaughtUp(feed);
    var before = get(parking.of(FEED, BAD));

    wrong = new Unavailable("away");
    assertThat(failure(feed.redrive(BAD))).isInstanceOf(Unavailable.class);

    assertThat(get(parking.of(FEED, BAD))).isEqualTo(before);
  }

  @Test
  @DisplayName("is taken in up to where it fails again, and goes on from there the next time")
  void partly() {
    append(BAD, 1, 9);
    var feed = started();
    untilCaughtUp(feed);

    wrong = null;
    stopAt = 6;
    failure(feed.redrive(BAD));
    assertThat(heard).isEqualTo(upTo(5));
    assertThat(get(parking.of(FEED, BAD)))
        .returns(3, Standing::behind)
        .returns(6L, one -> one.first().version())
        .returns(1, one -> one.first().tries());
    append(BAD, 10, 1);
    untilCaughtUp(feed);
    assertThat(heard).isEqualTo(upTo(5));

    stopAt = 0;
    get(feed.redrive(BAD));
    assertThat(heard).isEqualTo(upTo(10));
    assertThat(get(parking.of(FEED, BAD))).isNull();
  }

  @Test
  @DisplayName("keeps its reason when it comes again after a death")
  void comesAgain() {
    append(BAD, 1, 3);
    var first = started();
    untilCaughtUp(first);
    get(first.stop());
    var before = get(parking.of(FEED, BAD));

    wrong = null;
    var next = started(new Loose(new RocksFactLog(database), ".forgotten", 1), store);
    untilCaughtUp(next);

    assertThat(heard).isEmpty();
    assertThat(get(parking.of(FEED, BAD))).isEqualTo(before);
    get(next.redrive(BAD));
    assertThat(heard).isEqualTo(upTo(3));
  }

  @Test
  @DisplayName("is not heard without what is missing before it, also if it is tried again")
  void missing() {
    append(BAD, 1, 6);
    wrong = null;
    var gappy = new Gappy(store);
    var feed = started(new Loose(new RocksFactLog(database), "", 3), gappy);
    untilCaughtUp(feed);
    assertThat(get(parking.of(FEED, BAD)).first())
        .returns(1L, Parked::version)
        .returns(null, Parked::type)
        .returns("the store has no version 1 of it", Parked::because);

    failure(feed.redrive(BAD));
    assertThat(heard).isEmpty();
    assertThat(get(parking.of(FEED, BAD)).first().tries()).isEqualTo(2);

    gappy.whole = true;
    get(feed.redrive(BAD));
    assertThat(heard).isEqualTo(upTo(6));
    assertThat(feed.parked()).isEmpty();
  }

  @Test
  @DisplayName("is tried again by whoever asks for it, as long as its feed runs")
  void asked() {
    var retries = new Retries(vertx);
    append(BAD, 1, 3);
    assertThat(failure(retries.retry(FEED, BAD))).isInstanceOf(Unavailable.class);
    var feed = started();
    untilCaughtUp(feed);

    get(retries.retry(FEED, BAD));
    assertThat(get(parking.of(FEED, BAD)).first().tries()).isEqualTo(FIRST_TRIES + 1);
    wrong = new Unavailable("away");
    assertThat(failure(retries.retry(FEED, BAD))).isInstanceOf(Unavailable.class);
    wrong = null;
    get(retries.retry(FEED, BAD));

    assertThat(heard).isEqualTo(upTo(3));
    assertThat(get(parking.streams(null, 10))).isEmpty();
    get(feed.stop());
    assertThat(failure(retries.retry(FEED, BAD))).isInstanceOf(Unavailable.class);
  }

  private Feed started() {
    return started(new RocksFactLog(database), store);
  }

  private Feed started(FactLog log, EventStore seen) {
    var feed = new Feed(vertx, FEED, Set.of("catalog"), log, seen, views, this::hear);
    get(feed.start());
    return feed;
  }

  private Future<Void> hear(Recorded fact) {
    var failure =
        fact.version() == stopAt ? (RuntimeException) new IllegalStateException("no") : wrong;
    if (failure != null) {
      return Future.failedFuture(failure);
    }
    heard.add(fact.version());
    return Future.succeededFuture();
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

  /** A store that shows nothing of its streams, until it is whole. */
  private static final class Gappy extends Forwarding {
    private volatile boolean whole;

    private Gappy(EventStore store) {
      super(store);
    }

    @Override
    public Future<List<Commit>> read(StreamId stream, long fromVersion, int limit) {
      return whole ? super.read(stream, fromVersion, limit) : Future.succeededFuture(List.of());
    }
  }
}
