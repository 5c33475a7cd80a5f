package boutique.gateway.door;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses that begin alike: {@code 10.0.0.0/8}, or one alone. Names are not looked up. */
public record Network(InetAddress first, int bits) {

  /** None if this is no network. */
  public static Optional<Network> of(String written) {
    try {
      var slash = written.indexOf('/');
      var address = InetAddress.ofLiteral(slash < 0 ? written : written.substring(0, slash));
      var all = address.getAddress().length * Byte.SIZE;
      var bits = slash < 0 ? all : Integer.parseInt(written.substring(slash + 1));
      return bits < 0 || bits > all ? Optional.empty() : Optional.of(new Network(address, bits));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    var mine = first.getAddress();
    var theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit += Byte.SIZE) {
      var different = (mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & 0xFF;
      if (different >> Math.max(0, Byte.SIZE - (bits - bit)) != 0) {
        return false;
      }
    }
    return true;
  }
}
