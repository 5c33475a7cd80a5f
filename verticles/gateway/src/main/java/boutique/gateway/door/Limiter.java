package boutique.gateway.door;

import boutique.gateway.problems.Problem;
import boutique.gateway.sessions.Session;
import boutique.gateway.sessions.Sessions;
import boutique.kernel.limits.Limits;
import boutique.kernel.limits.Taken;
import boutique.kernel.limits.Taken.Later;
import boutique.kernel.limits.Taken.Yes;
import boutique.language.users.EmailHash;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets nobody ask for more than their share: per address, per user, per account that is tried. */
public final class Limiter {
  private final Limits limits;
  private final TrafficSigns signs;
  private final Addresses addresses;
  private final TurnedAway turnedAway;

  public Limiter(Limits limits, TrafficSigns signs, Addresses addresses, TurnedAway turnedAway) {
    this.limits = limits;
    this.signs = signs;
    this.addresses = addresses;
    this.turnedAway = turnedAway;
  }

  public void check(RoutingContext ctx) {
    if (isOff()) {
      ctx.next();
      return;
    }
    var kind = signs.of(ctx.request().method(), ctx.normalizedPath());
    ctx.request().pause(); // nobody reads the body yet
    take(ctx.request(), kind, Sessions.of(ctx))
        .onComplete(taken -> {
          ctx.request().resume();
          if (taken.failed()) {
            ctx.fail(taken.cause());
          } else {
            pass(ctx, kind, taken.result());
          }
        });
  }

  /**
   * For whoever tries passwords or mailboxes. What one address may not try any more is no trial of
   * the account: so nobody keeps its owner out, however long they go on.
   */
  public Future<Void> account(RoutingContext ctx, Trial trial, EmailHash account) {
    var bucket = trial.kind().wireName() + "/account/" + account.value();
    var from = bucket + "/from/" + addresses.of(ctx.request());
    return allowed(
        ctx,
        trial.kind(),
        limits
            .take(from, trial.fromOneAddress(), 1)
            .compose(taken ->
                switch (taken) {
                  case Yes _ -> limits.take(bucket, trial.fromAll(), 1);
                  case Later _ -> Future.succeededFuture(taken);
                }));
  }

  /** For who does something else with this request too, of another kind. */
  public Future<Void> also(RoutingContext ctx, Traffic kind) {
    return isOff()
        ? Future.succeededFuture()
        : allowed(ctx, kind, take(ctx.request(), kind, Sessions.of(ctx)));
  }

  private Future<Void> allowed(RoutingContext ctx, Traffic kind, Future<Taken> taking) {
    return taking.compose(taken ->
        switch (taken) {
          case Yes _ -> Future.succeededFuture();
          case Later later -> Future.failedFuture(refused(ctx, kind, later));
        });
  }

  /** Whether there is some left of what a request of this method to this path needs. */
  Future<Taken> take(HttpServerRequest request, @Nullable Session session) {
    return isOff()
        ? Future.succeededFuture(Taken.YES)
        : take(request, signs.of(request.method(), Overload.path(request)), session);
  }

  private Future<Taken> take(HttpServerRequest request, Traffic kind, @Nullable Session session) {
    return limits
        .take(kind.wireName() + "/ip/" + addresses.of(request), Allowance.of(kind).perAddress(), 1)
        .compose(taken -> alsoUser(session, kind, taken));
  }

  private boolean isOff() {
    return limits.equals(Limits.NONE);
  }

  private Future<Taken> alsoUser(@Nullable Session session, Traffic kind, Taken taken) {
    return session == null || taken instanceof Later
        ? Future.succeededFuture(taken)
        : limits.take(
            kind.wireName() + "/user/" + session.user().value(), Allowance.of(kind).perUser(), 1);
  }

  private void pass(RoutingContext ctx, Traffic kind, Taken taken) {
    switch (taken) {
      case Yes _ -> ctx.next();
      case Later later -> ctx.fail(refused(ctx, kind, later));
    }
  }

  private Problem refused(RoutingContext ctx, Traffic kind, Later later) {
    turnedAway.isLimited();
    var seconds = roundedUp(later.in());
    ctx.response()
        .putHeader("Retry-After", "" + seconds)
        .putHeader("RateLimit", "\"%s\";r=0;t=%d".formatted(kind.wireName(), seconds));
    return Problem.of(
        429,
        "rate.limited",
        "This is too much at once. Please try again in %s."
            .formatted(seconds == 1 ? "a second" : seconds + " seconds"));
  }

  private static long roundedUp(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }
}
