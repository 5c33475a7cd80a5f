package boutique.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code run} opens the shop and keeps it open until it is told to stop; {@code config} only shows
 * what would be run; {@code rotate-key} makes a new key for the sessions of the next start.
 */
public final class Main {
  private static final int MISTAKEN = 2;
  private static final int BROKEN = 1;
  private static final long CLOSING_SECONDS = 4;

  private Main() {}

  public static void main(String[] arguments) {
    try {
      var command = arguments.length == 0 ? "run" : arguments[0];
      var flags = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
      var home = Path.of(System.getProperty("boutique.home", ".")).toAbsolutePath().normalize();
      var config = ConfigSources.read(home, System.getenv(), List.copyOf(flags));
      switch (command) {
        case "run" -> run(config, home, System.out);
        case "config" -> System.out.print(config.describe());
        case "rotate-key" -> rotateKey(config, System.out);
        default -> throw new Mistake(command + ": not understood; see `./boutique help`");
      }
    } catch (Mistake mistake) {
      System.err.println("boutique: " + mistake.getMessage());
      System.exit(MISTAKEN);
    } catch (RuntimeException broken) {
      System.err.println("boutique: could not open: " + broken);
      broken.printStackTrace(System.err);
      System.exit(BROKEN);
    }
  }

  private static void run(Config config, Path home, PrintStream out) {
    var shop = Shop.open(config, home, out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(shop, out), "closing"));
    out.println("The Boutique is ready at " + config.scheme() + "://localhost:" + shop.port());
  }

  private static void rotateKey(Config config, PrintStream out) {
    if (config.sessionKey() != null) {
      throw new Mistake(
          "rotate-key: sessions.key is configured; give it as sessions.previousKey, and a new one");
    }
    Keys.rotate(config.data());
    out.println("The next start signs sessions with a new key, and still knows the one before.");
  }

  private static void close(Shop shop, PrintStream out) {
    try {
      shop.close().toCompletionStage().toCompletableFuture().get(CLOSING_SECONDS, TimeUnit.SECONDS);
      out.println("The Boutique has closed.");
    } catch (TimeoutException late) {
      out.println("The Boutique has closed in a hurry; nothing acknowledged is lost.");
    } catch (InterruptedException | ExecutionException failure) {
      out.println("The Boutique has closed with a failure: " + failure.getMessage());
    }
  }
}
