package boutique.backends.embedded;

import boutique.language.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which version comes next, for the streams that were written last. Nobody else writes here, so
 * what this says is true, and most appends need not ask the database whether their version is free.
 * Used by the writing thread alone.
 */
final class Heads {
  private static final int MOST = 1 << 14;

  private final Map<StreamId, Long> next =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, Long> eldest) {
          return size() > MOST;
        }
      };

  /** The next version of a stream, if it is known. */
  @Nullable Long next(StreamId stream) {
    return next.get(stream);
  }

  void moved(Map<StreamId, Long> heads) {
    next.putAll(heads);
  }
}
