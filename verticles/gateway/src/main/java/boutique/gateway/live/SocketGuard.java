package boutique.gateway.live;

import boutique.gateway.door.Guard;
import boutique.gateway.problems.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * Stands before the SockJS handler, which by itself lets every page of the world in: only its two
 * ways to a WebSocket exist, and what leads to them, and only for pages of our own origin and those
 * that are listed.
 *
 * <p>Browsers say with every WebSocket which origin it is for. Who does not say so is a program,
 * and may come in; who says nothing of the origin but has the other marks of a browser may not.
 */
public record SocketGuard(Guard guard) {
  private static final String INFO = "/eventbus/info";
  private static final Pattern SOCKET =
      Pattern.compile("/eventbus/(?:websocket|[^/.]{1,64}/[^/.]{1,64}/websocket)");
  private static final String SITE = "Sec-Fetch-Site";
  private static final String MODE = "Sec-Fetch-Mode";

  public void check(RoutingContext ctx) {
    var path = ctx.normalizedPath();
    var socket = SOCKET.matcher(path).matches();
    if (!socket && !path.equals(INFO)) {
      ctx.fail(404);
    } else if (!HttpMethod.GET.equals(ctx.request().method())) {
      ctx.fail(405);
    } else if (!fromOurPages(ctx, socket)) {
      ctx.fail(Problem.of(403, "origin.foreign", "This page may not act for the shop's users."));
    } else if (socket && !ctx.request().canUpgradeToWebSocket()) {
      ctx.fail(Problem.of(400, "socket.expected", "This is for WebSockets only."));
    } else {
      if (socket) {
        FrameGate.layBefore(ctx.request().connection());
      }
      ctx.next();
    }
  }

  private boolean fromOurPages(RoutingContext ctx, boolean socket) {
    if (guard.isListed(ctx.request().getHeader(HttpHeaders.ORIGIN))) {
      return true;
    }
    var site = ctx.request().getHeader(SITE);
    if (site != null && !site.equals("same-origin")) {
      return false;
    }
    if (ctx.request().getHeader(HttpHeaders.ORIGIN) != null) {
      return !guard.isForeign(ctx.request());
    }
    var browser = site != null || ctx.request().getHeader(MODE) != null;
    return !socket || !browser;
  }
}
