package boutique.language;

/** Told to every node at once, and lost to whoever does not listen. */
public sealed interface Broadcast extends Message permits Live, Revoked {}
