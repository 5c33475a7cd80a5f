package boutique.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Questions to servers on this machine, as small as they can be. */
final class Web {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final short API_VERSIONS = 18;
  private static final short NO_CLIENT = -1;

  private Web() {}

  /** A port that nobody has. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Whether a GET is answered with 200. */
  static boolean ok(int port, String path) {
    try (var socket = connect(port)) {
      var ask = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(ask.getBytes(US_ASCII));
      var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      return String.valueOf(answer.readLine()).startsWith("HTTP/1.1 200");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Whether a Kafka broker answers what every client asks first. */
  static boolean kafkaAnswers(int port) {
    try (var socket = connect(port)) {
      var ask = new DataOutputStream(socket.getOutputStream());
      ask.writeInt(2 * Short.BYTES + Integer.BYTES + Short.BYTES);
      ask.writeShort(API_VERSIONS);
      ask.writeShort(0);
      ask.writeInt(1);
      ask.writeShort(NO_CLIENT);
      ask.flush();
      return new DataInputStream(socket.getInputStream()).readInt() > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Socket connect(int port) throws IOException {
    var socket = new Socket();
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      return socket;
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }
}
