package boutique.invariants;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksEventStore;
import boutique.kernel.store.EventStore;
import boutique.kernel.store.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The facts in a store, each stream's in order. */
public final class Facts {
  private static final int PAGE = 1_000;
  private static final long PATIENCE_SECONDS = 60;

  private Facts() {}

  /** Looks into the store of a shop that is closed, or was killed. */
  public static <T> T in(Path data, Function<EventStore, T> look) throws Exception {
    var database = RocksDatabase.open(data);
    try {
      return look.apply(new RocksEventStore(database));
    } finally {
      database.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  public static List<Recorded> of(EventStore store, String room) {
    var facts = new ArrayList<Recorded>();
    var page = store.scan(room, null, PAGE).await();
    while (!page.isEmpty()) {
      page.forEach(commit -> facts.addAll(commit.events()));
      page = store.scan(room, page.getLast().key(), PAGE).await();
    }
    return facts;
  }
}
