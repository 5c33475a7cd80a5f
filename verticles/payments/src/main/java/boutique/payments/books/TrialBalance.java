package boutique.payments.books;

import boutique.kernel.payment.Statement.Entry;
import boutique.payments.Account;
import boutique.payments.PaymentList;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the books add up, by currency, in two ways that have nothing to do with each other. What
 * the store has in all accounts of all payments together is nothing, because each posting has its
 * other side. And what is in our account with the provider is what the provider's own books say, of
 * the same payments: a posting that was never made, or was made with another amount, has both its
 * sides, and is seen only there.
 *
 * <p>It is taken while the provider's books are read, and then ours. Payments about which something
 * has happened since a moment before that are left out of the second, on both sides, and so are
 * those that are too old for the provider's books to be read so far. A second charge that is to go
 * back is left out as well: whether it is on its way is not in our books. A refund that is, is
 * given back in the provider's. What was lost in disputes is out of our account with the provider,
 * and still in its charges, which it leaves as they were: so both accounts together are compared.
 */
final class TrialBalance {
  static final String DIFFERENCE = "difference";
  private static final int MOST = 100_000;

  /** How far it has come. */
  private enum Stage {
    IDLE,
    READING_THEIRS,
    THEIRS_READ,
    COMPARING,
    /** The provider's books were not read for it, or not all of them. */
    ADDING_ONLY
  }

  private Stage stage = Stage.IDLE;
  private Instant rested = Instant.EPOCH;
  private final Map<String, List<Entry>> theirs = new HashMap<>();
  private int read;
  private Map<String, JsonObject> accounts = new TreeMap<>();
  private final Map<String, Long> difference = new TreeMap<>();
  private Map<String, JsonObject> last = Map.of();

  /** The last one that was taken whole; empty before the first. */
  Map<String, JsonObject> last() {
    return last;
  }

  /**
   * The provider's books are read from their beginning.
   *
   * @param atRest what has changed since then is not compared
   */
  void theirsBegin(Instant atRest) {
    if (stage == Stage.COMPARING || stage == Stage.ADDING_ONLY) {
      return; // ours are still added up, against what was read before
    }
    stage = Stage.READING_THEIRS;
    rested = atRest;
    theirs.clear();
    read = 0;
  }

  void theirs(Entry entry) {
    if (stage == Stage.READING_THEIRS && read < MOST) {
      theirs.computeIfAbsent(entry.payment(), _ -> new ArrayList<>()).add(entry);
      read++;
    }
  }

  void theirsEnd() {
    if (stage == Stage.READING_THEIRS && read < MOST) {
      stage = Stage.THEIRS_READ;
    }
  }

  void oursBegin() {
    stage = stage == Stage.THEIRS_READ ? Stage.COMPARING : Stage.ADDING_ONLY;
    accounts = new TreeMap<>();
    difference.clear();
  }

  /**
   * A payment, as the store has it.
   *
   * @param since from when on the provider's books were read
   * @return whether what the provider has of it has to be said too, because it was not among what
   *     was read: it is older, or it is not there
   */
  boolean ours(String payment, JsonObject document, Instant since) {
    var currency = document.getString("currency");
    var sums = accounts.computeIfAbsent(currency, _ -> empty());
    var booked = document.getJsonObject("accounts");
    for (var account : Account.values()) {
      var name = account.wireName();
      sums.put(name, Math.addExact(sums.getLong(name), booked.getLong(name, 0L)));
    }
    var there = theirs.remove(payment);
    var at = Instant.parse(document.getString("at"));
    if (stage != Stage.COMPARING || at.isBefore(since) || at.isAfter(rested)) {
      return false;
    }
    var surplus = PaymentList.some(document, PaymentList.SURPLUS);
    differ(currency, -booked.getLong(Account.PROVIDER.wireName(), 0L));
    differ(currency, -booked.getLong(Account.DISPUTES.wireName(), 0L));
    differ(currency, total(surplus));
    differ(currency, total(PaymentList.some(document, PaymentList.PENDING)));
    var all = there == null ? List.<Entry>of() : there;
    all.stream().filter(one -> !surplus.containsKey(one.reference())).forEach(this::found);
    return document.getLong("taken", 0L) > 0
        && all.stream().noneMatch(one -> one.reference().equals(document.getString("reference")));
  }

  /** What the provider has of one that had to be asked for. */
  void found(Entry entry) {
    if (stage == Stage.COMPARING) {
      var kept = entry.taken().minus(entry.returned());
      differ(kept.currency(), kept.minor());
    }
  }

  /** It was not said what the provider has of one: so nothing can be said of all. */
  void lost() {
    stage = stage == Stage.COMPARING ? Stage.ADDING_ONLY : stage;
  }

  /** All of ours were added up. What is left of theirs belongs to nobody here. */
  void oursEnd() {
    if (stage == Stage.COMPARING) {
      theirs.values().stream()
          .flatMap(List::stream)
          .filter(entry -> !entry.at().isAfter(rested))
          .forEach(this::found);
      difference.keySet().forEach(currency -> accounts.computeIfAbsent(currency, _ -> empty()));
    }
    accounts.forEach((currency, sums) -> {
      sums.put("sum", sum(sums));
      if (stage == Stage.COMPARING) {
        sums.put(DIFFERENCE, difference.getOrDefault(currency, 0L));
      }
    });
    last = accounts;
    stage = Stage.IDLE;
    theirs.clear();
  }

  private static long total(JsonObject amounts) {
    return amounts.fieldNames().stream().mapToLong(amounts::getLong).reduce(0, Math::addExact);
  }

  private void differ(String currency, long more) {
    difference.merge(currency, more, Math::addExact);
  }

  private static long sum(JsonObject sums) {
    var sum = 0L;
    for (var account : Account.values()) {
      sum = Math.addExact(sum, sums.getLong(account.wireName()));
    }
    return sum;
  }

  private static JsonObject empty() {
    var sums = new JsonObject();
    for (var account : Account.values()) {
      sums.put(account.wireName(), 0L);
    }
    return sums;
  }
}
