package boutique.journeys;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shop as people run it: the packaged jar, in a JVM with the options of the script. */
record ShopProcess(Program program) implements AutoCloseable {
  private static final String READY = "The Boutique is ready at ";
  private static final String METRICS = "Metrics are at ";

  /**
   * An empty shop without Kafka and limits, open at a free port; flags may make it another. All the
   * crowds of our tests come from one address.
   */
  static ShopProcess open(Path data, String... flags) {
    return open(List.of("-jar", House.jar().toString(), "run"), data, flags);
  }

  /**
   * The same, and when it is asked to end, what its JVM has learnt is written down: of a start, for
   * what it has learnt of more keeps the next ones busy when they begin.
   */
  static ShopProcess rehearsing(Path learnt, Path data, String... flags) {
    var jar = House.jar().toString();
    return open(List.of("-XX:AOTCacheOutput=" + learnt, "-jar", jar, "run"), data, flags);
  }

  /** One that somebody in our tests puts together, in a JVM that has learnt how that is done. */
  static ShopProcess learnt(Path learnt, Class<?> other, Path data, String... flags) {
    var path = House.jar() + File.pathSeparator + House.tests();
    return open(List.of("-XX:AOTCache=" + learnt, "-cp", path, other.getName()), data, flags);
  }

  private static ShopProcess open(List<String> java, Path data, String... flags) {
    var arguments = new ArrayList<>(List.of("--data", data.toString()));
    arguments.addAll(List.of("--port", "" + Ports.free(), "--no-demo", "--no-kafka"));
    arguments.addAll(List.of("--management.port=0", "--limits.enabled=false"));
    arguments.addAll(List.of(flags));
    var program = run(Map.of(), java, arguments);
    program.awaitOut(line -> line.startsWith(READY));
    return new ShopProcess(program);
  }

  static ShopProcess openWithKafka(Path data, int kafkaPort, String... flags) {
    var more = new ArrayList<>(List.of("--kafka.enabled=true", "--kafka-port", "" + kafkaPort));
    more.addAll(List.of(flags));
    return open(data, more.toArray(String[]::new));
  }

  /** Whatever comes of it. */
  static Program start(Map<String, String> environment, List<String> arguments) {
    return run(environment, List.of("-jar", House.jar().toString()), arguments);
  }

  private static Program run(
      Map<String, String> environment, List<String> java, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(options());
    command.addAll(java);
    command.addAll(arguments);
    return Program.start(environment, command);
  }

  URI base() {
    return said(READY);
  }

  /** The one figure of that name. */
  double metric(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  /** What it tells its operators of itself. */
  String metrics() {
    var request = HttpRequest.newBuilder(said(METRICS)).timeout(Patience.LONG).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private URI said(String beginning) {
    return program.out().stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> URI.create(line.substring(beginning.length())))
        .findFirst()
        .orElseThrow();
  }

  /** Ends it in the middle of whatever it does. */
  void kill() {
    program.kill();
  }

  @Override
  public void close() {
    program.close();
  }

  /** What the script gives to the JVM. */
  private static List<String> options() {
    var home = House.root();
    try {
      var script = Files.readString(home.resolve("boutique"));
      var begin = script.indexOf("java=(\"$JAVA_HOME/bin/java\"");
      var words = script.substring(begin, script.indexOf("${JAVA_OPTS", begin)).split("\\s+");
      return Stream.of(words)
          .filter(word -> word.startsWith("-"))
          .map(word -> word.replace("\"", "").replace("$home", home.toString()))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
