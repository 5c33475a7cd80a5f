package boutique.inventory;

/**
 * The sums: {@code received = available + reserved + allocated + sold + writtenOff}, because goods
 * only ever move from one part to another.
 */
record Books(
    long received, long available, long reserved, long allocated, long sold, long writtenOff) {
  static final Books EMPTY = new Books(0, 0, 0, 0, 0, 0);

  /** As many as any product may ever have: sums of it stay exact everywhere, in browsers too. */
  static final long MOST = 1_000_000_000_000L;

  enum Part {
    AVAILABLE,
    RESERVED,
    ALLOCATED,
    SOLD,
    WRITTEN_OFF
  }

  /** More of them, or fewer, for a correction. */
  Books received(long quantity) {
    return new Books(
        Math.addExact(received, quantity),
        Math.addExact(available, quantity),
        reserved,
        allocated,
        sold,
        writtenOff);
  }

  Books moved(Part from, Part to, long quantity) {
    return plus(from, Math.negateExact(quantity)).plus(to, quantity);
  }

  private Books plus(Part part, long n) {
    return switch (part) {
      case AVAILABLE ->
          new Books(received, Math.addExact(available, n), reserved, allocated, sold, writtenOff);
      case RESERVED ->
          new Books(received, available, Math.addExact(reserved, n), allocated, sold, writtenOff);
      case ALLOCATED ->
          new Books(received, available, reserved, Math.addExact(allocated, n), sold, writtenOff);
      case SOLD ->
          new Books(received, available, reserved, allocated, Math.addExact(sold, n), writtenOff);
      case WRITTEN_OFF ->
          new Books(received, available, reserved, allocated, sold, Math.addExact(writtenOff, n));
    };
  }
}
