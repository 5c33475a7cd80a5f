package boutique.backends.embedded;

import java.util.Arrays;

/** Keys as RocksDB sees them: bytes without a sign. */
final class Keys {
  private Keys() {}

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The lowest key above all that begin with this prefix, whose bytes are not all 0xFF. */
  static byte[] above(byte[] prefix) {
    var last = prefix.length - 1;
    while (prefix[last] == -1) {
      last--;
    }
    var above = Arrays.copyOf(prefix, last + 1);
    above[last]++;
    return above;
  }
}
