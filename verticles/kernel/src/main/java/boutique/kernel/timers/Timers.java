package boutique.kernel.timers;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names, each with a time, and whose time has come. It only makes prompt what is written elsewhere:
 * it may lose everything, and whoever relies on it sweeps its own truth now and then.
 */
public interface Timers {
  /** For how long what was given to one is given to nobody else. */
  Duration LEASE = Duration.ofSeconds(10);

  /** Remembers these. A name has one time: the last that was said. */
  Future<Void> set(Map<String, Instant> times);

  /**
   * The names whose time has come, the earliest first. Who gets one has it alone for {@link
   * #LEASE}; then it is given again, unless it was forgotten or set to another time.
   */
  Future<Due> due(Instant now, int most);

  /** These are dealt with. */
  Future<Void> forget(Collection<String> names);

  /**
   * What is due.
   *
   * @param next the earliest time of all the others; null when there are none
   */
  record Due(List<String> names, @Nullable Instant next) {
    public Due {
      names = List.copyOf(names);
    }
  }
}
