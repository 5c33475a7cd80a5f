package boutique.inventory;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.inventory.InventoryEvent.StockLow;
import boutique.language.inventory.InventoryEvent.StockRecovered;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The products of which few are left, each seller's together, and since when. */
public final class LowStock implements View {
  public static final String NAME = "low-stock";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("inventory");
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return switch (event) {
      case StockLow e -> StockList.key(e.seller(), e.product());
      case StockRecovered e -> StockList.key(e.seller(), e.product());
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return event instanceof StockLow low
        ? new JsonObject().put("product", low.product().value()).put("since", low.at().toString())
        : null;
  }
}
