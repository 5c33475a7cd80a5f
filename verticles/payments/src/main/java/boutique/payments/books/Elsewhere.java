package boutique.payments.books;

import boutique.kernel.payment.PaymentProvider;
import boutique.language.payments.Standing;
import boutique.payments.OtherBooks;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The payments whose money is in other books than those that are compared: the shop has had another
 * provider, or the other mode. They are counted, all together, while ours are gone through.
 */
final class Elsewhere {
  private static final Set<String> HOLDING =
      Set.of(
          Standing.AUTHORIZED.wireName(),
          Standing.CAPTURING.wireName(),
          Standing.CANCELLING.wireName());

  private final OtherBooks others;
  private int payments;
  private final Map<String, Long> amounts = new TreeMap<>();
  private @Nullable JsonObject last;

  Elsewhere(PaymentProvider provider) {
    this.others = new OtherBooks(provider);
  }

  /** What it was when all of ours were last gone through; null before the first time. */
  @Nullable JsonObject last() {
    return last;
  }

  void begin() {
    payments = 0;
    amounts.clear();
  }

  boolean has(JsonObject payment) {
    return others.have(payment);
  }

  /** Whether money is held for it, and may be for long after anything has happened to it. */
  static boolean isHeld(JsonObject payment) {
    return HOLDING.contains(payment.getString("status"));
  }

  /** One that is none of them is none; nor is one of which nothing was taken, nor is held. */
  void add(JsonObject payment) {
    var there = payment.getLong(isHeld(payment) ? "amount" : "taken", 0L);
    if (there > 0 && has(payment)) {
      payments++;
      amounts.merge(
          payment.getString("currency"), there - payment.getLong("returned", 0L), Math::addExact);
    }
  }

  void end() {
    last =
        new JsonObject()
            .put("payments", payments)
            .put("amount", new JsonObject(new TreeMap<>(amounts)));
  }
}
