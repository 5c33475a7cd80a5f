package boutique.orders;

import boutique.kernel.store.Recorded;
import boutique.kernel.views.View;
import boutique.language.Event;
import boutique.language.orders.OrderCommand;
import boutique.language.orders.OrderCommand.ResumeChange;
import boutique.language.orders.OrderCommand.ResumeCheckout;
import boutique.language.orders.OrderCommand.ResumeSettlement;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.CheckoutStarted;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderChangeFailed;
import boutique.language.orders.OrderEvent.OrderChangeStarted;
import boutique.language.orders.OrderEvent.OrderChanged;
import boutique.language.orders.OrderEvent.OrderCompleted;
import boutique.language.orders.OrderEvent.OrderCreated;
import boutique.language.orders.OrderEvent.OrderPaid;
import boutique.language.orders.OrderId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps that have begun and not ended: of checkouts, of settlements, of changes. */
public final class Unfinished implements View {
  public static final String NAME = "unfinished-orders";
  private static final String WHAT = "what";
  private static final String SINCE = "since";
  private static final String CHECKOUT = "checkout";
  private static final String SETTLEMENT = "settlement";
  private static final String CHANGE = "change";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rooms() {
    return Set.of("orders");
  }

  @Override
  public @Nullable String key(Recorded recorded, Event event) {
    return switch (event) {
      case CheckoutStarted _,
          CheckoutFailed _,
          OrderCreated _,
          OrderPaid _,
          OrderCompleted _,
          OrderCancelled _,
          OrderChangeStarted _,
          OrderChanged _,
          OrderChangeFailed _ ->
          recorded.stream().key();
      default -> null;
    };
  }

  @Override
  public @Nullable JsonObject fold(@Nullable JsonObject before, Recorded recorded, Event event) {
    return switch (event) {
      case CheckoutStarted _ -> begun(CHECKOUT, recorded);
      case OrderPaid _ -> begun(SETTLEMENT, recorded);
      case OrderChangeStarted _ -> begun(CHANGE, recorded);
      default -> null;
    };
  }

  private static JsonObject begun(String what, Recorded recorded) {
    return new JsonObject().put(WHAT, what).put(SINCE, recorded.at().toString());
  }

  static Instant since(JsonObject document) {
    return Instant.parse(document.getString(SINCE));
  }

  /** What takes it up again. */
  static OrderCommand resume(OrderId order, JsonObject document, Instant now) {
    return switch (document.getString(WHAT)) {
      case SETTLEMENT -> new ResumeSettlement(order, now);
      case CHANGE -> new ResumeChange(order, now);
      default -> new ResumeCheckout(order, now);
    };
  }
}
