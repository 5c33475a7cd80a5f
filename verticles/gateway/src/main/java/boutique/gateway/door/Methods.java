package boutique.gateway.door;

import boutique.gateway.problems.Problems;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.TreeSet;

/**
 * What can be done where: HEAD wherever GET can, and a word about what can when something else
 * cannot.
 */
public record Methods(OpenAPIContract contract) {

  /** To ask for the head is to ask for the whole; the server then leaves out the body. */
  public static void head(RoutingContext ctx) {
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      ctx.reroute(HttpMethod.GET, ctx.request().uri());
    } else {
      ctx.next();
    }
  }

  /** For what no route of the API has taken. */
  public void refuse(RoutingContext ctx) {
    var path = contract.findPath(ctx.normalizedPath());
    if (path == null) {
      ctx.fail(404);
      return;
    }
    var allowed = new TreeSet<String>();
    for (var method : path.getOperations().stream().map(Operation::getHttpMethod).toList()) {
      allowed.add(method.name());
      if (method.equals(HttpMethod.GET)) {
        allowed.add(HttpMethod.HEAD.name());
      }
    }
    ctx.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
    ctx.fail(405);
  }

  /** Beside the API there is nothing but to read. */
  public static void readOnly(RoutingContext ctx) {
    if (!ctx.response().headers().contains(HttpHeaders.ALLOW)) {
      ctx.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
    }
    Problems.answer(ctx);
  }
}
