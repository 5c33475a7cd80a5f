package boutique.users;

import boutique.kernel.feed.Feed;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.TimeKey;
import boutique.kernel.store.Views;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Delete;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.users.UserEvent.EndsSessions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Set;

/**
 * What has ended lately, by the time at which it did: as long as a token may still be about that
 * does not know it. A gateway that starts reads it from there. Each entry takes old ones out.
 */
public final class RevocationBook implements Feed.Listener {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("users", "sessions");

  public static final String NAME = "revocations";
  static final Duration KEPT = Duration.ofMinutes(16);
  private static final int SWEPT_AT_ONCE = 16;

  private final Views views;
  private final InstantSource clock;

  public RevocationBook(Views views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  @Override
  public Future<Void> hear(Recorded recorded) {
    return switch (recorded.event()) {
      case SessionEnded e ->
          note(
              key(e.at(), e.session().value()),
              e.at(),
              new JsonObject()
                  .put("user", e.user().value())
                  .put("session", e.session().value())
                  .put("epoch", 0));
      case EndsSessions e ->
          note(
              key(e.at(), e.user().value()),
              e.at(),
              new JsonObject().put("user", e.user().value()).put("epoch", e.epoch()));
      default -> Future.succeededFuture();
    };
  }

  private Future<Void> note(String key, Instant at, JsonObject entry) {
    var oldest = clock.instant().minus(KEPT);
    return at.isBefore(oldest)
        ? Future.succeededFuture() // no token can be that old
        : views
            .scan(NAME, Page.first("", SWEPT_AT_ONCE))
            .compose(entries -> {
              var changes = new ArrayList<Change>();
              changes.add(new Put(NAME, key, entry));
              entries.stream()
                  .map(Views.Entry::key)
                  .filter(old -> old.compareTo(TimeKey.of(oldest)) < 0)
                  .forEach(old -> changes.add(new Delete(NAME, old)));
              return views.write(changes);
            });
  }

  private static String key(Instant at, String whose) {
    return TimeKey.of(at) + "/" + whose;
  }
}
