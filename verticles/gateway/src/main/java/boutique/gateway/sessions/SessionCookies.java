package boutique.gateway.sessions;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser keeps its tokens: out of reach of every script, the one to go on with on its way
 * to the users' routes alone, both over plain HTTP to this very machine only.
 *
 * @param prefixed by names that make browsers hold us to that
 */
public record SessionCookies(boolean prefixed) {
  private static final String BEARER = "Bearer ";
  private static final String EVERYWHERE = "/";
  private static final String USERS = "/api/users";
  private static final Pattern LOCAL =
      Pattern.compile("localhost|[\\w-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

  /** The access token, wherever it comes; a bearer token goes before the cookie. */
  @Nullable String access(HttpServerRequest request) {
    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : value(request, accessName());
  }

  public @Nullable RefreshToken refresh(RoutingContext ctx) {
    var text = value(ctx.request(), refreshName());
    return text == null ? null : RefreshToken.parse(text);
  }

  public void set(
      RoutingContext ctx, String access, Duration life, RefreshToken refresh, Duration until) {
    add(ctx, accessName(), access, life, CookieSameSite.LAX, EVERYWHERE);
    add(ctx, refreshName(), refresh.text(), until, CookieSameSite.STRICT, USERS);
  }

  public void clear(RoutingContext ctx) {
    add(ctx, accessName(), "", Duration.ZERO, CookieSameSite.LAX, EVERYWHERE);
    add(ctx, refreshName(), "", Duration.ZERO, CookieSameSite.STRICT, USERS);
  }

  private String accessName() {
    return prefixed ? "__Host-session" : "session";
  }

  /** Its path is narrower than what browsers allow to {@code __Host-}. */
  private String refreshName() {
    return prefixed ? "__Secure-refresh" : "refresh";
  }

  private void add(
      RoutingContext ctx,
      String name,
      String value,
      Duration life,
      CookieSameSite site,
      String path) {
    ctx.response()
        .addCookie(
            Cookie.cookie(name, value)
                .setHttpOnly(true)
                .setSecure(prefixed || !plainToThisMachine(ctx))
                .setSameSite(site)
                .setPath(path)
                .setMaxAge(life.toSeconds()));
  }

  /** Where browsers keep what is secure only over TLS, and there is none to be had. */
  static boolean plainToThisMachine(RoutingContext ctx) {
    var authority = ctx.request().authority();
    return !ctx.request().isSSL() && authority != null && LOCAL.matcher(authority.host()).matches();
  }

  private static @Nullable String value(HttpServerRequest request, String name) {
    var cookie = request.getCookie(name);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }
}
