package boutique.backends.embedded;

import boutique.language.StreamId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which version comes next, for the streams that were written last. Nobody else writes here, so
 * what this says is true, and most appends need not ask the database whether their version is free.
 * Used by the writing thread alone.
 *
 * <p>Two generations instead of an exact order of use, which would touch a neighbour or two with
 * every look: when the younger is full, the older is forgotten.
 */
final class Heads {
  private static final int MOST_OF_A_GENERATION = 1 << 13;

  private Map<StreamId, Long> younger = new HashMap<>();
  private Map<StreamId, Long> older = new HashMap<>();

  /** The next version of a stream, if it is known. */
  @Nullable Long next(StreamId stream) {
    var next = younger.get(stream);
    return next == null ? older.get(stream) : next;
  }

  void moved(StreamId stream, long next) {
    younger.put(stream, next);
    if (younger.size() >= MOST_OF_A_GENERATION) {
      older = younger;
      younger = HashMap.newHashMap(MOST_OF_A_GENERATION);
    }
  }

  /** What was said may not be so: the database knows. */
  void forget() {
    younger.clear();
    older.clear();
  }
}
