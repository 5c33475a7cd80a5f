package boutique.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.backends.embedded.DataUnusable;
import boutique.backends.embedded.LocalLimits;
import boutique.backends.embedded.LocalTimers;
import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.backends.embedded.RocksFactLog;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.store.Commit;
import boutique.language.codec.RecordCodec;
import boutique.launcher.Fated.Fate;
import boutique.ops.Metrics;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A shop whose process dies at a step, once it is told at which: the next time that it writes such
 * an event. It is put together as the real one is, on a store that knows its fate; in the real one
 * there is nothing of the kind.
 */
public final class DoomedShop {
  private static final int MOST_BUCKETS = 1_000;

  private DoomedShop() {}

  /** When exactly it dies. */
  public enum Moment {
    BEFORE(Fate.DEAD_BEFORE),
    AFTER_WRITE(Fate.DEAD_AFTER),
    AFTER_ANSWER(Fate.DEAD_ANSWERED);

    private final Fate fate;

    Moment(Fate fate) {
      this.fate = fate;
    }
  }

  /** What it dies of. */
  private record Doom(String type, Moment moment) {
    static Doom of(String line) {
      var words = line.split(" ", 2);
      return new Doom(words[0], Moment.valueOf(words[1]));
    }

    boolean is(Commit commit) {
      return commit.events().stream().anyMatch(event -> event.type().equals(type));
    }
  }

  /** The flags of the shop; an event's wire name and a moment come later, on a line. */
  public static void main(String[] flags) throws DataUnusable, IOException {
    var home = Path.of(System.getProperty("boutique.home"));
    var config = ConfigSources.read(home, Map.of(), List.of(flags));
    var database = RocksDatabase.open(config.data());
    var vertx = Vertx.vertx();
    RecordCodec.register(vertx.eventBus());
    var doom = new AtomicReference<@Nullable Doom>();
    var store = new Fated(new RocksEventStore(database), commit -> fate(commit, doom));
    var deployment =
        new Deployment(
            vertx,
            store,
            new RocksViews(database),
            new LocalLimits(MOST_BUCKETS, System::nanoTime),
            new LocalTimers(),
            new RocksFactLog(database),
            Clock.systemUTC(),
            Keys.in(config.data(), config.sessionKey(), config.previousSessionKey()),
            database::healthy,
            new Metrics());
    deployment.open(config, home, System.out).await();
    System.out.println("The Boutique is ready at http://localhost:" + deployment.port());
    var told = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
    if (told != null) {
      doom.set(Doom.of(told));
      System.out.println("doomed");
    }
  }

  private static Fate fate(Commit commit, AtomicReference<@Nullable Doom> doom) {
    var mine = doom.get();
    return mine != null && mine.is(commit) && doom.compareAndSet(mine, null)
        ? mine.moment().fate
        : Fate.KEPT;
  }
}
