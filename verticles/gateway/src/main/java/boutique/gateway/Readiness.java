package boutique.gateway;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@code /health}: alive is who answers; ready is who can serve. Each check has its own deadline,
 * and one that says nothing in time is down.
 */
final class Readiness {
  private static final long DEADLINE_SECONDS = 2;

  private final Map<String, Supplier<Future<Void>>> checks = new LinkedHashMap<>();

  Readiness check(String name, Supplier<Future<Void>> check) {
    checks.put(name, check);
    return this;
  }

  void mount(Router router) {
    router.get("/health/live").handler(ctx -> answer(ctx, 200, "UP", new JsonArray()));
    router.get("/health/ready").handler(this::ready);
    router.get("/health").handler(this::ready);
  }

  private void ready(RoutingContext ctx) {
    var results = new JsonArray();
    var all = Future.succeededFuture(true);
    for (var check : checks.entrySet()) {
      all =
          all.compose(soFar ->
              up(check.getValue())
                  .map(up -> {
                    results.add(
                        new JsonObject()
                            .put("id", check.getKey())
                            .put("status", up ? "UP" : "DOWN"));
                    return soFar && up;
                  }));
    }
    all.onSuccess(up -> answer(ctx, up ? 200 : 503, up ? "UP" : "DOWN", results))
        .onFailure(ctx::fail);
  }

  private static Future<Boolean> up(Supplier<Future<Void>> check) {
    return check.get().timeout(DEADLINE_SECONDS, TimeUnit.SECONDS).map(true).otherwise(false);
  }

  private static void answer(RoutingContext ctx, int status, String outcome, JsonArray checks) {
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(
            new JsonObject()
                .put("status", outcome)
                .put("checks", checks)
                .put("outcome", outcome)
                .toBuffer());
  }
}
