package boutique.kernel.store;

import static boutique.kernel.store.Facts.failure;
import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.StreamId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link EventStore} keeps. Each test begins with an empty store. */
@Timeout(120)
public abstract class EventStoreConformance {
  private static final StreamId ORDER = new StreamId("orders", "0198");

  /** The store under test. */
  protected abstract EventStore store();

  /** Ends the process and starts it again, as far as the store can tell. */
  protected abstract void reopen() throws Exception;

  @Test
  @DisplayName("a commit is read back byte for byte, with its envelope")
  void byteForByte() {
    var commit = Facts.commit(ORDER, 1, 3);

    get(store().append(commit));

    assertThat(get(store().read(ORDER, 1, 10))).containsExactly(commit);
  }

  @Test
  @DisplayName("a stream that was never written is empty")
  void nothingThere() {
    var read = get(store().read(ORDER, 1, 10));

    assertThat(read).isEmpty();
  }

  @Test
  @DisplayName("a version that is written already is never written again")
  void conflict() {
    get(store().append(Facts.commit(ORDER, 1, 1)));

    var failure = failure(store().append(Facts.commit(ORDER, 1, 2)));

    assertThat(failure).isInstanceOf(VersionConflict.class);
    assertThat(get(store().read(ORDER, 1, 10))).containsExactly(Facts.commit(ORDER, 1, 1));
  }

  @Test
  @DisplayName("of many that write one version at the same time exactly one wins")
  void oneWinner() {
    var next = 1L;
    for (var round = 0; round < 5; round++) {
      var contested = next;
      var outcomes =
          together(64, writer -> store().append(Facts.commit(ORDER, contested, 1 + writer % 3)));

      var failures = outcomes.stream().filter(Future::failed).map(Future::cause).toList();
      assertThat(failures).hasSize(63).hasOnlyElementsOfType(VersionConflict.class);
      var written = get(store().read(ORDER, contested, 10));
      assertThat(written).hasSize(1);
      next = written.getFirst().lastVersion() + 1;
    }
  }

  @Test
  @DisplayName("a conflict fails its own commit and none of those beside it")
  void conflictsAreAlone() {
    get(store().append(Facts.commit(stream(0), 1, 1)));

    var outcomes = together(64, writer -> store().append(Facts.commit(stream(writer), 1, 1)));

    assertThat(outcomes.getFirst().cause()).isInstanceOf(VersionConflict.class);
    assertThat(outcomes.subList(1, 64)).allMatch(Future::succeeded);
  }

  @Test
  @DisplayName("a stream is read from a version, as many commits as asked for")
  void fromVersion() {
    var commits =
        List.of(
            Facts.commit(ORDER, 1, 2),
            Facts.commit(ORDER, 3, 1),
            Facts.commit(ORDER, 4, 4),
            Facts.commit(ORDER, 8, 1));
    append(commits);

    assertThat(get(store().read(ORDER, 1, 10))).isEqualTo(commits);
    assertThat(get(store().read(ORDER, 1, 2))).isEqualTo(commits.subList(0, 2));
    assertThat(get(store().read(ORDER, 4, 10))).isEqualTo(commits.subList(2, 4));
    assertThat(get(store().read(ORDER, 4, 1))).isEqualTo(commits.subList(2, 3));
    assertThat(get(store().read(ORDER, 9, 10))).isEmpty();
  }

  @Test
  @DisplayName("reading from a version in the middle of a commit begins with that commit")
  void fromTheMiddle() {
    get(store().append(Facts.commit(ORDER, 1, 3)));
    get(store().append(Facts.commit(ORDER, 4, 5)));
    get(store().append(Facts.commit(ORDER, 9, 1)));

    var read = get(store().read(ORDER, 6, 10));

    assertThat(read).containsExactly(Facts.commit(ORDER, 4, 5), Facts.commit(ORDER, 9, 1));
    assertThat(get(store().read(ORDER, 10, 10))).isEmpty();
  }

  @Test
  @DisplayName("versions sort as numbers, whatever their digits")
  void manyVersions() {
    append(Facts.commits(ORDER, 1, 120));

    var read = get(store().read(ORDER, 1, 1000));

    assertThat(read)
        .extracting(Commit::firstVersion)
        .isEqualTo(LongStream.rangeClosed(1, 120).boxed().toList());
  }

  @Test
  @DisplayName("a stream is never read into one whose name it begins or that begins its own")
  void neighbours() {
    var names = List.of("a", "a-b", "a.b", "a0", "aA", "a_", "aa", "A", "aaa");
    for (var name : names) {
      append(Facts.commits(new StreamId("orders", name), 1, 3));
    }

    for (var name : names) {
      var stream = new StreamId("orders", name);
      assertThat(get(store().read(stream, 1, 10))).isEqualTo(Facts.commits(stream, 1, 3));
    }
  }

