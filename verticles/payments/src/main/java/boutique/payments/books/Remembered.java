package boutique.payments.books;

import java.util.LinkedHashMap;
import java.util.Map;

/** Knows of so many things at most, and forgets first what it came to know of first. */
final class Remembered<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  Remembered(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
