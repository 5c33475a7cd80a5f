package boutique.kafka;

/**
 * How far one partition is read, handed out and done, since it was assigned to us. What was
 * assigned to us earlier, and then to another, says nothing about it.
 */
final class Lane {
  private static final long NOWHERE = -1;

  private long read = NOWHERE;
  private long handed = NOWHERE;
  private long done = NOWHERE;
  private long committed = NOWHERE;
  private int held;

  /** A fact was read; it waits to be handed out. */
  void read(long position) {
    begin(position);
    read = position + 1;
    held++;
  }

  /** Something was read that nobody will be given. */
  void skip(long position) {
    begin(position);
    read = position + 1;
  }

  void handOut(long position) {
    held--;
    handed = position + 1;
  }

  /** Everything below this position is handled. It never goes back. */
  void done(long position) {
    if (done != NOWHERE) {
      done = Math.max(done, position);
    }
  }

  /** Whether there is progress that Kafka does not know yet. */
  boolean hasMoved() {
    return position() > committed;
  }

  /** Where to go on after a restart. What was skipped behind the last fact counts as done. */
  long position() {
    return held == 0 && done >= handed ? Math.max(done, read) : done;
  }

  void committed(long position) {
    committed = position;
  }

  private void begin(long position) {
    if (done == NOWHERE) {
      handed = position;
      done = position;
      committed = position;
    }
  }
}
