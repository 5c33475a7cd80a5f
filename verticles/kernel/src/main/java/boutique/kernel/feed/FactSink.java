package boutique.kernel.feed;

import boutique.kernel.store.Commit;
import io.vertx.core.Future;
import java.util.List;

/** Where the relay sends what was committed: Kafka. */
public interface FactSink {

  /** Sends all events of these commits, in order; completed when they are safe there. */
  Future<Void> publish(List<Commit> commits);

  Future<Void> close();
}
