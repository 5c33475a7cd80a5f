package boutique.gateway.conventions;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** One operation: answers with JSON, or fails with the problem. */
public interface Operation {
  Future<Answer> handle(RoutingContext ctx);
}
