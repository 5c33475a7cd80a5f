package boutique.inventory;

import boutique.kernel.store.Recorded;
import boutique.kernel.store.TimeKey;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.catalog.ProductId;
import boutique.language.inventory.InventoryCommand;
import boutique.language.inventory.InventoryCommand.LapseHold;
import boutique.language.inventory.InventoryCommand.LapseReservation;
import boutique.language.inventory.InventoryEvent.HoldEnded;
import boutique.language.inventory.InventoryEvent.ShopperAdmitted;
import boutique.language.inventory.InventoryEvent.StockAllocated;
import boutique.language.inventory.InventoryEvent.StockHeld;
import boutique.language.inventory.InventoryEvent.StockKept;
import boutique.language.inventory.InventoryEvent.StockLapsed;
import boutique.language.inventory.InventoryEvent.StockReleased;
import boutique.language.inventory.InventoryEvent.StockReserved;
import boutique.language.orders.OrderId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Until when stock is kept for each order and each cart, the nearest first. */
public final class HoldDeadlines implements View {
  public static final String NAME = "hold-deadlines";
  private static final String ORDER = "order";
  private static final String CART = "cart";

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
      case StockReserved e -> key(e.until(), ORDER, e.product(), e.order().value());
      case StockReleased e -> key(e.until(), ORDER, e.product(), e.order().value());
      case StockLapsed e -> key(e.until(), ORDER, e.product(), e.order().value());
      case StockKept e -> key(e.until(), ORDER, e.product(), e.order().value());
      case StockAllocated e -> key(e.until(), ORDER, e.product(), e.order().value());
      case StockHeld e -> key(e.until(), CART, e.product(), e.cart());
      case ShopperAdmitted e -> key(e.until(), CART, e.product(), e.shopper().value());
      case HoldEnded e -> key(e.until(), CART, e.product(), e.cart());
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return switch (event) {
      case StockReserved _, StockHeld _, ShopperAdmitted _ -> new JsonObject();
      default -> null;
    };
  }

  static Instant deadline(String key) {
    return TimeKey.time(key);
  }

  /** What is to be asked when the deadline of this key is over. */
  static InventoryCommand lapse(String key, Instant now) {
    var parts = TimeKey.rest(key).split("/");
    var product = new ProductId(parts[1]);
    return parts[0].equals(CART)
        ? new LapseHold(product, parts[2], now)
        : new LapseReservation(product, new OrderId(parts[2]), now);
  }

  private static @Nullable String key(
      @Nullable Instant until, String kind, ProductId product, String whose) {
    return until == null ? null : String.join("/", TimeKey.of(until), kind, product.value(), whose);
  }
}
