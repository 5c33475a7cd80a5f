package boutique.payments.books;

import boutique.payments.books.Discrepancy.Kind;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The charges that the provider has and nobody here knows of, all together. Its own books show them
 * as they are each time that they are read, so nobody asks about each of them, and there may be
 * more of them than are listed.
 */
final class Foreign {
  private int charges;
  private final Map<String, Long> amounts = new TreeMap<>();
  private @Nullable JsonObject last;

  /** What the provider's books had when they were last read whole; null before the first time. */
  @Nullable JsonObject last() {
    return last;
  }

  /** They are read from their beginning. */
  void begin() {
    charges = 0;
    amounts.clear();
  }

  /** What is wrong with one line of them. */
  void add(List<Discrepancy> found) {
    for (var one : found) {
      if (one.kind() == Kind.CHARGE_WITHOUT_PAYMENT) {
        charges++;
        amounts.merge(one.amount().currency(), one.amount().minor(), Math::addExact);
      }
    }
  }

  void end() {
    last =
        new JsonObject()
            .put("charges", charges)
            .put("amount", new JsonObject(new TreeMap<>(amounts)));
  }
}
