package boutique.gateway.live;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many sockets are open, counted over all gateways of the process, and whether one more may.
 */
final class OpenSockets {
  private final SocketCaps caps;
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Integer> addresses = new HashMap<>();
  private int all;

  OpenSockets(SocketCaps caps) {
    this.caps = caps;
  }

  /** Counts one more, if there may be one; whoever got it gives it back. */
  synchronized boolean take(@Nullable String user, String address) {
    if (all >= caps.perNode()
        || addresses.getOrDefault(address, 0) >= caps.perAddress()
        || (user != null && users.getOrDefault(user, 0) >= caps.perUser())) {
      return false;
    }
    all++;
    addresses.merge(address, 1, Integer::sum);
    if (user != null) {
      users.merge(user, 1, Integer::sum);
    }
    return true;
  }

  synchronized void giveBack(@Nullable String user, String address) {
    all--;
    addresses.computeIfPresent(address, (_, open) -> open == 1 ? null : open - 1);
    if (user != null) {
      users.computeIfPresent(user, (_, open) -> open == 1 ? null : open - 1);
    }
  }

  synchronized int count() {
    return all;
  }
}
