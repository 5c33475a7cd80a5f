package boutique.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A question over HTTP and the answer to it, byte by byte as they went over the wire.
 *
 * @param question from the request line to the end of its body
 */
record Recording(String question, String answer) {
  private static final String END = "\r\n\r\n";
  private static final int PATIENCE_MILLIS = 10_000;

  /** Asks, and keeps the connection open, for to close it would be part of the answer. */
  static Recording of(int port, String question) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(question.getBytes(ISO_8859_1));
      var answer = new ByteArrayOutputStream();
      while (!complete(answer.toString(ISO_8859_1))) {
        var next = socket.getInputStream().read();
        if (next < 0) {
          throw new EOFException(answer.toString(ISO_8859_1));
        }
        answer.write(next);
      }
      return new Recording(question, answer.toString(ISO_8859_1));
    }
  }

  int status() {
    return Integer.parseInt(answer.substring(9, 12));
  }

  Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    answer
        .substring(0, answer.indexOf(END))
        .lines()
        .skip(1)
        .map(line -> line.split(":\\s*", 2))
        .forEach(header -> headers.put(header[0], header[1]));
    return headers;
  }

  String body() {
    return answer.substring(answer.indexOf(END) + END.length());
  }

  private static boolean complete(String answer) {
    if (!answer.contains(END)) {
      return false;
    }
    var soFar = new Recording("", answer);
    var length =
        soFar.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Content-Length"))
            .mapToInt(header -> Integer.parseInt(header.getValue()))
            .findFirst()
            .orElse(0);
    return soFar.body().length() >= length;
  }
}
