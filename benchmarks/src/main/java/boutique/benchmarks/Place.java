package boutique.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where it is measured: the house, and a folder on its disk. Not the system's folder for temporary
 * files, which may be kept in memory, where to sync costs nothing.
 */
record Place(Path home, Path scratch) implements AutoCloseable {

  static Place in(Path home) throws IOException {
    var target = home.resolve("benchmarks").resolve("target");
    Files.createDirectories(target);
    return new Place(home, Files.createTempDirectory(target, "scratch-"));
  }

  Path script() {
    return home.resolve("boutique");
  }

  /** A folder that does not exist yet. */
  Path fresh(String name) throws IOException {
    var folder = Files.createTempDirectory(scratch, name + "-");
    Files.delete(folder);
    return folder;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(scratch);
  }
}
