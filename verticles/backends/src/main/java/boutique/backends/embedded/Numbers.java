package boutique.backends.embedded;

import java.nio.ByteBuffer;

/** Numbers as keys: eight bytes that sort as the numbers do. */
final class Numbers {
  private Numbers() {}

  static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
