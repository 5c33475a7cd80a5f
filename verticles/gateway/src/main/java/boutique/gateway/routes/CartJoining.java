package boutique.gateway.routes;

import boutique.gateway.conventions.Ids;
import boutique.gateway.sessions.GuestCarts;
import boutique.kernel.Bus;
import boutique.language.Context;
import boutique.language.Reply;
import boutique.language.Reply.Done;
import boutique.language.Reply.Refused;
import boutique.language.carts.CartCommand.HandOver;
import boutique.language.carts.CartCommand.MergeGuest;
import boutique.language.carts.CartFace;
import boutique.language.carts.CartId;
import boutique.language.carts.Left;
import boutique.language.users.UserId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a guest's cart into the account that they have signed in to. First the guest's is closed,
 * for good and with what was in it, then its lines are merged: so a change that comes in between is
 * refused, and not lost. Both are harmless when repeated, and the carts room does the second by
 * itself if nobody else has. The cookie stays until it is done: whatever fails is tried again when
 * the cart is next asked for, and keeps nobody from signing in.
 */
public final class CartJoining {
  private static final Logger LOG = LoggerFactory.getLogger(CartJoining.class);

  private final Bus bus;
  private final InstantSource clock;
  private final Offers offers;

  public CartJoining(Bus bus, InstantSource clock, Offers offers) {
    this.bus = bus;
    this.clock = clock;
    this.offers = offers;
  }

  /** Completed when the account's cart shows it, or cannot now. Never fails. */
  Future<Void> join(RoutingContext ctx, UserId user) {
    var guest = GuestCarts.of(ctx);
    return guest == null
        ? Future.succeededFuture()
        : join(guest, CartId.of(user), new Context(Ids.next(), null, user.value()))
            .onSuccess(_ -> GuestCarts.forget(ctx))
            .recover(failure -> {
              LOG.warn("a guest's cart is joined later: {}", failure.getMessage());
              return Future.succeededFuture();
            });
  }

  private Future<Void> join(CartId guest, CartId account, Context context) {
    return bus.look(guest.stream())
        .compose(seen ->
            seen.version() > 0 && seen.face() instanceof CartFace face
                ? offers
                    .left(face.lines(), List.of(guest, account))
                    .compose(left -> join(guest, account, left, context))
                : Future.succeededFuture()); // nothing was ever put into it
  }

  private Future<Void> join(CartId guest, CartId account, List<Left> left, Context context) {
    return bus.ask(new HandOver(guest, account, left, Api.now(clock)), context)
        .compose(reply ->
            switch (reply) {
              case Done(var _, CartFace face) -> merge(account, face, left, context);
              case Done _ -> throw new IllegalStateException("answered without its face");
              case Refused _ -> Future.succeededFuture(); // it is part of another account
            });
  }

  private Future<Void> merge(CartId account, CartFace guest, List<Left> left, Context context) {
    var command =
        new MergeGuest(
            account, guest.cart(), guest.lines(), guest.vouchers(), left, Api.now(clock));
    return bus.ask(command, context).map(CartJoining::merged);
  }

  private static Void merged(Reply reply) {
    if (reply instanceof Refused(var code, var _, var _)) {
      throw new IllegalStateException(code);
    }
    return null;
  }
}
