package boutique.discounts;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.codec.Json;
import boutique.language.discounts.DiscountCommand;
import boutique.language.discounts.DiscountEvent;
import boutique.language.discounts.DiscountEvent.DiscountApplied;
import boutique.language.discounts.DiscountEvent.DiscountChanged;
import boutique.language.discounts.DiscountEvent.DiscountCreated;
import boutique.language.discounts.DiscountEvent.DiscountDeleted;
import boutique.language.discounts.DiscountEvent.DiscountReleased;
import boutique.language.discounts.Terms;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All vouchers that can be used, by their code. */
public final class VoucherList implements View {
  public static final String NAME = "vouchers";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of(DiscountCommand.ROOM);
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return event instanceof DiscountEvent e ? e.code().value() : null;
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    if (before == null && !(event instanceof DiscountCreated)) {
      return null; // given back after it was deleted
    }
    var document = before == null ? new JsonObject() : before.copy();
    return switch (event) {
      case DiscountCreated e ->
          at(recorded, document.put("used", 0L).put("createdAt", e.at().toString()))
              .put("terms", written(e.terms()));
      case DiscountChanged e -> at(recorded, document).put("terms", written(e.terms()));
      case DiscountDeleted _ -> null;
      case DiscountApplied e -> at(recorded, document).put("used", e.used());
      case DiscountReleased e -> at(recorded, document).put("used", e.used());
      default -> document;
    };
  }

  private static JsonObject at(Recorded recorded, JsonObject document) {
    return document.put("version", recorded.version());
  }

  private static JsonObject written(Terms terms) {
    return new JsonObject(Buffer.buffer(Json.encode(terms)));
  }
}
