package boutique.inventory;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryEvent.StockOpened;
import boutique.language.users.UserId;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which products have books, each seller's together. What is in the books, their owner says: so no
 * sale has to be written here too.
 */
public final class StockList implements View {
  public static final String NAME = "stock";

  static String key(UserId seller, ProductId product) {
    return seller.value() + "/" + product.value();
  }

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
    return event instanceof StockOpened e ? key(e.seller(), e.product()) : null;
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return event instanceof StockOpened e
        ? new JsonObject().put("product", e.product().value())
        : before;
  }
}
