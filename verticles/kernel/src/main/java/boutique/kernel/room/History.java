package boutique.kernel.room;

/** A stream as far as it is known: the version of its last event, and the state after it. */
record History<S>(long version, S state) {}
