package boutique.language;

import org.jspecify.annotations.Nullable;

/**
 * Sessions are over before their tokens are. Every gateway hears it, refuses those tokens and hangs
 * up their sockets; who was not listening finds the same in the store.
 *
 * @param session the one that is over; null when it is every one of an earlier epoch
 * @param epoch of the account: its sessions of a lower one are over
 */
public record Revoked(String user, @Nullable String session, long epoch) implements Broadcast {}
