package boutique.launcher;

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
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A shop whose process dies at a step: the first time that it writes such an event. It is put
 * together as the real one is, on a store that knows its fate; in the real one there is nothing of
 * the kind.
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

  /** The event's wire name, the moment, then the flags of the shop. */
  public static void main(String[] arguments) throws DataUnusable {
    var home = Path.of(System.getProperty("boutique.home"));
    var flags = Arrays.asList(arguments).subList(2, arguments.length);
    var config = ConfigSources.read(home, Map.of(), flags);
    var database = RocksDatabase.open(config.data());
    var vertx = Vertx.vertx();
    RecordCodec.register(vertx.eventBus());
    var moment = Moment.valueOf(arguments[1]);
    var done = new AtomicBoolean();
    var store =
        new Fated(
            new RocksEventStore(database),
            commit ->
                writes(commit, arguments[0]) && done.compareAndSet(false, true)
                    ? moment.fate
                    : Fate.KEPT);
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
            database::healthy);
    deployment.open(config, home, System.out).await();
    System.out.println("The Boutique is ready at http://localhost:" + deployment.port());
  }

  private static boolean writes(Commit commit, String type) {
    return commit.events().stream().anyMatch(event -> event.type().equals(type));
  }
}
