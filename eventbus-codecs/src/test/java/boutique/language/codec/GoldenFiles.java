package boutique.language.codec;

import boutique.language.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One file per event, {@code golden/<wire name>.json}. */
final class GoldenFiles {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final String JSON = ".json";

  private GoldenFiles() {}

  static List<String> names() {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(JSON))
          .map(file -> file.substring(0, file.length() - JSON.length()))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static byte[] read(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name + JSON));
  }

  /** The wire names of all events. */
  static List<String> events() {
    return WireNames.all().stream()
        .filter(Event.class::isAssignableFrom)
        .map(WireNames::of)
        .sorted()
        .toList();
  }
}
