package boutique.language;

/** Asks a room what one of its streams looks like now. */
public record Look(StreamId stream) implements Message {}