  @Test
  @DisplayName("a scan pages through a room in the order of its keys, each stream in order")
  void scanPages() {
    for (var stream : List.of("b", "a", "a-1", "a.1", "a1", "c_")) {
      append(Facts.commits(new StreamId("orders", stream), 1, 11));
    }

    var keys = new ArrayList<String>();
    var page = get(store().scan("orders", null, 7));
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(7);
      page.forEach(commit -> keys.add(commit.key()));
      page = get(store().scan("orders", keys.getLast(), 7));
    }

    assertThat(keys).hasSize(66).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("a scan never leaves its room, not even for one whose name begins with it")
  void scanStays() {
    for (var room : List.of("order", "orders", "orders-2", "orders.2", "orders0", "a", "z")) {
      append(Facts.commits(new StreamId(room, "a"), 1, 2));
    }

    var scanned = get(store().scan("orders", null, 100));

    assertThat(scanned).isEqualTo(Facts.commits(new StreamId("orders", "a"), 1, 2));
    assertThat(get(store().scan("orders", scanned.getLast().key(), 100))).isEmpty();
    assertThat(get(store().scan("carts", null, 100))).isEmpty();
  }

  @Test
  @DisplayName("a commit is pending from the append until it was relayed")
  void pending() {
    var commits = Facts.commits(ORDER, 1, 3);
    append(commits);
    assertThat(get(store().pending(10))).isEqualTo(commits);

    get(store().relayed(commits));

    assertThat(get(store().pending(10))).isEmpty();
    assertThat(get(store().read(ORDER, 1, 10))).isEqualTo(commits);
  }

  @Test
  @DisplayName("what is pending comes oldest first, as many as asked for")
  void pendingOldestFirst() {
    var commits = new ArrayList<Commit>();
    for (var version = 1; version <= 12; version++) {
      for (var key : List.of("z", "a", "m")) {
        commits.add(Facts.commit(new StreamId("orders", key), version, 1));
      }
    }
    append(commits);

    assertThat(get(store().pending(5))).isEqualTo(commits.subList(0, 5));
    assertThat(get(store().pending(100))).isEqualTo(commits);
  }

  @Test
  @DisplayName("what is pending is in order per stream, however many wrote at the same time")
  void pendingInOrder() {
    together(
        16,
        writer -> {
          var done = Future.<Void>succeededFuture();
          for (var commit : Facts.commits(stream(writer), 1, 12)) {
            done = done.compose(before -> store().append(commit));
          }
          return done;
        });

    var pending = get(store().pending(1000));

    assertThat(pending).hasSize(16 * 12);
    for (var writer = 0; writer < 16; writer++) {
      var stream = stream(writer);
      assertThat(pending.stream().filter(commit -> commit.stream().equals(stream)))
          .isEqualTo(Facts.commits(stream, 1, 12));
    }
  }

  @Test
  @DisplayName("commits may be relayed in any order: the others stay pending")
  void relayedInAnyOrder() {
    var commits = Facts.commits(ORDER, 1, 9);
    append(commits);

    get(store().relayed(List.of(commits.get(4), commits.get(2))));
    get(store().relayed(List.of(commits.get(8))));
    get(store().relayed(List.of(commits.get(3), commits.get(0))));

    assertThat(get(store().pending(100)))
        .extracting(Commit::firstVersion)
        .containsExactly(2L, 6L, 7L, 8L);
    get(store().relayed(List.of(commits.get(7), commits.get(6), commits.get(5), commits.get(1))));
    assertThat(get(store().pending(100))).isEmpty();
  }

  @Test
  @DisplayName("to relay twice is harmless")
  void relayedTwice() {
    var commits = Facts.commits(ORDER, 1, 3);
    append(commits);

    get(store().relayed(commits.subList(0, 2)));
    get(store().relayed(commits.subList(0, 2)));
    get(store().relayed(List.of()));

    assertThat(get(store().pending(10))).isEqualTo(commits.subList(2, 3));
  }

  @Test
  @DisplayName("a commit that was refused is not pending")
  void refusedIsNotPending() {
    append(Facts.commits(ORDER, 1, 1));
    failure(store().append(Facts.commit(ORDER, 1, 2)));

    var pending = get(store().pending(10));

    assertThat(pending).isEqualTo(Facts.commits(ORDER, 1, 1));
  }

