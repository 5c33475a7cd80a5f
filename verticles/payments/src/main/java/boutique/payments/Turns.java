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
final class Turns {
  private static final int MOST_REMEMBERED = 20_000;

  private final Duration shortest;
  private final Map<String, Turn> turns = new LinkedHashMap<>();

  /** When it is tried next, and how long it waits after that. */
  private record Turn(Instant next, Duration pause) {}

  Turns(Duration shortest) {
    this.shortest = shortest;
  }

  boolean isDue(String what, Instant now) {
    var turn = turns.get(what);
    return turn == null || !now.isBefore(turn.next());
  }

  /** It waits twice as long as before, but not longer than this. */
  void taken(String what, Duration longest, Instant now) {
    var turn = turns.remove(what);
    var pause = turn == null ? shortest : longer(turn.pause(), longest);
    turns.put(what, new Turn(now.plus(anywhereIn(pause)), pause));
    if (turns.size() > MOST_REMEMBERED) {
      turns.remove(turns.keySet().iterator().next());
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
