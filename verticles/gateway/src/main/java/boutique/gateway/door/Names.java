package boutique.gateway.door;

import java.net.InetAddress;
import java.util.Locale;

/** Names of hosts that nobody else can have pointed at us. */
final class Names {
  private Names() {}

  /** What this machine calls itself, wherever it is. */
  static boolean isOwn(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost") || isLoopback(name);
  }

  /** An address as it stands: a page that says it comes from there has come from there. */
  static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(bare(host));
      return true;
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    return isAddress(host) && InetAddress.ofLiteral(bare(host)).isLoopbackAddress();
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
