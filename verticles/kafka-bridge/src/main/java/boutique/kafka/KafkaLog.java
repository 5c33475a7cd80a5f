package boutique.kafka;

import boutique.kernel.feed.FactLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Set;

/**
 * Follows facts through their topics, each group as a consumer group of Kafka's: the partitions are
 * shared by all nodes that follow in the same group. See {@link KafkaFollowing}.
 */
public final class KafkaLog implements FactLog {
  private final Vertx vertx;
  private final KafkaAccess access;

  public KafkaLog(Vertx vertx, KafkaAccess access) {
    this.vertx = vertx;
    this.access = access;
  }

  /** Answers at once, whether Kafka is there or not: a following waits for it by itself. */
  @Override
  public Future<Following> follow(String group, Set<String> rooms) {
    if (rooms.isEmpty()) {
      return Future.failedFuture(new IllegalArgumentException(group + " follows no room"));
    }
    var marks = new HashMap<Integer, String>();
    for (var room : rooms) {
      var namesake = marks.put(Topics.mark(room), room);
      if (namesake != null) {
        return Future.failedFuture(
            new IllegalArgumentException(
                room + " and " + namesake + " have the same numbers: one needs another name"));
      }
    }
    return Future.succeededFuture(new KafkaFollowing(vertx, access, group, rooms));
  }
}
