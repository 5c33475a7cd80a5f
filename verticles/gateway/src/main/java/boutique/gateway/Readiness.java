package boutique.gateway;

import boutique.kernel.store.Views;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * {@code /health}: alive is who answers; ready is who can read and write. A store that says nothing
 * in time is down.
 */
final class Readiness {
  private static final long DEADLINE_SECONDS = 2;

  private final Views views;
  private final BooleanSupplier storing;

  Readiness(Views views, BooleanSupplier storing) {
    this.views = views;
    this.storing = storing;
  }

  void mount(Router router) {
    router
        .get("/health/live")
        .method(HttpMethod.HEAD)
        .handler(ctx -> answer(ctx, true, new JsonArray()));
    router.get("/health/ready").method(HttpMethod.HEAD).handler(this::ready);
    router.get("/health").method(HttpMethod.HEAD).handler(this::ready);
  }

  private void ready(RoutingContext ctx) {
    views
        .get("health", "readable")
        .timeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .map(_ -> storing.getAsBoolean())
        .otherwise(false)
        .onSuccess(up -> answer(ctx, up, new JsonArray().add(outcome(up).put("id", "store"))));
  }

  private static void answer(RoutingContext ctx, boolean up, JsonArray checks) {
    ctx.response()
        .setStatusCode(up ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(outcome(up).put("checks", checks).put("outcome", up ? "UP" : "DOWN").toBuffer());
  }

  private static JsonObject outcome(boolean up) {
    return new JsonObject().put("status", up ? "UP" : "DOWN");
  }
}
