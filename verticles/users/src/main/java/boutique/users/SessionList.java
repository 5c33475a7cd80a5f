package boutique.users;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.sessions.SessionEvent;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.sessions.SessionEvent.SessionOpened;
import boutique.language.sessions.SessionEvent.SessionRefreshed;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's sessions, each user's by the time at which they began. One whose epoch is lower than
 * that of its account is over too, which only the account knows.
 */
public final class SessionList implements View {
  public static final String NAME = "sessions";
  private static final String OPENED = "openedAt";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("sessions");
  }

  /** Ids of sessions grow with time. */
  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return event instanceof SessionEvent e ? e.user().value() + "/" + e.session().value() : null;
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    if (!(event instanceof SessionEvent of)) {
      return before;
    }
    var document = before == null ? new JsonObject() : before.copy();
    return switch (of) {
      case SessionOpened e ->
          refreshed(document.put(OPENED, e.at().toString()).put("epoch", e.epoch()), e.at());
      case SessionRefreshed e -> refreshed(document, e.at());
      case SessionEnded e ->
          document
              .put("endedAt", e.at().toString())
              .put("because", e.because().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    };
  }

  private static JsonObject refreshed(JsonObject document, Instant at) {
    var opened = Instant.parse(document.getString(OPENED));
    return document
        .put("refreshedAt", at.toString())
        .put("endsAt", Family.end(opened, at).toString());
  }
}
