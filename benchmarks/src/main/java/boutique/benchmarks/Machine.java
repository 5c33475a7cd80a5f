package boutique.benchmarks;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What it was measured on: without that, a number says nothing. */
final class Machine {
  private static final int SYNCS = 200;
  private static final int PAGE = 4_096;

  private Machine() {}

  static List<String> facts(Place place) throws IOException {
    var system = ManagementFactory.getOperatingSystemMXBean();
    var runtime = ManagementFactory.getRuntimeMXBean();
    var disk = Files.getFileStore(place.scratch());
    var kept = disk.type().contains("tmpfs") ? ", IN MEMORY: to sync costs nothing here" : "";
    return List.of(
        "date      " + LocalDate.now(java.time.ZoneId.systemDefault()),
        "cores     %d × %s".formatted(system.getAvailableProcessors(), processor()),
        "memory    " + memory(),
        "system    %s %s %s".formatted(system.getName(), system.getVersion(), system.getArch()),
        "disk      %s on %s%s".formatted(disk.type(), disk.name(), kept),
        "sync      4 KiB written and synced in %s µs".formatted(syncMicros(place).text(0)),
        "java      %s %s".formatted(runtime.getVmName(), runtime.getVmVersion()),
        "options   " + String.join(" ", shown(runtime.getInputArguments())),
        load());
  }

  /** How busy the machine was in the last minute, with this and with everything else. */
  static String load() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    var load = system.getSystemLoadAverage();
    var loud =
        load > system.getAvailableProcessors() ? ": others are at work, do not believe much" : "";
    return "load      %s in the last minute%s".formatted(Row.number(load, 1), loud);
  }

  private static String processor() {
    return line(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch", ""));
  }

  private static String memory() {
    return line(Path.of("/proc/meminfo"), "MemTotal", "unknown");
  }

  private static String line(Path file, String name, String otherwise) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException notOnThisSystem) {
      return otherwise;
    }
  }

  private static Samples syncMicros(Place place) throws IOException {
    var page = ByteBuffer.allocate(PAGE);
    var micros = new ArrayList<Double>();
    try (var file = FileChannel.open(place.fresh("sync"), CREATE_NEW, WRITE)) {
      for (var i = 0; i < SYNCS; i++) {
        var start = System.nanoTime();
        file.write(page.rewind());
        file.force(false);
        micros.add((System.nanoTime() - start) / 1e3);
      }
    }
    return new Samples(micros);
  }

  /** Paths of this house say nothing. */
  private static List<String> shown(List<String> options) {
    return options.stream()
        .filter(option -> !option.startsWith("-D") && !option.startsWith("--"))
        .toList();
  }
}
