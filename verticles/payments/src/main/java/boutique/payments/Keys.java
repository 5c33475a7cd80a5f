package boutique.payments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the provider was asked with about a payment, and how often it had to be asked for one thing
 * under another key. That is counted for each thing by itself, so that many refunds are not in each
 * other's way.
 *
 * @param all every key that it was or will be asked with, the latest last
 * @param attempts how often somebody has tried to pay
 * @param renewals how many keys have come before this one for the same thing
 */
record Keys(List<String> all, int attempts, Map<String, Integer> renewals) {
  static final Keys NONE = new Keys(List.of(), 0, Map.of());

  Keys {
    all = List.copyOf(all);
    renewals = Map.copyOf(renewals);
  }

  Keys attempt(String key) {
    return new Keys(and(key), attempts + 1, renewals);
  }

  Keys refund(String key) {
    return new Keys(and(key), attempts, renewals);
  }

  Keys renewed(String key, String next) {
    var counted = new HashMap<>(renewals);
    counted.remove(key);
    counted.put(next, renewals(key) + 1);
    return new Keys(and(next), attempts, counted);
  }

  /** How many keys have come before this one. */
  int renewals(String key) {
    return renewals.getOrDefault(key, 0);
  }

  int size() {
    return all.size();
  }

  boolean contains(String key) {
    return all.contains(key);
  }

  private List<String> and(String key) {
    return Stream.concat(all.stream(), Stream.of(key)).distinct().toList();
  }
}
