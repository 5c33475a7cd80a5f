package boutique.gateway.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the line. What a request says of that itself counts only as far as
 * proxies of ours have written it: read from the right, the first address that is none of them.
 *
 * <p>Of an IPv6 address only the network counts, for everybody has a whole one.
 */
public final class Addresses {
  private static final String FORWARDED = "X-Forwarded-For";
  private static final int MOST_HOPS = 16;
  private static final int NETWORK_BYTES = 8;

  private final List<Network> proxies;

  public Addresses(List<Network> proxies) {
    this.proxies = proxies;
  }

  /** The name of whoever asks, as far as limits care. */
  public String of(HttpServerRequest request) {
    var peer = request.remoteAddress().hostAddress();
    if (peer == null) {
      return "unknown";
    }
    return proxies.isEmpty() && peer.indexOf(':') < 0
        ? peer
        : of(peer, request.headers().getAll(FORWARDED));
  }

  /** Whose line it is; nobody's in particular if a proxy of ours came for many. */
  Optional<String> of(SocketAddress peer) {
    return Optional.ofNullable(peer.hostAddress())
        .map(InetAddress::ofLiteral)
        .filter(address -> !isProxy(address))
        .map(Addresses::name);
  }

  /** Who is behind this peer, given what has been added to each line on the way. */
  public String of(String peer, List<String> forwarded) {
    var hops = String.join(",", forwarded).split(",");
    var nearest = InetAddress.ofLiteral(peer);
    for (var i = hops.length - 1;
        i >= Math.max(0, hops.length - MOST_HOPS) && isProxy(nearest);
        i--) {
      var next = literal(hops[i].strip());
      if (next == null) {
        break;
      }
      nearest = next;
    }
    return name(nearest);
  }

  private boolean isProxy(InetAddress address) {
    for (var proxy : proxies) {
      if (proxy.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable InetAddress literal(String written) {
    try {
      return InetAddress.ofLiteral(written);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static String name(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
        : address.getHostAddress();
  }
}
