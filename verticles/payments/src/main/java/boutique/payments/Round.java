package boutique.payments;

import boutique.payments.Discrepancy.Kind;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What one round of the reconciler has done and seen. */
final class Round {
  final Instant now;

  /** How many charges of the provider's were compared, and how many payments of ours. */
  int charges;

  int payments;

  /** How many of our payments the provider was asked about one by one. */
  int askedFor;

  /** How many things it has tried to put right; whether that has helped is seen in a later one. */
  int tried;

  /** How many that were found before are so no more, and how many of them were put right. */
  int vanished;

  int mended;

  /** How many could not be looked at, because somebody did not answer. */
  int unanswered;

  /** How many do not agree, how many of them for long enough to count, and for how much money. */
  int found;

  int counted;
  int stuck;
  final Map<String, Long> unreconciled = new TreeMap<>();

  Round(Instant now) {
    this.now = now;
  }

  void count(JsonObject document) {
    found++;
    if (!document.getBoolean("counts")) {
      return;
    }
    counted++;
    if (Findings.isOf(document, Kind.PAYMENT_STUCK)) {
      stuck++;
    }
    var amount = Findings.amount(document);
    if (amount.minor() > 0) {
      unreconciled.merge(amount.currency(), amount.minor(), Math::addExact);
    }
  }
}
