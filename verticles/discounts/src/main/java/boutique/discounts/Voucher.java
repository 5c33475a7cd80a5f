package boutique.discounts;

import boutique.language.discounts.Terms;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** A voucher, by the stage of its life. */
sealed interface Voucher {

  /** Nobody has made it. */
  record Absent() implements Voucher {}

  /** There for everybody who knows its code, as far as its terms go. */
  record Offered(Terms terms, Instant createdAt, Redemptions redemptions) implements Voucher {}

  /** Taken back. What was redeemed before stays redeemed, or can still be given back. */
  record Withdrawn(Redemptions redemptions) implements Voucher {}

  /**
   * Which orders use a voucher, and how many of them are each user's. Both maps share their
   * structure with their predecessors, and hold nobody whose orders have all come to nothing.
   */
  record Redemptions(PMap<OrderId, UserId> users, PMap<UserId, Long> counts) {
    static final Redemptions NONE = new Redemptions(HashTreePMap.empty(), HashTreePMap.empty());

    static Redemptions of(Map<String, String> users) {
      var redemptions = NONE;
      for (var entry : users.entrySet()) {
        redemptions = redemptions.plus(new OrderId(entry.getKey()), new UserId(entry.getValue()));
      }
      return redemptions;
    }

    Redemptions plus(OrderId order, UserId user) {
      return new Redemptions(users.plus(order, user), counts.plus(user, by(user) + 1));
    }

    Redemptions minus(OrderId order, UserId user) {
      var left = by(user) - 1;
      return new Redemptions(
          users.minus(order), left == 0 ? counts.minus(user) : counts.plus(user, left));
    }

    long used() {
      return users.size();
    }

    long by(UserId user) {
      return counts.getOrDefault(user, 0L);
    }
  }

  /** How a long stream's state is written down. */
  record Written(
      @Nullable Terms terms,
      @Nullable Instant createdAt,
      boolean known,
      Map<String, String> users) {

    static Written of(Voucher voucher) {
      return switch (voucher) {
        case Absent _ -> new Written(null, null, false, Map.of());
        case Offered(var terms, var createdAt, var redemptions) ->
            new Written(terms, createdAt, true, users(redemptions));
        case Withdrawn(var redemptions) -> new Written(null, null, true, users(redemptions));
      };
    }

    Voucher voucher() {
      if (terms != null && createdAt != null) {
        return new Offered(terms, createdAt, Redemptions.of(users));
      }
      return known ? new Withdrawn(Redemptions.of(users)) : new Absent();
    }

    private static Map<String, String> users(Redemptions redemptions) {
      var users = new HashMap<String, String>();
      redemptions.users().forEach((order, user) -> users.put(order.value(), user.value()));
      return users;
    }
  }
}
