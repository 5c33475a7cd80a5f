package boutique.orders;

import boutique.language.Reply;
import boutique.language.orders.OrderId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Lets several who want the same steps done at the same time share one run of them. */
final class Once {
  private final Map<OrderId, Future<Reply>> running = new HashMap<>();

  Future<Reply> run(OrderId order, Supplier<Future<Reply>> steps) {
    var already = running.get(order);
    if (already != null) {
      return already;
    }
    var run = steps.get();
    if (!run.isComplete()) {
      running.put(order, run);
      run.onComplete(_ -> running.remove(order));
    }
    return run;
  }
}
