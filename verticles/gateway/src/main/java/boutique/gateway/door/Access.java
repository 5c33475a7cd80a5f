package boutique.gateway.door;

import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Sessions;
import boutique.language.users.Role;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.Locale;

/**
 * Who may do what, as the contract says it of each operation: found out before anybody looks at
 * what they said.
 */
public final class Access {
  private static final String ROLE = "x-role";

  private Access() {}

  public static void check(RouterBuilder routes) {
    for (var route : routes.getRoutes()) {
      route.setDoSecurity(false);
      if (!isPublic(route)) {
        route.addHandler(Sessions::require);
      }
      var role = route.getOperation().getOpenAPIModel().getString(ROLE);
      if (role != null) {
        route.addHandler(requires(Role.valueOf(role.toUpperCase(Locale.ROOT))));
      }
    }
  }

  /** The contract asks for a session wherever it does not say otherwise. */
  private static boolean isPublic(OpenAPIRoute route) {
    return route.getOperation().getSecurityRequirements().isEmpty();
  }

  private static Handler<RoutingContext> requires(Role role) {
    return ctx -> {
      if (Sessions.required(ctx).roles().contains(role)) {
        ctx.next();
      } else {
        ctx.fail(
            Problem.of(
                403, "role.required", "This is for people with the role %s.".formatted(role)));
      }
    };
  }
}
