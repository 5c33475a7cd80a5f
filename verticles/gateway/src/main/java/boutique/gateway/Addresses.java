package boutique.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the line. What a request says of that itself counts only as far as
 * proxies of ours have written it: read from the right, the first address that is none of them.
 *
 * <p>Of an IPv6 address only the network counts, for everybody has a whole one.
 */
final class Addresses {
  private static final String FORWARDED = "X-Forwarded-For";
  private static final int MOST_HOPS = 16;
  private static final int NETWORK_BYTES = 8;

  private final List<Network> proxies;

  Addresses(List<Network> proxies) {
    this.proxies = proxies;
  }

  /** The name of whoever asks, as far as limits care. */
  String of(HttpServerRequest request) {
    var peer = request.remoteAddress();
    if (peer == null || peer.hostAddress() == null) {
      return "unknown";
    }
    if (proxies.isEmpty() && peer.hostAddress().indexOf(':') < 0) {
      return peer.hostAddress();
    }
    return name(behindProxies(InetAddress.ofLiteral(peer.hostAddress()), forwarded(request)));
  }

  private InetAddress behindProxies(InetAddress peer, List<String> hops) {
    var nearest = peer;
    for (var i = hops.size() - 1; i >= 0 && isProxy(nearest); i--) {
      var next = literal(hops.get(i).strip());
      if (next == null) {
        return nearest;
      }
      nearest = next;
    }
    return nearest;
  }

  private boolean isProxy(InetAddress address) {
    for (var proxy : proxies) {
      if (proxy.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private List<String> forwarded(HttpServerRequest request) {
    if (proxies.isEmpty()) {
      return List.of();
    }
    var hops = String.join(",", request.headers().getAll(FORWARDED)).split(",");
    return Arrays.asList(hops).subList(Math.max(0, hops.length - MOST_HOPS), hops.length);
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
