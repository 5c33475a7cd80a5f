package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;

import boutique.kernel.store.Facts;
import boutique.language.StreamId;
import java.io.IOException;
import java.nio.file.Path;

/** A process that writes for as long as it lives, and prints each key once it is acknowledged. */
final class NeighbourMain {
  private static final int WRITERS = 8;

  private NeighbourMain() {}

  public static void main(String[] arguments) throws IOException {
    var store = new RocksEventStore(RocksDatabase.open(Path.of(arguments[0])));
    say("open");
    for (var writer = 0; writer < WRITERS; writer++) {
      var stream = new StreamId("orders", "writer-" + writer);
      var version = get(store.read(stream, 1, Integer.MAX_VALUE)).size() + 1L;
      Thread.ofPlatform().start(() -> write(store, stream, version));
    }
  }

  private static void write(RocksEventStore store, StreamId stream, long firstVersion) {
    for (var version = firstVersion; ; version++) {
      var commit = Facts.commit(stream, version, 1);
      get(store.append(commit));
      say(commit.key());
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    if (System.out.checkError()) {
      Runtime.getRuntime().halt(1); // nobody listens any more
    }
  }
}
