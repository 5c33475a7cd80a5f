package boutique.backends.embedded;

/**
 * What has gone to the disk since the start.
 *
 * @param flushes in how many batches, each with one sync
 * @param nanos how long they took together
 * @param events how many events were in them
 */
public record Flushed(long flushes, long nanos, long events) {}
