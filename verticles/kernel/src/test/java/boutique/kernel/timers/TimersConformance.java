package boutique.kernel.timers;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.timers.Timers.Due;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all {@link Timers} keep. */
@Timeout(60)
public abstract class TimersConformance {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant SOON = NOON.plusSeconds(1);
  private static final Instant LATER = NOON.plusSeconds(60);

  /** The timers under test; empty at first. */
  protected abstract Timers timers();

  /** The same, as somebody else reaches them. */
  protected abstract Timers elsewhere();

  @Test
  @DisplayName(
      "give a name when its time has come, to the millisecond, and say when the next is due")
  void due() {
    set(Map.of("b", SOON, "a", NOON, "c", LATER));

    assertThat(due(NOON.minusMillis(1))).isEqualTo(new Due(List.of(), NOON));
    assertThat(due(NOON)).isEqualTo(new Due(List.of("a"), SOON));
    assertThat(due(SOON)).isEqualTo(new Due(List.of("b"), NOON.plus(Timers.LEASE)));
  }

  @Test
  @DisplayName("know nothing as long as nobody has said anything")
  void nothing() {
    assertThat(due(LATER)).isEqualTo(new Due(List.of(), null));
    get(timers().forget(List.of("stranger")));
    get(timers().forget(List.of()));
    set(Map.of());
    assertThat(due(LATER)).isEqualTo(new Due(List.of(), null));
  }

  @Test
  @DisplayName("give the earliest first, and no more than wanted")
  void bounded() {
    set(Map.of("c", SOON, "a", NOON, "b", NOON.plusMillis(1)));

    assertThat(get(timers().due(LATER, 2)).names()).containsExactly("a", "b");
    assertThat(get(timers().due(LATER, 2)).names()).containsExactly("c");
  }

  @Test
  @DisplayName("keep one time for a name, the last that was said")
  void lastCounts() {
    set(Map.of("a", NOON));
    set(Map.of("a", LATER));

    assertThat(due(SOON).names()).isEmpty();
    assertThat(due(LATER).names()).containsExactly("a");
  }

  @Test
  @DisplayName("give nobody else what one has, until the lease is over")
  void leased() {
    set(Map.of("a", NOON));
    assertThat(due(NOON).names()).containsExactly("a");

    var end = NOON.plus(Timers.LEASE);

    assertThat(get(elsewhere().due(end.minusMillis(1), 9)).names()).isEmpty();
    assertThat(get(elsewhere().due(end, 9)).names()).containsExactly("a");
  }

  @Test
  @DisplayName("do not give again what is dealt with")
  void forgotten() {
    set(Map.of("a", NOON, "b", NOON));
    assertThat(due(NOON).names()).containsExactly("a", "b");

    get(elsewhere().forget(List.of("a")));

    assertThat(due(LATER).names()).containsExactly("b");
  }

  @Test
  @DisplayName("give each of many to one of many who ask at once")
  void once() throws Exception {
    var all = new HashMap<String, Instant>();
    IntStream.range(0, 2_000).forEach(n -> all.put("name-" + n, NOON.plusMillis(n % 7)));
    set(all);

    try (var everybody = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking =
          IntStream.range(0, 40)
              .mapToObj(n ->
                  (Callable<List<String>>)
                      () -> get((n % 2 == 0 ? timers() : elsewhere()).due(SOON, 50)).names())
              .toList();
      var given = new ArrayList<String>();
      for (Future<List<String>> one : everybody.invokeAll(asking)) {
        given.addAll(one.resultNow());
      }

      assertThat(given).hasSize(2_000);
      assertThat(new TreeSet<>(given)).hasSize(2_000);
    }
  }

  private void set(Map<String, Instant> times) {
    get(timers().set(times));
  }

  private Due due(Instant now) {
    return get(timers().due(now, 100));
  }
}
