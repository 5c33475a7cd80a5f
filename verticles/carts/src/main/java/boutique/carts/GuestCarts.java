package boutique.carts;

import boutique.kernel.store.Recorded;
import boutique.kernel.store.TimeKey;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.carts.CartEvent.CartForgotten;
import boutique.language.carts.CartEvent.CartHandedOver;
import boutique.language.carts.CartEvent.CartUpdated;
import boutique.language.carts.CartEvent.CartVouchersChanged;
import boutique.language.carts.CartId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When each guest's cart was last used, those that were opened first before the others. */
public final class GuestCarts implements View {
  public static final String NAME = "guest-carts";
  private static final String USED = "used";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("carts");
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return switch (event) {
      case CartUpdated e -> e.cart().isGuests() ? key(e.openedAt(), e.cart()) : null;
      case CartVouchersChanged e -> e.cart().isGuests() ? key(e.openedAt(), e.cart()) : null;
      case CartHandedOver e -> key(e.openedAt(), e.cart());
      case CartForgotten e -> key(e.openedAt(), e.cart());
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return switch (event) {
      case CartUpdated e -> used(e.at());
      case CartVouchersChanged e -> used(e.at());
      default -> null;
    };
  }

  private static JsonObject used(Instant at) {
    return new JsonObject().put(USED, at.toEpochMilli());
  }

  static Instant opened(String key) {
    return TimeKey.time(key);
  }

  static CartId cart(String key) {
    return new CartId(TimeKey.rest(key));
  }

  static Instant used(JsonObject document) {
    return Instant.ofEpochMilli(document.getLong(USED));
  }

  private static String key(Instant opened, CartId cart) {
    return TimeKey.of(opened) + "/" + cart.value();
  }
}
