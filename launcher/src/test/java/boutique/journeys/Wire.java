package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** A connection that says anything, also what no client would let pass. */
record Wire(URI shop) {
  private static final String END = "\r\n\r\n";

  /**
   * What came back, as one text.
   *
   * @param over whether it was complete: by its length, or because the shop hung up
   */
  record Heard(String text, boolean over) {
    int status() {
      return text.startsWith("HTTP/1.") && text.length() > 12
          ? Integer.parseInt(text.substring(9, 12).strip())
          : 0;
    }

    String header(String name) {
      return head()
          .lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    String body() {
      return text.contains(END)
          ? new String(text.substring(text.indexOf(END) + END.length()).getBytes(ISO_8859_1), UTF_8)
          : "";
    }

    /** How many answers there are, if one begins where another ends. */
    int answers() {
      return text.split("(?m)^HTTP/1\\.[01] \\d{3}", -1).length - 1;
    }

    private String head() {
      return text.contains(END) ? text.substring(0, text.indexOf(END)) : text;
    }

    private boolean whole() {
      var length = header("Content-Length");
      return text.contains(END)
          && (status() == 204
              || status() == 304
              || (!length.isEmpty()
                  && text.length() - text.indexOf(END) - END.length() >= Integer.parseInt(length)));
    }
  }

  /** Says this, and listens until the answer is whole or nothing comes for so long. */
  Heard say(byte[] request, Duration patience) {
    return listen(request, patience, true);
  }

  /** Says this, and listens as long as anything comes. */
  Heard sayAndWait(byte[] request, Duration patience) {
    return listen(request, patience, false);
  }

  private Heard listen(byte[] request, Duration patience, boolean one) {
    var heard = new ByteArrayOutputStream();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), shop.getPort())) {
      socket.setSoTimeout((int) patience.toMillis());
      try {
        socket.getOutputStream().write(request);
      } catch (SocketException hungUp) {
        // it may have answered before it had heard all
      }
      var part = new byte[8 << 10];
      for (var n = socket.getInputStream().read(part);
          n >= 0;
          n = socket.getInputStream().read(part)) {
        heard.write(part, 0, n);
        if (one && text(heard, false).whole()) {
          break;
        }
      }
      return text(heard, true);
    } catch (SocketTimeoutException nothingMore) {
      return text(heard, false);
    } catch (IOException reset) {
      return text(heard, true);
    }
  }

  private static Heard text(ByteArrayOutputStream heard, boolean over) {
    return new Heard(heard.toString(ISO_8859_1), over);
  }
}
