package boutique.language;

/**
 * Anything that travels under a wire name. Every message is an immutable record: that is what lets
 * the bus hand the same object to a receiver on the same node.
 */
public interface Message {}
