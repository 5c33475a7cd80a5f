package boutique.gateway;

import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signed tokens, in an HTTP-only cookie or as a bearer token. */
final class Sessions {
  static final String COOKIE = "session";
  private static final String SESSION = "boutique.session";
  private static final String BEARER = "Bearer ";
  private static final String ISSUER = "boutique";
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final JWTAuth tokens;
  private final InstantSource clock;

  Sessions(Vertx vertx, byte[] key, InstantSource clock) {
    this.clock = clock;
    var rules = new JWTOptions().setIssuer(ISSUER).setAudience(List.of(ISSUER));
    tokens =
        JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addPubSecKey(
                    new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(key)))
                .setJWTOptions(rules));
  }

  /** Finds out who asks, without insisting that it be somebody. */
  void read(RoutingContext ctx) {
    var token = token(ctx);
    if (token == null) {
      ctx.next();
      return;
    }
    ctx.request().pause(); // nobody reads the body yet
    verify(token)
        .onComplete(verified -> {
          if (verified.succeeded()) {
            ctx.put(SESSION, verified.result());
          }
          ctx.request().resume();
          ctx.next();
        });
  }

  Future<Session> verify(String token) {
    return tokens.authenticate(new TokenCredentials(token)).map(Sessions::session);
  }

  long millisUntil(long epochSeconds) {
    return epochSeconds * 1_000 - clock.millis();
  }

  static @Nullable Session of(RoutingContext ctx) {
    return ctx.get(SESSION);
  }

  /** Who asks; nobody is a problem. */
  static Session required(RoutingContext ctx) {
    var session = of(ctx);
    if (session == null) {
      throw Problem.of(401, "auth.required", "Sign in to do this.");
    }
    return session;
  }

  /** Lets nobody pass who is nobody. */
  static void require(RoutingContext ctx) {
    required(ctx);
    ctx.next();
  }

  void open(RoutingContext ctx, UserId user, String email) {
    var claims = new JsonObject().put("sub", user.value()).put("email", email);
    var token =
        tokens.generateToken(
            claims,
            new JWTOptions()
                .setAlgorithm("HS256")
                .setIssuer(ISSUER)
                .addAudience(ISSUER)
                .setExpiresInSeconds((int) LIFETIME.toSeconds()));
    ctx.response().addCookie(cookie(ctx, token).setMaxAge(LIFETIME.toSeconds()));
  }

  static void close(RoutingContext ctx) {
    ctx.response().addCookie(cookie(ctx, "").setMaxAge(0));
  }

  private static Cookie cookie(RoutingContext ctx, String value) {
    return Cookie.cookie(COOKIE, value)
        .setHttpOnly(true)
        .setPath("/")
        .setSameSite(CookieSameSite.LAX)
        .setSecure(ctx.request().isSSL());
  }

  private static @Nullable String token(RoutingContext ctx) {
    var header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.startsWith(BEARER)) {
      return header.substring(BEARER.length());
    }
    var cookie = ctx.request().getCookie(COOKIE);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  private static Session session(User user) {
    var claims = user.principal();
    return new Session(
        new UserId(claims.getString("sub")), claims.getString("email"), seconds(user.get("exp")));
  }

  private static long seconds(@Nullable Number expiry) {
    return expiry == null ? 0 : expiry.longValue(); // a token without an end is over
  }
}
