package boutique.gateway.sessions;

import boutique.language.carts.CartId;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose cart it is when nobody has signed in: who has the secret in this cookie. It is given out
 * when a cart is first looked at, so that whatever a page then does at once goes into one cart.
 *
 * @param prefixed by a name that makes browsers take the cookie from nobody but us
 */
public record GuestCarts(boolean prefixed) {
  private static final String ENTERED = "boutique.guests";
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int SECRET_BYTES = 24;
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Before anybody asks whose cart it is. */
  public void enter(RoutingContext ctx) {
    ctx.put(ENTERED, this);
    ctx.next();
  }

  public static @Nullable CartId of(RoutingContext ctx) {
    var secret = secret(ctx);
    return secret == null ? null : CartId.guest(secret);
  }

  /** The cart of a guest, who is made one if need be; from now on it is kept as long as ever. */
  public static CartId kept(RoutingContext ctx) {
    var known = secret(ctx);
    return known == null ? opened(ctx) : keep(ctx, known);
  }

  /** A cart that is nobody's yet. */
  public static CartId opened(RoutingContext ctx) {
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return keep(ctx, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public static void forget(RoutingContext ctx) {
    ctx.response().addCookie(cookie(ctx, "").setMaxAge(0));
  }

  private static CartId keep(RoutingContext ctx, String secret) {
    ctx.response().addCookie(cookie(ctx, secret).setMaxAge(KEPT.toSeconds()));
    var cart = CartId.guest(secret);
    if (Sessions.of(ctx) == null) {
      Client.becomes(ctx, cart.value());
    }
    return cart;
  }

  private static Cookie cookie(RoutingContext ctx, String value) {
    var here = here(ctx);
    return Cookie.cookie(here.name(), value)
        .setHttpOnly(true)
        .setPath("/")
        .setSameSite(CookieSameSite.LAX)
        .setSecure(here.prefixed || !SessionCookies.plainToThisMachine(ctx));
  }

  private static @Nullable String secret(RoutingContext ctx) {
    var cookie = ctx.request().getCookie(here(ctx).name());
    return cookie != null && SECRET.matcher(cookie.getValue()).matches() ? cookie.getValue() : null;
  }

  private static GuestCarts here(RoutingContext ctx) {
    return Objects.requireNonNull(ctx.<@Nullable GuestCarts>get(ENTERED));
  }

  private String name() {
    return prefixed ? "__Host-cart" : "cart";
  }
}
