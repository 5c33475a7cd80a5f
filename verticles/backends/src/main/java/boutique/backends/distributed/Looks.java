package boutique.backends.distributed;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far looks have come that had more to go through than is gone through at a time, by the key
 * that was looked for: the next one goes on from there. Remembered as far as there is room and as
 * long as this process lives: who is forgotten is looked for from the beginning.
 */
final class Looks {
  private static final int MOST = 1_000;

  private final Map<String, Look> open = new LinkedHashMap<>();

  /**
   * A look from the newest to the oldest.
   *
   * @param from when what it goes through was made, or later
   * @param begun when it was: what is newer is not in it
   * @param after behind which one it goes on; empty at its beginning
   */
  record Look(Instant from, Instant begun, String after) {
    Look behind(String last) {
      return new Look(from, begun, last);
    }
  }

  synchronized @Nullable Look of(String key) {
    return open.get(key);
  }

  synchronized void keep(String key, Look look) {
    open.put(key, look);
    if (open.size() > MOST) {
      open.remove(open.keySet().iterator().next());
    }
  }

  synchronized void end(String key) {
    open.remove(key);
  }
}
