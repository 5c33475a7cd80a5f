package boutique.kernel.feed;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.feed.FactLog.Fact;
import boutique.kernel.feed.FactLog.Following;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import boutique.kernel.store.Recorded;
import boutique.language.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link FactLog} keeps. The log may already hold facts of other tests: groups and
 * streams are new in each, rooms are not, because a room may be a topic that somebody has created.
 */
@Timeout(120)
public abstract class FactLogConformance {
  private static final String ORDERS = "orders";
  private static final String CATALOG = "catalog";
  private static final String INVENTORY = "inventory";

  private final String test = Facts.unique("test");
  private final String group = Facts.unique("group");
  private final List<Following> open = new ArrayList<>();

  /** The log under test. */
  protected abstract FactLog log();

  /** Makes these facts appear in the log, and returns when they are safe there. */
  protected abstract void commit(Commit commit);

  /** Ends the process and starts it again, as far as the log can tell. */
  protected abstract void reopen() throws Exception;

  @AfterEach
  final void closeAll() {
    List.copyOf(open).forEach(this::close);
  }

  @Test
  @DisplayName("a new group starts with the first fact of all")
  void startsWithTheFirst() {
    var stream = stream(ORDERS, "a");
    Facts.commits(stream, 1, 5).forEach(this::commit);

    var read = gather(follow(group, ORDERS), 5);

    assertThat(versions(read, stream)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  @DisplayName("a fact is delivered byte for byte, with its envelope")
  void byteForByte() {
    var commit = Facts.commit(stream(ORDERS, "a"), 1, 3);
    commit(commit);

    var read = gather(follow(group, ORDERS), 3);

    assertThat(read).extracting(Fact::recorded).isEqualTo(commit.events());
  }

  @Test
  @DisplayName("facts come in the order of their stream, however the streams are mingled")
  void inOrderPerStream() {
    var streams = Stream.of("a", "b", "c", "d", "e").map(key -> stream(ORDERS, key)).toList();
    for (var version = 1; version <= 20; version += 2) {
      for (var stream : streams) {
        commit(Facts.commit(stream, version, 2));
      }
    }

    var read = gather(follow(group, ORDERS), 100);

    for (var stream : streams) {
      assertThat(versions(read, stream)).hasSize(20).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("every event has a position of its own, rising within its partition")
  void positionsRise() {
    var stream = stream(ORDERS, "a");
    commit(Facts.commit(stream, 1, 3));
    commit(Facts.commit(stream, 4, 3));

    var read = gather(follow(group, ORDERS), 6);

    assertThat(read).extracting(Fact::partition).containsOnly(read.getFirst().partition());
    assertThat(read).extracting(Fact::position).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @DisplayName(
      "an answer holds no more facts than were asked for, and none is left out between two")
  void limited() {
    var stream = stream(ORDERS, "a");
    commit(Facts.commit(stream, 1, 7));
    var following = follow(group, ORDERS);

    var answers = new ArrayList<List<Fact>>();
    while (answers.stream().flatMap(this::own).count() < 7) {
      answers.add(get(following.next(2)));
    }

    assertThat(answers).allSatisfy(answer -> assertThat(answer).hasSizeLessThanOrEqualTo(2));
    assertThat(answers.stream().flatMap(this::own).map(fact -> fact.recorded().version()))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    close(following);
  }

  @Test
  @DisplayName("only facts of the rooms that were asked for are delivered")
  void onlyTheAskedRooms() {
    commit(Facts.commit(stream(ORDERS, "a"), 1, 1));
    commit(Facts.commit(stream(INVENTORY, "a"), 1, 1));
    commit(Facts.commit(stream(CATALOG, "a"), 1, 1));
    commit(Facts.commit(stream(ORDERS, "b"), 1, 1));

    var read = gather(follow(group, ORDERS, CATALOG), 3);

    assertThat(read)
        .extracting(fact -> fact.recorded().stream())
        .containsExactlyInAnyOrder(stream(ORDERS, "a"), stream(CATALOG, "a"), stream(ORDERS, "b"));
  }

  @Test
  @DisplayName("a group goes on where it has stopped")
  void goesOn() {
    var stream = stream(ORDERS, "a");
    Facts.commits(stream, 1, 3).forEach(this::commit);
    var before = follow(group, ORDERS);
    get(before.done(below(gather(before, 3))));
    close(before);
    Facts.commits(stream, 4, 2).forEach(this::commit);

    var read = gather(follow(group, ORDERS), 2);

    assertThat(versions(read, stream)).containsExactly(4L, 5L);
  }

  @Test
  @DisplayName("a group goes on where it has stopped after a restart")
  void goesOnAfterRestart() throws Exception {
    var stream = stream(ORDERS, "a");
    Facts.commits(stream, 1, 3).forEach(this::commit);
    var before = follow(group, ORDERS);
    get(before.done(below(gather(before, 3))));
    close(before);
    reopen();
    Facts.commits(stream, 4, 2).forEach(this::commit);

    var read = gather(follow(group, ORDERS), 2);

    assertThat(versions(read, stream)).containsExactly(4L, 5L);
  }

  @Test
  @DisplayName("what was read but not done is delivered again")
  void redelivers() {
    var stream = stream(ORDERS, "a");
    Facts.commits(stream, 1, 5).forEach(this::commit);
    var before = follow(group, ORDERS);
    get(before.done(below(gather(before, 5).subList(0, 2))));
    close(before);

    var read = gather(follow(group, ORDERS), 3);

    assertThat(versions(read, stream)).containsExactly(3L, 4L, 5L);
  }

  @Test
  @DisplayName("what was read but not done is delivered again after a restart")
  void redeliversAfterRestart() throws Exception {
    var stream = stream(ORDERS, "a");
    Facts.commits(stream, 1, 3).forEach(this::commit);
    var before = follow(group, ORDERS);
    gather(before, 3);
    close(before);
    reopen();

    var read = gather(follow(group, ORDERS), 3);

    assertThat(versions(read, stream)).containsExactly(1L, 2L, 3L);
  }

  @Test
  @DisplayName("a group can stop in the middle of a commit")
  void stopsWithinCommit() {
    var stream = stream(ORDERS, "a");
    commit(Facts.commit(stream, 1, 3));
    commit(Facts.commit(stream, 4, 1));
    var before = follow(group, ORDERS);
    get(before.done(below(gather(before, 4).subList(0, 1))));
    close(before);

    var read = gather(follow(group, ORDERS), 3);

    assertThat(versions(read, stream)).containsExactly(2L, 3L, 4L);
  }

  @Test
  @DisplayName("what one group has done means nothing to another")
  void groupsAreIndependent() {
    var stream = stream(ORDERS, "a");
    Facts.commits(stream, 1, 3).forEach(this::commit);
    var one = follow(group, ORDERS);
    var other = follow(Facts.unique("group"), ORDERS);
    get(one.done(below(gather(one, 3))));

    var read = gather(other, 3);

    assertThat(versions(read, stream)).containsExactly(1L, 2L, 3L);
    close(one);
  }

  @Test
  @DisplayName("a new group replays from the start what others have done long ago")
  void replays() throws Exception {
    var stream = stream(ORDERS, "a");
    Facts.commits(stream, 1, 4).forEach(this::commit);
    var old = follow(group, ORDERS);
    get(old.done(below(gather(old, 4))));
    close(old);
    reopen();

    var read = gather(follow(Facts.unique("rebuild"), ORDERS), 4);

    assertThat(versions(read, stream)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  @DisplayName("a follower that has read everything gets the news")
  void waitsForNews() {
    var stream = stream(ORDERS, "a");
    commit(Facts.commit(stream, 1, 1));
    var following = follow(group, ORDERS);
    readToTheEnd(following);
    var waiting = following.next(100);

    commit(Facts.commit(stream, 2, 1));

    var read = new ArrayList<>(own(get(waiting)).toList());
    if (read.isEmpty()) {
      read.addAll(gather(following, 1));
    }
    assertThat(versions(read, stream)).containsExactly(2L);
    close(following);
  }

  @Test
  @DisplayName("a follower is answered even when there is no news")
  void answersWithNothing() {
    var following = follow(group, ORDERS);
    readToTheEnd(following);

    var nothing = get(following.next(100));

    assertThat(nothing).isEmpty();
    assertThat(following.caughtUp()).isTrue();
    close(following);
  }

  @Test
  @DisplayName("a follower with more to read has not caught up")
  void notCaughtUp() {
    commit(Facts.commit(stream(ORDERS, "a"), 1, 3));
    var following = follow(group, ORDERS);

    List<Fact> first;
    do {
      first = get(following.next(1));
    } while (first.isEmpty());

    assertThat(following.caughtUp()).isFalse();
    close(following);
  }

  private StreamId stream(String room, String key) {
    return new StreamId(room, test + "-" + key);
  }

  private Following follow(String group, String... rooms) {
    var following = get(log().follow(group, Set.of(rooms)));
    open.add(following);
    return following;
  }

  private void close(Following following) {
    open.remove(following);
    get(following.close());
  }

  /** Reads on until so many facts of this test have come, and no further. */
  private List<Fact> gather(Following following, int count) {
    var deadline = System.nanoTime() + Facts.PATIENCE.toNanos();
    var read = new ArrayList<Fact>();
    while (read.size() < count) {
      assertThat(System.nanoTime() - deadline)
          .as("only %s of %s facts came in time", read.size(), count)
          .isNegative();
      own(get(following.next(100))).forEach(read::add);
    }
    return read;
  }

  private static void readToTheEnd(Following following) {
    var deadline = System.nanoTime() + Facts.PATIENCE.toNanos();
    do {
      assertThat(System.nanoTime() - deadline).as("never caught up").isNegative();
    } while (!get(following.next(100)).isEmpty() || !following.caughtUp());
  }

  private Stream<Fact> own(List<Fact> facts) {
    return facts.stream().filter(fact -> fact.recorded().stream().key().startsWith(test));
  }

  private static List<Long> versions(List<Fact> facts, StreamId stream) {
    return facts.stream()
        .map(Fact::recorded)
        .filter(recorded -> recorded.stream().equals(stream))
        .map(Recorded::version)
        .toList();
  }

  /** The positions that say that all of these, and nothing behind them, are done. */
  private static Map<Integer, Long> below(List<Fact> facts) {
    var positions = new HashMap<Integer, Long>();
    for (var fact : facts) {
      positions.merge(fact.partition(), fact.position() + 1, Math::max);
    }
    return positions;
  }
}
