package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process and what it says, which ends when it is closed. */
final class Program implements AutoCloseable {
  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> listeners;

  private Program(Process process) {
    this.process = process;
    this.listeners =
        List.of(listen(process.inputReader(UTF_8), out), listen(process.errorReader(UTF_8), err));
  }

  /** With our environment, but for what would change the program or make its JVM talk. */
  static Program start(Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(Program::interferes);
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Its standard output so far, by lines. */
  List<String> out() {
    return List.copyOf(out);
  }

  /** Its standard error so far, by lines. */
  List<String> err() {
    return List.copyOf(err);
  }

  /** Tells it a line, on its standard input. */
  void tell(String line) {
    try {
      var in = process.outputWriter(UTF_8);
      in.write(line);
      in.newLine();
      in.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits until it has said such a line, or is over. */
  void awaitOut(Predicate<String> line) {
    await().until(() -> out.stream().anyMatch(line) || !process.isAlive());
    if (out.stream().noneMatch(line)) {
      throw new AssertionError("ended with %d: %s %s".formatted(exitCode(), out, err));
    }
  }

  /** Asks it to end, as a service manager does, and waits until it has. */
  int terminate() {
    process.toHandle().destroy();
    return exitCode();
  }

  /** Ends it in the middle of whatever it does. */
  void kill() {
    process.toHandle().destroyForcibly(); // the process itself would close the pipes as well
    exitCode();
  }

  /** Waits for the end, and for its last words. */
  int exitCode() {
    try {
      var ended = process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("ended, having said %s %s", out, err).isTrue();
      for (var listener : listeners) {
        listener.join();
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private static boolean interferes(String variable) {
    return variable.startsWith("BOUTIQUE_")
        || List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").contains(variable);
  }

  private static Thread listen(BufferedReader says, List<String> lines) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (says) {
            says.lines().forEach(lines::add);
          } catch (IOException | UncheckedIOException gone) {
            lines.add("(the rest is lost: " + gone.getMessage() + ")");
          }
        });
  }
}
