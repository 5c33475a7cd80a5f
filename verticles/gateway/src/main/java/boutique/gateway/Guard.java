package boutique.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.net.URI;
import java.util.Set;

/**
 * Keeps other people's pages out: what changes something, and every socket, must come from our own
 * origin or from something that is no browser. And tells browsers to trust nothing but ourselves.
 */
final class Guard {
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
          + "frame-ancestors 'none'";

  private Guard() {}

  static void headers(RoutingContext ctx) {
    ctx.response()
        .putHeader(HttpHeaders.DATE, Dates.now())
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin");
    ctx.next();
  }

  /**
   * An address that cannot be decoded is the client's mistake, and found out before anybody reads
   * it.
   */
  static void query(RoutingContext ctx) {
    try {
      ctx.normalizedPath();
      ctx.queryParams();
    } catch (IllegalArgumentException | HttpException malformed) {
      ctx.fail(Problem.of(400, "request.malformed", "The address is malformed."));
      return;
    }
    ctx.next();
  }

  static void origin(RoutingContext ctx) {
    var changes = !SAFE.contains(ctx.request().method());
    var socket = ctx.normalizedPath().startsWith("/eventbus");
    if ((changes || socket) && !own(ctx)) {
      ctx.fail(Problem.of(403, "origin.foreign", "This page may not act for the shop's users."));
    } else {
      ctx.next();
    }
  }

  /** Whether it comes from a page of ours, or from no page. */
  static boolean own(RoutingContext ctx) {
    var origin = ctx.request().getHeader(HttpHeaders.ORIGIN);
    var host = ctx.request().getHeader(HttpHeaders.HOST);
    return origin == null || (host != null && authority(origin).equals(host));
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
