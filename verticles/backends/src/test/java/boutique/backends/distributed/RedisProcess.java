package boutique.backends.distributed;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A Redis of our own: the machine's, or else the one that a library brings along. */
final class RedisProcess implements AutoCloseable {
  private final File executable;
  private final Process process;
  private final int port;

  private RedisProcess(File executable, Process process, int port) {
    this.executable = executable;
    this.process = process;
    this.port = port;
  }

  /** None where neither the machine nor the library has one that runs here. */
  static Optional<RedisProcess> start() {
    return executable().map(executable -> start(executable, freePort()));
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Another one at the same address, once this is over. */
  RedisProcess again() {
    process.onExit().join();
    return start(executable, port);
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static Optional<File> executable() {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst()
        .or(RedisProcess::brought);
  }

  private static Optional<File> brought() {
    try {
      return Optional.of(ExecutableProvider.newJarResourceProvider().get());
    } catch (IOException | RuntimeException notForThisMachine) {
      return Optional.empty();
    }
  }

  /** It keeps nothing. */
  private static RedisProcess start(File executable, int port) {
    var command =
        List.of(
            executable.getPath(),
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no");
    try {
      var process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(DISCARD).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      await().until(() -> listens(port) || !process.isAlive());
      assertThat(process.isAlive()).as("%s runs", executable).isTrue();
      return new RedisProcess(executable, process, port);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
