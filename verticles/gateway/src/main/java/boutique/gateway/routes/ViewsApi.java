package boutique.gateway.routes;

import boutique.gateway.conventions.Answer;
import boutique.gateway.problems.Problem;
import boutique.kernel.views.Rebuilds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/ops/views}: the read models, and how one is built anew, for operators. */
public final class ViewsApi {
  private static final Logger LOG = LoggerFactory.getLogger(ViewsApi.class);

  private final Rebuilds rebuilds;

  public ViewsApi(Rebuilds rebuilds) {
    this.rebuilds = rebuilds;
  }

  public void mount(RouterBuilder routes) {
    Api.serve(routes, "listViews", this::list);
    Api.serve(routes, "rebuildView", this::rebuild);
  }

  private Future<Answer> list(RoutingContext ctx) {
    var behind = Api.cursor(ctx);
    var limit = Api.limit(ctx);
    return rebuilds
        .views()
        .map(views -> {
          var left =
              views.stream().filter(name -> behind == null || name.compareTo(behind) > 0).toList();
          return Answer.ok(
              Api.page(
                  left, limit, Function.identity(), name -> new JsonObject().put("name", name)));
        });
  }

  /**
   * It takes as long as there are facts, so nobody waits for it; readers never see it half done.
   */
  private Future<Answer> rebuild(RoutingContext ctx) {
    var name = Api.path(ctx, "name");
    return rebuilds
        .views()
        .map(views -> {
          if (!views.contains(name)) {
            throw Problem.notFound("view");
          }
          rebuilds
              .rebuild(name)
              .onFailure(
                  failure -> LOG.error("{} was not rebuilt: {}", name, failure.getMessage()));
          return new Answer(202, new JsonObject().put("name", name).put("status", "rebuilding"));
        });
  }
}
