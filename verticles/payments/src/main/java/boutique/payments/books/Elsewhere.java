package boutique.payments.books;

import boutique.kernel.payment.PaymentProvider;
import boutique.payments.OtherBooks;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The payments whose money is in other books than those that are compared: the shop has had another
 * provider, or the other mode. They are counted, all together, while ours are gone through.
 */
final class Elsewhere {
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

  /** One that is none of them is none; nor is one of which nothing was taken. */
  void add(JsonObject payment) {
    var taken = payment.getLong("taken", 0L);
    if (taken > 0 && has(payment)) {
      payments++;
      amounts.merge(
          payment.getString("currency"), taken - payment.getLong("returned", 0L), Math::addExact);
    }
  }

  void end() {
    last =
        new JsonObject()
            .put("payments", payments)
            .put("amount", new JsonObject(new TreeMap<>(amounts)));
  }
}
