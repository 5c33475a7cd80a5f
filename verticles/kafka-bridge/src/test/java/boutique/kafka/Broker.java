package boutique.kafka;

import boutique.backends.embedded.KafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one broker of the tests' JVM: started by whoever needs it first, and there until the end. */
final class Broker {
  private static final Path DATA = data();
  private static final int PORT = freePort();
  private static @Nullable KafkaBroker running;

  private Broker() {}

  static synchronized KafkaAccess access() {
    start();
    return KafkaAccess.to("127.0.0.1:" + PORT);
  }

  /** With so little patience, and whether it is there or not. */
  static KafkaAccess access(Duration deadline) {
    return new KafkaAccess("127.0.0.1:" + PORT, 4, deadline, Map.of());
  }

  static synchronized void start() {
    try {
      if (running == null) {
        running = KafkaBroker.start(DATA, PORT, failure -> {});
      }
      if (running.port() != PORT) {
        throw new IllegalStateException("somebody else has taken port " + PORT);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static synchronized void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  private static Path data() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "kafka-");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
