package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * When each attempt was made for the first time, and when it was answered at last: who had their
 * answer before another came was there first. Of those who overlap nobody outside can tell.
 */
final class Arrivals {
  private final Map<Integer, Long> made = new ConcurrentHashMap<>();
  private final Map<Integer, Long> answered = new ConcurrentHashMap<>();

  Answer of(int number, Supplier<Answer> attempt) {
    made.putIfAbsent(number, System.nanoTime());
    var answer = attempt.get();
    answered.put(number, System.nanoTime());
    return answer;
  }

  /** Nobody was served before one who was there first. */
  void assertKept(List<Integer> served) {
    var latest = Long.MIN_VALUE;
    for (var number : served) {
      assertThat(answered.get(number)).as("answered %d", number).isGreaterThanOrEqualTo(latest);
      latest = Math.max(latest, made.get(number));
    }
  }

  /** Nobody was turned away before the last one who was served had come. */
  void assertKept(Collection<Integer> served, Collection<Integer> turnedAway) {
    var last = served.stream().mapToLong(made::get).max().orElse(Long.MIN_VALUE);
    assertThat(turnedAway)
        .allSatisfy(number -> assertThat(answered.get(number)).isGreaterThan(last));
  }
}
