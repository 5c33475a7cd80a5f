package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.kernel.store.Commit;
import boutique.kernel.store.Facts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("RocksDB among processes")
@Timeout(120)
class RocksProcessesIT {
  @TempDir Path directory;

  @Test
  @DisplayName("a directory has one user among all processes")
  void oneUserOutside() throws Exception {
    var other = new Neighbour(directory);
    try {
      assertThatThrownBy(() -> RocksDatabase.open(directory))
          .isInstanceOf(DataUnusable.class)
          .hasMessage(directory.toRealPath() + " is used by another process");
    } finally {
      other.kill();
    }

    get(RocksDatabase.open(directory).close());
  }

  @Test
  @DisplayName("what no process has closed is kept, however often it is killed")
  void killed() throws Exception {
    var acknowledged = new HashSet<String>();
    for (var round = 0; round < 3; round++) {
      var other = new Neighbour(directory);
      acknowledged.addAll(other.acknowledged(500));
      acknowledged.addAll(other.kill());
    }

    var database = RocksDatabase.open(directory);
    var store = new RocksEventStore(database);
    var kept = get(store.scan("orders", null, 1_000_000));
    assertThat(kept.stream().map(Commit::key)).containsAll(acknowledged);
    assertThat(get(store.pending(1_000_000))).hasSameSizeAs(kept);
    for (var stream : kept.stream().map(Commit::stream).distinct().toList()) {
      var commits = get(store.read(stream, 1, 1_000_000));
      assertThat(commits).isEqualTo(Facts.commits(stream, 1, commits.size()));
    }
    get(database.close());
  }

  /** Another process that writes to a directory, and tells what was acknowledged to it. */
  private static final class Neighbour {
    private final Process process;
    private final BufferedReader says;

    Neighbour(Path directory) throws IOException {
      process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  NeighbourMain.class.getName(),
                  directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      says =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      assertThat(says.readLine()).isEqualTo("open");
    }

    List<String> acknowledged(int count) throws IOException {
      var keys = new ArrayList<String>();
      while (keys.size() < count) {
        keys.add(says.readLine());
      }
      return keys;
    }

    /** Ends it without warning; what it had still said in whole lines is heard. */
    List<String> kill() throws Exception {
      process.toHandle().destroyForcibly(); // the process itself would close the pipe as well
      var last = says.lines().toList();
      process.waitFor();
      return last.isEmpty() ? last : last.subList(0, last.size() - 1);
    }
  }
}
