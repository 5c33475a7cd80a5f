package boutique.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When each of many things is tried next: ever more rarely, so that whoever is away is not stormed
 * on coming back. What is forgotten, as after a restart, is tried at once.
 */
final class Pauses {
  private static final int MOST_REMEMBERED = 20_000;

  private final Duration shortest;
  private final Map<String, Pause> pauses = new LinkedHashMap<>();

  /** Until when it lasts, which is somewhere in its length. */
  private record Pause(Instant end, Duration length) {}

  Pauses(Duration shortest) {
    this.shortest = shortest;
  }

  boolean isOver(String what, Instant now) {
    var last = pauses.get(what);
    return last == null || !now.isBefore(last.end());
  }

  /** It waits twice as long as before, but not longer than this. */
  void begin(String what, Duration longest, Instant now) {
    var last = pauses.remove(what);
    var length = last == null ? shortest : longer(last.length(), longest);
    pauses.put(what, new Pause(now.plus(anywhereIn(length)), length));
    if (pauses.size() > MOST_REMEMBERED) {
      pauses.remove(pauses.keySet().iterator().next());
    }
  }

  /** Not all at the same moment. */
  private static Duration anywhereIn(Duration pause) {
    var millis = pause.toMillis();
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
  }

  private static Duration longer(Duration pause, Duration longest) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(longest) > 0 ? longest : twice;
  }
}
