package boutique.gateway.door;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.openapi.contract.Operation;

/**
 * How large a body may be: what people say is short, and only where the contract says so may it be
 * more, as where the payment provider tells what it has to tell.
 */
public final class BodySize {
  private static final String MOST = "x-largest-body";
  private static final long USUAL = 64 << 10;

  private BodySize() {}

  /** Reads a body, as far as it may go: that is seen by what has come, whatever was announced. */
  public static Handler<RoutingContext> reader(Operation operation) {
    var most =
        operation.getExtensions().get(MOST) instanceof Number more ? more.longValue() : USUAL;
    var body = BodyHandler.create(false).setBodyLimit(most);
    return ctx -> body.handle(ctx); // itself, it would have to be the first
  }
}
