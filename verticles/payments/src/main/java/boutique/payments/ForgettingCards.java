package boutique.payments;

import boutique.kernel.feed.Feed;
import boutique.kernel.payment.Wallets;
import boutique.kernel.store.Recorded;
import boutique.language.users.UserEvent.UserErased;
import io.vertx.core.Future;
import java.util.Set;

/**
 * Whoever is erased here has no cards with the provider any more. Where the provider does not
 * answer, it is heard again.
 */
public final class ForgettingCards implements Feed.Listener {
  public static final String NAME = "payments.cards";

  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("users");

  private final Wallets wallets;

  public ForgettingCards(Wallets wallets) {
    this.wallets = wallets;
  }

  @Override
  public Future<Void> hear(Recorded recorded) {
    return recorded.event() instanceof UserErased erased
        ? wallets.forget(erased.user().value())
        : Future.succeededFuture();
  }
}
