package boutique.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A process that is measured from outside: the shop, or what it is compared with. */
final class Server implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long CLOSING_SECONDS = 15;
  private static final long GLANCE_MILLIS = 3;
  private static final long QUIET_MILLIS = 200;
  private static final double QUIET_MICROS = 10_001; // it is counted in hundredths of a second
  private static final int QUIET_GLANCES = 2;

  /** What a collector puts where something was. */
  private static final String FILLER = "jdk.internal.vm.Filler";

  private final Process process;
  private final long started;
  private final Path output;
  private final int port;

  private Server(Process process, long started, Path output, int port) {
    this.process = process;
    this.started = started;
    this.output = output;
    this.port = port;
  }

  /** The shop, started as people start it. */
  static Server shop(
      Place place, Path data, int kafkaPort, Map<String, String> environment, String... flags)
      throws IOException {
    var port = Web.freePort();
    var command = new ArrayList<String>();
    command.add(place.script().toString());
    command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
    if (kafkaPort > 0) {
      command.addAll(List.of("--kafka-port", Integer.toString(kafkaPort)));
    } else {
      command.add("--no-kafka");
    }
    command.add("--limits.enabled=false"); // all load comes from one address
    command.addAll(List.of(flags));
    return start(place, port, command, environment);
  }

  /** A process of our own that serves HTTP at the port which is its last argument. */
  static Server of(Place place, List<String> command) throws IOException {
    var port = Web.freePort();
    var whole = new ArrayList<>(command);
    whole.add(Integer.toString(port));
    return start(place, port, whole, Map.of());
  }

  private static Server start(
      Place place, int port, List<String> command, Map<String, String> environment)
      throws IOException {
    var output = place.fresh("output");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    var started = System.nanoTime();
    return new Server(builder.start(), started, output, port);
  }

  int port() {
    return port;
  }

  /** Seconds from its start until it serves. */
  double untilReady(String path) throws Exception {
    return until(() -> Web.ok(port, path));
  }

  /** Seconds from its start until this is so. */
  double until(BooleanSupplier so) throws Exception {
    while (!so.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() - started > PATIENCE.toNanos()) {
        throw new IllegalStateException("it does not start: " + Files.readString(output));
      }
      Thread.sleep(GLANCE_MILLIS);
    }
    return (System.nanoTime() - started) / 1e9;
  }

  /** How much memory it has, in MiB. */
  double residentMebibytes() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS");
  }

  /** How much processor time it has used, in user and in system mode, in microseconds. */
  double cpuMicros() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e3;
  }

  /**
   * The processor time that this takes it, with everything that it still does when this is over: a
   * shop does a good deal after it has answered.
   */
  double cpuMicros(Deed deed) throws Exception {
    var before = cpuMicros();
    deed.run();
    settle();
    return cpuMicros() - before;
  }

  /** Something that is done to it. */
  @FunctionalInterface
  interface Deed {
    void run() throws Exception;
  }

  /** Waits until it has next to nothing to do. */
  void settle() throws InterruptedException {
    settle(PATIENCE);
  }

  void settle(Duration patience) throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    for (var quiet = 0; quiet < QUIET_GLANCES; ) {
      var before = cpuMicros();
      Thread.sleep(QUIET_MILLIS);
      quiet = cpuMicros() - before < QUIET_MICROS ? quiet + 1 : 0;
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it does not come to rest");
      }
    }
  }

  /** What was seen of one kind of event in it while this was done, by a flight recording. */
  List<RecordedEvent> watched(String event, Path file, Deed deed) throws Exception {
    var _ = ask("JFR.start", "name=watch", "settings=none", event + "#enabled=true");
    deed.run();
    var _ = ask("JFR.stop", "name=watch", "filename=" + file);
    return RecordingFile.readAllEvents(file);
  }

  /** How many bytes its heap holds when everything that nobody has any more is thrown away. */
  long liveBytes() throws Exception {
    var live = 0L;
    for (var line : ask("GC.class_histogram").lines().toList()) {
      var words = line.trim().split("\\s+");
      if (words.length > 3 && words[0].endsWith(":") && !words[3].contains(FILLER)) {
        live += Long.parseLong(words[2]);
      }
    }
    return live;
  }

  private String ask(String... words) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(process.pid()));
    command.addAll(List.of(words));
    var asked = new ProcessBuilder(command).redirectErrorStream(true).start();
    var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asked.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + answer);
    }
    return answer;
  }

  /** How its JVM was started, up to the program. */
  List<String> java() throws IOException {
    var words =
        List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0"));
    return words.subList(0, words.indexOf("-jar"));
  }

  /** Ends it at once, as a loss of power would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends it in peace, or else at once. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, CLOSING_SECONDS, TimeUnit.SECONDS)
        .thenAccept(_ -> kill())
        .join();
  }
}
