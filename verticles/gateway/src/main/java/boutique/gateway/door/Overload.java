package boutique.gateway.door;

import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problems;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses what is too much before it costs anything, with an answer that was made long ago. Health
 * and sockets are never refused: the one says how we are, the others would only come again.
 */
public final class Overload {
  private static final long TICK_MILLIS = 100;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000;
  private static final int FLOOR = 256;
  private static final int CEILING = 4_096;
  private static final CharSequence SOON = HttpHeaders.createOptimized("1");
  private static final Buffer REFUSAL =
      Problem.of(503, "overloaded", "The shop is very busy. Please try again in a moment.")
          .json()
          .toBuffer();
  private static final CharSequence LENGTH =
      HttpHeaders.createOptimized(String.valueOf(REFUSAL.length()));

  private final Shedder shedder = new Shedder(FLOOR, CEILING);
  private final TrafficSigns signs;
  private final TurnedAway turnedAway;
  private long last = System.nanoTime();

  public Overload(Vertx vertx, TrafficSigns signs, TurnedAway turnedAway) {
    this.signs = signs;
    this.turnedAway = turnedAway;
    vertx.setPeriodic(TICK_MILLIS, _ -> listen());
  }

  /** In front of everything that serves. */
  Handler<HttpServerRequest> before(Handler<HttpServerRequest> serves) {
    return request -> {
      if (shedder.admits(Traffic.BROWSING) // and so everybody
          || isExempt(path(request))
          || shedder.admits(signs.of(request.method(), path(request)))) {
        serves.handle(request);
      } else {
        refuse(request);
      }
    };
  }

  /** The first who handles a request. */
  public void count(RoutingContext ctx) {
    if (!isExempt(path(ctx.request()))) {
      shedder.begun();
      ctx.addEndHandler(_ -> shedder.ended());
    }
    ctx.next();
  }

  private void listen() {
    var now = System.nanoTime();
    shedder.late(now - last - TICK_NANOS);
    last = now;
  }

  private void refuse(HttpServerRequest request) {
    turnedAway.isOverloaded();
    request
        .response()
        .setStatusCode(503)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, Problems.NO_STORE)
        .putHeader(HttpHeaders.RETRY_AFTER, SOON)
        .putHeader(HttpHeaders.CONTENT_LENGTH, LENGTH)
        .end(REFUSAL);
  }

  static String path(HttpServerRequest request) {
    return request.path() == null ? "" : request.path();
  }

  private static boolean isExempt(String path) {
    return path.startsWith("/health") || path.startsWith("/eventbus");
  }
}
