package boutique.journeys;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where things are, whatever directory the tests are started in. */
public final class House {
  private House() {}

  /** The folder that the whole project is in. */
  public static Path root() {
    return launcher().getParent();
  }

  static Path jar() {
    return launcher().resolve("target").resolve("boutique.jar");
  }

  private static Path launcher() {
    return tests().getParent().getParent();
  }

  /** The folder of our own classes. */
  static Path tests() {
    try {
      return Path.of(House.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
