package boutique.backends.distributed;

import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Which of our people is which customer at Stripe: all that is kept here of their wallets. */
final class StripeCustomers {
  private static final String CUSTOMERS = "stripe.customers";

  private final Views views;

  StripeCustomers(Views views) {
    this.views = views;
  }

  /** Empty when they have never left a card. */
  Future<Optional<String>> of(String owner) {
    return views
        .get(CUSTOMERS, owner)
        .map(known -> Optional.ofNullable(known).map(one -> one.getString("customer")));
  }

  /** The customer that they are now: somebody else may have been quicker to say which. */
  Future<String> is(String owner, String customer) {
    return views
        .claim(new Put(CUSTOMERS, owner, new JsonObject().put("customer", customer)))
        .map(before -> before == null ? customer : before.getString("customer"));
  }

  /** From now on they are this one: the one that they were is gone there. */
  Future<String> isNow(String owner, String customer) {
    return views
        .write(
            List.<Change>of(new Put(CUSTOMERS, owner, new JsonObject().put("customer", customer))))
        .map(customer);
  }

  Future<Void> forget(String owner) {
    return views.write(List.<Change>of(new Delete(CUSTOMERS, owner)));
  }
}
