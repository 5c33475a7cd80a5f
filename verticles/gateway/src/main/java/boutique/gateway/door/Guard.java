package boutique.gateway.door;

import boutique.gateway.problems.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other people's pages out: what changes something, and every socket, must come from our own
 * origin, from one that is listed, or from something that is no browser. And it must be meant: a
 * form can be made to send itself, so nothing that a form can send changes anything.
 *
 * <p>A name in {@code Host} is ours only if it is the public one, or one that nobody can have
 * pointed at us: or else any page could make itself our origin by its own name server.
 */
public final class Guard {
  static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> FORMS =
      Set.of("application/x-www-form-urlencoded", "text/plain");
  private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");
  private static final String MEANT = "X-Boutique";
  private static final String METHODS = "GET, HEAD, POST, PUT, DELETE";
  private static final String HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Boutique";
  private static final String SHOWN = "ETag, Location, Preference-Applied, RateLimit, Retry-After";
  private static final String PREFLIGHT_SECONDS = "600";

  private final FrontDoor door;

  public Guard(FrontDoor door) {
    this.door = door;
  }

  /**
   * An address that cannot be decoded is the client's mistake, and found out before anybody reads
   * it.
   */
  public static void query(RoutingContext ctx) {
    try {
      ctx.normalizedPath();
      ctx.queryParams();
    } catch (IllegalArgumentException | HttpException malformed) {
      ctx.fail(Problem.of(400, "request.malformed", "The address is malformed."));
      return;
    }
    ctx.next();
  }

  /** Answers browsers that ask first, and tells listed origins that they may read. */
  public void others(RoutingContext ctx) {
    var origin = ctx.request().getHeader(HttpHeaders.ORIGIN);
    var response = ctx.response();
    if (isListed(origin)) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
          .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
    }
    if (!isListed(origin) && isSocket(ctx)) {
      ctx.addHeadersEndHandler(_ -> isolate(ctx.response())); // SockJS would let everybody read
    }
    if (!isPreflight(ctx.request())) {
      ctx.next();
    } else if (isListed(origin)) {
      response
          .setStatusCode(204)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
          .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
          .end();
    } else {
      ctx.fail(foreign());
    }
  }

  public void origin(RoutingContext ctx) {
    var changes = !SAFE.contains(ctx.request().method());
    if ((changes || isSocket(ctx)) && isForeign(ctx.request())) {
      ctx.fail(foreign());
    } else if (changes && FORMS.contains(BodyType.of(ctx))) {
      ctx.fail(Problem.of(415, "body.not-json", "The body must be application/json."));
    } else if (changes && !isMeant(ctx)) {
      ctx.fail(
          Problem.of(
              403,
              "csrf.required",
              "Send the header X-Boutique: 1, or a body of JSON, with this."));
    } else {
      ctx.next();
    }
  }

  private static void isolate(HttpServerResponse response) {
    response.headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    response.headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS);
  }

  /** Whether a page of somebody else is behind it. */
  public boolean isForeign(HttpServerRequest request) {
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    if (isListed(origin)) {
      return false;
    }
    var site = request.getHeader("Sec-Fetch-Site");
    return (site != null && FOREIGN.contains(site)) || (origin != null && !isOwn(request, origin));
  }

  public boolean isListed(@Nullable String origin) {
    return origin != null && door.others().contains(new Origin(origin));
  }

  private boolean isOwn(HttpServerRequest request, String origin) {
    if (door.publicUrl().filter(new Origin(origin)::equals).isPresent()) {
      return true;
    }
    var host = request.authority();
    return host != null
        && (Names.isOwn(host.host()) || Names.isAddress(host.host()))
        && Origin.of(request.scheme() + "://" + host(host))
            .filter(new Origin(origin)::equals)
            .isPresent();
  }

  private static String host(HostAndPort host) {
    return host.port() < 0 ? host.host() : host.host() + ":" + host.port();
  }

  private static boolean isSocket(RoutingContext ctx) {
    return ctx.normalizedPath().startsWith("/eventbus");
  }

  private static boolean isPreflight(HttpServerRequest request) {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /**
   * What no form can send: a content type of ours, our header, a token; or anything at all from a
   * program, for browsers say where they come from.
   */
  private static boolean isMeant(RoutingContext ctx) {
    var headers = ctx.request().headers();
    return !BodyType.of(ctx).isEmpty()
        || headers.contains(MEANT)
        || headers.contains(HttpHeaders.AUTHORIZATION)
        || !headers.contains(HttpHeaders.COOKIE)
        || !(headers.contains(HttpHeaders.ORIGIN) || headers.contains("Sec-Fetch-Site"));
  }

  private static Problem foreign() {
    return Problem.of(
        403,
        "origin.foreign",
        "This page may not act for the shop's users. (Its operators list pages in http.corsOrigins,"
            + " and say with http.publicUrl under which address the shop itself is known.)");
  }
}
