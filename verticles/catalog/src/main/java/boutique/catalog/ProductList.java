package boutique.catalog;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.inventory.InventoryEvent;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All products with what is left of each, by id: ids grow with time. */
public final class ProductList implements View {
  public static final String NAME = "products";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("catalog", "inventory");
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return switch (event) {
      case ProductCreated e -> e.product().value();
      case InventoryEvent e -> e.product().value();
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    var document = before == null ? new JsonObject() : before.copy();
    return switch (event) {
      case ProductCreated e ->
          document
              .put("title", e.title())
              .put("price", e.price().minor())
              .put("currency", e.price().currency())
              .put("seller", e.seller().value())
              .put("version", recorded.version())
              .put("quantity", document.getLong("quantity", e.quantity()));
      case InventoryEvent e -> document.put("quantity", e.available());
      default -> document;
    };
  }
}
