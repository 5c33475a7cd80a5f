package boutique.kernel.room;

/**
 * A stream as far as it is known: the version of its last event, and the state after it.
 *
 * @param snapshotDue from which version on the next snapshot is worth its price
 */
record History<S>(long version, S state, long snapshotDue) {

  History<S> next(S evolved) {
    return new History<>(version + 1, evolved, snapshotDue);
  }
}
