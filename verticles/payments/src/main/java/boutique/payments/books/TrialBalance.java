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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the books add up, by currency, in two ways that have nothing to do with each other. What
 * the store has in all accounts of all payments together is nothing, because each posting has its
 * other side. And what is in our account with the provider is what the provider's own books say, of
 * the same payments: a posting that was never made, or was made with another amount, has both its
 * sides, and is seen only there.
 *
 * <p>The provider's books are read, and ours are held against what was read whole last: each may
 * take several rounds, and while ours are added up the provider's are read for the next time.
 * Payments about which something has happened since a moment before that are left out of the
 * second, on both sides, and so are those that are too old for the provider's books to be read so
 * far. A second charge that is to go back is left out as well: whether it is on its way is not in
 * our books. A refund that is, is given back in the provider's. What was lost in disputes is out of
 * our account with the provider, and still in its charges, which it leaves as they were: so both
 * accounts together are compared.
 */
final class TrialBalance {
  static final String DIFFERENCE = "difference";
  private static final int MOST = 100_000;

  private @Nullable Reading reading;

  /** What was read whole last, and has not been compared yet. */
  private @Nullable Reading whole;

  /** What ours are held against while they are added up; null if they are only added up. */
  private @Nullable Reading comparing;

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
    reading = new Reading(atRest);
  }

  void theirs(Entry entry) {
    if (reading != null) {
      reading.add(entry);
    }
  }

  void theirsEnd() {
    if (reading != null && reading.hasAll()) {
      whole = reading;
    }
    reading = null;
  }

  void oursBegin() {
    comparing = whole;
    whole = null;
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
    if (comparing == null) {
      return false;
    }
    var all = comparing.take(payment);
    var at = Instant.parse(document.getString("at"));
    if (at.isBefore(since) || at.isAfter(comparing.rested)) {
      return false;
    }
    var surplus = PaymentList.some(document, PaymentList.SURPLUS);
    differ(currency, -booked.getLong(Account.PROVIDER.wireName(), 0L));
    differ(currency, -booked.getLong(Account.DISPUTES.wireName(), 0L));
    differ(currency, total(surplus));
    differ(currency, total(PaymentList.some(document, PaymentList.PENDING)));
    all.stream().filter(one -> !surplus.containsKey(one.reference())).forEach(this::found);
    return document.getLong("taken", 0L) > 0
        && all.stream().noneMatch(one -> one.reference().equals(document.getString("reference")));
  }

  /** What the provider has of one that had to be asked for. */
  void found(Entry entry) {
    if (comparing != null) {
      var kept = entry.taken().minus(entry.returned());
      differ(kept.currency(), kept.minor());
    }
  }

  /** It was not said what the provider has of one: so nothing can be said of all. */
  void lost() {
    comparing = null;
  }

  /** All of ours were added up. What is left of theirs belongs to nobody here. */
  void oursEnd() {
    var compared = comparing;
    if (compared != null) {
      compared.left().forEach(this::found);
      difference.keySet().forEach(currency -> accounts.computeIfAbsent(currency, _ -> empty()));
    }
    accounts.forEach((currency, sums) -> {
      sums.put("sum", sum(sums));
      if (compared != null) {
        sums.put(DIFFERENCE, difference.getOrDefault(currency, 0L));
      }
    });
    last = accounts;
    comparing = null;
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

  /** The provider's books, as far as they have been read. */
  private static final class Reading {
    private final Instant rested;
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private int read;

    /** What has changed since then is not compared. */
    Reading(Instant rested) {
      this.rested = rested;
    }

    void add(Entry entry) {
      if (read < MOST) {
        entries.computeIfAbsent(entry.payment(), _ -> new ArrayList<>()).add(entry);
        read++;
      }
    }

    boolean hasAll() {
      return read < MOST;
    }

    List<Entry> take(String payment) {
      var all = entries.remove(payment);
      return all == null ? List.of() : all;
    }

    /** What belongs to nobody here. */
    Stream<Entry> left() {
      return entries.values().stream()
          .flatMap(List::stream)
          .filter(entry -> !entry.at().isAfter(rested));
    }
  }
}
