package boutique.gateway.sessions;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * By what whoever asks is known to be the same who asked before: a user by their account, a guest
 * by the secret of their cart. An address is nobody's own, and what somebody only says of
 * themselves others can say too.
 */
public final class Client {
  private static final String NEXT = "boutique.client";

  private Client() {}

  /** Null when there is nothing to know them by. */
  public static @Nullable String of(RoutingContext ctx) {
    var session = Sessions.of(ctx);
    if (session != null) {
      return session.user().value();
    }
    var cart = GuestCarts.of(ctx);
    return cart == null ? null : cart.value();
  }

  /** As whom they will come the next time; null when this request has made them nobody new. */
  public static @Nullable String next(RoutingContext ctx) {
    return ctx.get(NEXT);
  }

  /** From now on it is this one who asks. */
  public static void becomes(RoutingContext ctx, String name) {
    ctx.put(NEXT, name);
  }
}
