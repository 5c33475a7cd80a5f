package boutique.gateway.live;

/**
 * How many live sockets may be open at once.
 *
 * @param perNode on this node in all
 * @param perUser of one user on this node
 * @param perAddress from one network address on this node
 */
public record SocketCaps(int perNode, int perUser, int perAddress) {}
