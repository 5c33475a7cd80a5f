package boutique.kernel.feed;

import boutique.kernel.store.Recorded;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where committed facts can be followed by named groups, each with a position of its own: the store
 * itself on a single node, Kafka in a cluster. In order per stream, at least once.
 */
public interface FactLog {

  /** Goes on where the group has stopped; a new group starts with the first fact of all. */
  Future<Following> follow(String group, Set<String> rooms);

  /** One group's way through the log. */
  interface Following {

    /** The next facts. Waits for news, but answers with nothing after a while. */
    Future<List<Fact>> next(int limit);

    /** Says that every fact below these positions is handled, per partition. */
    Future<Void> done(Map<Integer, Long> positions);

    /**
     * Whether the facts of a stream come one after the other and none is left out, and twice only
     * what was not done when the group stopped: so that a position says of every stream how far it
     * is handled.
     */
    default boolean isExact() {
      return false;
    }

    /** Whether there was nothing more to read when {@code next} was last answered. */
    boolean caughtUp();

    Future<Void> close();
  }

  /**
   * A fact, and where it is.
   *
   * @param fresh whether it is certain that the group was never given it before
   */
  record Fact(int partition, long position, boolean fresh, Recorded recorded) {
    public Fact(int partition, long position, Recorded recorded) {
      this(partition, position, false, recorded);
    }
  }
}
