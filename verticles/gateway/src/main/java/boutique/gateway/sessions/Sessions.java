package boutique.gateway.sessions;

import boutique.gateway.problems.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Who asks: read from the token of each request, as long as the token counts. */
public final class Sessions {
  private static final String SESSION = "boutique.session";

  private final SessionCookies cookies;
  private final AccessTokens tokens;
  private final Revocations revocations;
  private final InstantSource clock;

  public Sessions(
      SessionCookies cookies, AccessTokens tokens, Revocations revocations, InstantSource clock) {
    this.cookies = cookies;
    this.tokens = tokens;
    this.revocations = revocations;
    this.clock = clock;
  }

  /** Finds out who asks, without insisting that it be somebody. */
  public void read(RoutingContext ctx) {
    var session = of(ctx.request());
    if (session != null) {
      ctx.put(SESSION, session);
    }
    ctx.next();
  }

  /** Whose token comes with a request; null when it brings none that counts. */
  public @Nullable Session of(HttpServerRequest request) {
    var token = cookies.access(request);
    var session = token == null ? null : tokens.verify(token);
    return session != null && counts(session) ? session : null;
  }

  /** Whether nobody has ended it meanwhile. */
  public boolean counts(Session session) {
    return !revocations.contains(session);
  }

  public long millisUntil(long epochSeconds) {
    return epochSeconds * 1_000 - clock.millis();
  }

  public static @Nullable Session of(RoutingContext ctx) {
    return ctx.get(SESSION);
  }

  /** Who asks; nobody is a problem. */
  public static Session required(RoutingContext ctx) {
    var session = of(ctx);
    if (session == null) {
      throw Problem.of(401, "auth.required", "Sign in to do this.");
    }
    return session;
  }

  /** Lets nobody pass who is nobody. */
  public static void require(RoutingContext ctx) {
    required(ctx);
    ctx.next();
  }
}
