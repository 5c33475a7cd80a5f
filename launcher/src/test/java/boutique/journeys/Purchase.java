package boutique.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wanted to buy, and what they were told about it before the answers ceased. */
final class Purchase {
  private final Shopper buyer;
  private final String key;
  private final Map<String, Long> quantities;
  private volatile @Nullable JsonNode order;
  private volatile Wish cancelling = Wish.NEVER_SAID;
  private volatile boolean refused;

  private enum Wish {
    NEVER_SAID,
    UNANSWERED,
    GRANTED
  }

  Purchase(Shopper buyer, String key, Map<String, Long> quantities) {
    this.buyer = buyer;
    this.key = key;
    this.quantities = Map.copyOf(quantities);
  }

  /** Orders under a key of its own: to ask again is to ask for the same order. */
  void place() {
    var answer = buyer.orders(key, quantities);
    switch (answer.status()) {
      case 409 -> {
        answer.problem(409, "stock.insufficient");
        refused = true;
      }
      case 503 -> answer.problem(503, "unavailable"); // whatever that means for the order
      default -> order = answer.json(201);
    }
  }

  void cancel() {
    cancelling = Wish.UNANSWERED;
    var answer = buyer.cancels(id());
    if (answer.status() != 503) {
      answer.json(200);
      cancelling = Wish.GRANTED;
    }
  }

  Shopper buyer() {
    return buyer;
  }

  boolean placed() {
    return order != null;
  }

  /** Whether nobody was told what became of it. */
  boolean unanswered() {
    return order == null && !refused;
  }

  /** The order as it was acknowledged. */
  JsonNode order() {
    var acknowledged = order;
    if (acknowledged == null) {
      throw new IllegalStateException("never acknowledged");
    }
    return acknowledged;
  }

  String id() {
    return order().get("id").asText();
  }

  boolean cancelled() {
    return cancelling == Wish.GRANTED;
  }

  boolean kept() {
    return cancelling == Wish.NEVER_SAID;
  }
}