  @Test
  @DisplayName("everything acknowledged is there after a restart, and so is its place in the order")
  void acknowledgedIsKept() throws Exception {
    var commits = new ArrayList<Commit>();
    for (var version = 1; version <= 20; version++) {
      commits.add(Facts.commit(stream(1), version, 1));
      commits.add(Facts.commit(stream(2), version * 2L - 1, 2));
    }
    append(commits);

    reopen();

    assertThat(get(store().read(stream(1), 1, 100))).hasSize(20);
    assertThat(get(store().read(stream(2), 1, 100))).hasSize(20);
    assertThat(get(store().pending(100))).isEqualTo(commits);
    assertThat(failure(store().append(Facts.commit(stream(1), 20, 1))))
        .isInstanceOf(VersionConflict.class);
  }

  @Test
  @DisplayName("what was pending before a restart is pending after it, ahead of what follows")
  void pendingSurvives() throws Exception {
    append(Facts.commits(ORDER, 1, 4));
    get(store().relayed(Facts.commits(ORDER, 1, 2)));

    reopen();
    append(Facts.commits(ORDER, 5, 2));

    assertThat(get(store().pending(10))).isEqualTo(Facts.commits(ORDER, 3, 4));
  }

  @Test
  @DisplayName("whoever asked is called after every append")
  void callsBack() throws InterruptedException {
    var first = new CountDownLatch(1);
    var second = new CountDownLatch(2);
    store().onAppend(first::countDown);
    store().onAppend(second::countDown);

    append(Facts.commits(ORDER, 1, 1));
    assertThat(first.await(Facts.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    append(Facts.commits(ORDER, 2, 1));

    assertThat(second.await(Facts.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("what was accepted before the close is finished by it")
  void closeFinishes() throws Exception {
    var appends = new ArrayList<Future<Void>>();
    for (var commit : Facts.commits(ORDER, 1, 50)) {
      appends.add(store().append(commit));
    }

    get(store().close());

    for (var append : appends) {
      get(append);
    }
    reopen();
    assertThat(get(store().read(ORDER, 1, 100))).hasSize(50);
  }

  @Test
  @DisplayName("a closed store refuses, at once and without harm")
  void closedRefuses() throws Exception {
    append(Facts.commits(ORDER, 1, 1));
    get(store().close());

    failure(store().append(Facts.commit(ORDER, 2, 1)));
    failure(store().read(ORDER, 1, 10));
    failure(store().scan("orders", null, 10));
    failure(store().pending(10));
    failure(store().relayed(Facts.commits(ORDER, 1, 1)));
    get(store().close());

    reopen();
    assertThat(get(store().read(ORDER, 1, 10))).isEqualTo(Facts.commits(ORDER, 1, 1));
  }

  @Test
  @DisplayName("a close in the middle of much writing leaves no append without an answer")
  void closeUnderLoad() throws Exception {
    var answers = Collections.synchronizedList(new ArrayList<Future<Void>>());
    var begun = new CountDownLatch(8);
    var writers =
        Stream.iterate(0, writer -> writer + 1)
            .limit(8)
            .map(writer ->
                Thread.ofVirtual()
                    .start(() -> {
                      for (var version = 1; version <= 500; version++) {
                        answers.add(store().append(Facts.commit(stream(writer), version, 1)));
                        if (version == 50) {
                          begun.countDown();
                        }
                      }
                    }))
            .toList();
    begun.await();

    get(store().close());

    for (var writer : writers) {
      writer.join();
    }
    var kept = 0;
    for (var answer : List.copyOf(answers)) {
      get(answer.otherwiseEmpty());
      kept += answer.succeeded() ? 1 : 0;
    }
    assertThat(kept).isGreaterThanOrEqualTo(8);
    reopen();
    assertThat(get(store().scan("orders", null, 10_000))).hasSizeGreaterThanOrEqualTo(kept);
  }

  private static StreamId stream(int number) {
    return new StreamId("orders", "stream-" + number);
  }

  private void append(List<Commit> commits) {
    for (var commit : commits) {
      get(store().append(commit));
    }
  }

  /** Runs all of these on threads of their own, let go at the same moment; waits for their end. */
  private static List<Future<Void>> together(int count, Writing writing) {
    var start = new CountDownLatch(1);
    var outcomes = new ArrayList<Future<Void>>();
    for (var writer = 0; writer < count; writer++) {
      var number = writer;
      var outcome = Promise.<Void>promise();
      outcomes.add(outcome.future());
      Thread.ofVirtual()
          .start(() -> {
            try {
              start.await();
              writing.by(number).onComplete(outcome);
            } catch (InterruptedException stopped) {
              outcome.fail(stopped);
            }
          });
    }
    start.countDown();
    for (var outcome : outcomes) {
      get(outcome.otherwiseEmpty());
    }
    return outcomes;
  }

  private interface Writing {
    Future<Void> by(int writer);
  }
}
