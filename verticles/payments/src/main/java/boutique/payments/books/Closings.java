package boutique.payments.books;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.discrepancies.Closing;
import boutique.language.discrepancies.DiscrepancyCommand;
import boutique.language.discrepancies.DiscrepancyEvent;
import boutique.language.discrepancies.DiscrepancyEvent.DiscrepancyClosed;
import boutique.language.discrepancies.DiscrepancyEvent.DiscrepancyReopened;
import boutique.language.users.UserId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines that people have closed, with the figures that they had then, in the list's words. */
public final class Closings implements View {
  public static final String NAME = "closings";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of(DiscrepancyCommand.ROOM);
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return event instanceof DiscrepancyEvent e ? e.discrepancy().value() : null;
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return event instanceof DiscrepancyEvent e
        ? switch (e) {
          case DiscrepancyClosed closed -> document(closed);
          case DiscrepancyReopened _ -> null;
        }
        : before;
  }

  static Closing closing(JsonObject document) {
    return new Closing(
        Findings.figures(document),
        new UserId(document.getString("by")),
        document.getString("reason"),
        Instant.parse(document.getString("at")));
  }

  private static JsonObject document(DiscrepancyClosed closed) {
    return Findings.put(new JsonObject(), closed.figures())
        .put("by", closed.by().value())
        .put("reason", closed.reason())
        .put("at", closed.at().toString());
  }
}
