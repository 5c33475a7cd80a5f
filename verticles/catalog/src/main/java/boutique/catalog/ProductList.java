package boutique.catalog;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.catalog.CatalogEvent.ProductCreated;
import boutique.language.inventory.InventoryEvent;
import boutique.language.inventory.InventoryEvent.LineLeft;
import boutique.language.inventory.InventoryEvent.PolicySet;
import boutique.language.inventory.InventoryEvent.SaleClosed;
import boutique.language.inventory.InventoryEvent.SaleOpened;
import boutique.language.inventory.InventoryEvent.TicketTaken;
import boutique.language.inventory.StockPolicy;
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
      case TicketTaken _, LineLeft _ -> null; // who waits for it changes nothing about it
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
      case PolicySet e -> counted(document.put("policy", e.policy().wireName()), e);
      case SaleOpened e -> counted(document.put("flashSale", true), e);
      case SaleClosed e -> counted(document.put("flashSale", false), e);
      case InventoryEvent e -> counted(document, e);
      default -> document;
    };
  }

  /** How many can be bought now, which is not always what is there. */
  private static JsonObject counted(JsonObject document, InventoryEvent event) {
    var policy =
        StockPolicy.named(document.getString("policy", "")).orElse(StockPolicy.RESERVE_ON_ORDER);
    return document.put("quantity", policy.buyable(event.available()));
  }
}
