package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A connection on which a request never comes to its end. */
final class Drip implements AutoCloseable {
  private final Socket socket;
  private boolean open = true;

  Drip(URI shop, String beginning) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), shop.getPort());
      socket.setSoTimeout(1);
      socket.getOutputStream().write(beginning.getBytes(ISO_8859_1));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean open() {
    return open;
  }

  /** One byte more, if the other end is still there. */
  void drop() {
    if (!open) {
      return;
    }
    try {
      socket.getOutputStream().write(' ');
      open = socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException silence) {
      open = true;
    } catch (IOException cutOff) {
      open = false;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
