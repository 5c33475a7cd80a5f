package boutique.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody uses. */
final class Ports {
  /** Below those that systems give to clients, so that no connection takes one meanwhile. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;

  private Ports() {}

  static int free() {
    while (true) {
      var candidate = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (var socket = taken(candidate)) {
        return socket.getLocalPort();
      } catch (IOException inUse) {
        // the next one, then
      }
    }
  }

  /** Somebody else's server, at any port. */
  static ServerSocket taken() {
    try {
      return taken(free());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ServerSocket taken(int port) throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port));
      return socket;
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }
}
