package boutique.orders;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderFace;
import boutique.language.orders.Returned;
import boutique.language.orders.Shipment;
import boutique.language.payments.PaymentId;
import boutique.orders.Order.Absent;
import boutique.orders.Order.Bought;
import boutique.orders.Order.Cancelled;
import boutique.orders.Order.Changing;
import boutique.orders.Order.CheckingOut;
import boutique.orders.Order.Complete;
import boutique.orders.Order.Confirmed;
import boutique.orders.Order.Delivered;
import boutique.orders.Order.Failed;
import boutique.orders.Order.GivenBack;
import boutique.orders.Order.Open;
import boutique.orders.Order.Paid;
import boutique.orders.Order.Placed;
import boutique.orders.Order.Return;
import boutique.orders.Order.Shipped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The three words that people hear of an order's stage. */
final class Stages {
  static final String NONE = "none";
  private static final String AWAITING = "awaiting";

  private Stages() {}

  static String status(Order order) {
    return switch (order) {
      case Absent _, Failed _ -> "absent";
      case CheckingOut _ -> OrderFace.CHECKING_OUT;
      case Open _, Changing _, Paid _ -> OrderFace.CREATED;
      case Complete _ -> OrderFace.COMPLETE;
      case Cancelled _ -> OrderFace.CANCELLED;
    };
  }

  static String payment(Order order) {
    return switch (order) {
      case Absent _, Failed _, CheckingOut _, Changing _ -> AWAITING;
      case Open(var _, var paying) ->
          paying != null && paying.authorized() ? OrderFace.AUTHORIZED : AWAITING;
      case Paid paid -> paid.bill().status();
      case Complete complete -> complete.bill().status();
      case Cancelled(var _, var _, var bill, var _) -> bill == null ? AWAITING : bill.status();
    };
  }

  static String fulfilment(Order order) {
    return switch (order) {
      case Absent _, Failed _, CheckingOut _, Open _, Changing _, Paid _, Cancelled _, Bought _ ->
          NONE;
      case Confirmed _ -> "confirmed";
      case Shipped _ -> "shipped";
      case Delivered _ -> "delivered";
      case GivenBack _ -> "returned";
    };
  }

  /** Null where there is none. */
  static @Nullable Placed placed(Order order) {
    return switch (order) {
      case Absent _ -> null;
      case CheckingOut(var placed) -> placed;
      case Failed(var placed, var _) -> placed;
      case Open(var placed, var _) -> placed;
      case Changing(var placed, var _) -> placed;
      case Paid(var placed, var _) -> placed;
      case Complete complete -> complete.placed();
      case Cancelled(var placed, var _, var _, var _) -> placed;
    };
  }

  static @Nullable Instant payingUntil(Order order) {
    return switch (order) {
      case Open(var _, var paying) -> paying == null ? null : paying.until();
      case Cancelled cancelled -> cancelled.heldUntil();
      case Absent _, CheckingOut _, Failed _, Changing _, Paid _, Complete _ -> null;
    };
  }

  /** Until when the money may be captured that is held for it, or was when it was cancelled. */
  static @Nullable Instant captureUntil(Order order) {
    return payment(order).equals(OrderFace.AUTHORIZED) || order instanceof Cancelled
        ? payingUntil(order)
        : null;
  }

  static @Nullable PaymentId paidWith(Order order) {
    var bill = bill(order);
    return bill == null ? null : bill.payment();
  }

  /** Null where nothing is. */
  static @Nullable Money lost(Order order) {
    var bill = bill(order);
    return bill == null || bill.lost().minor() == 0 ? null : bill.lost();
  }

  private static @Nullable Bill bill(Order order) {
    return switch (order) {
      case Absent _, CheckingOut _, Failed _, Open _, Changing _ -> null;
      case Paid(var _, var bill) -> bill;
      case Complete complete -> complete.bill();
      case Cancelled(var _, var _, var bill, var _) -> bill;
    };
  }

  static @Nullable Shipment shipment(Order order) {
    return switch (order) {
      case Shipped(var _, var _, var shipment) -> shipment;
      case Delivered(var _, var _, var shipment, var _) -> shipment;
      case GivenBack(var _, var _, var shipment, var _) -> shipment;
      case Absent _,
          CheckingOut _,
          Failed _,
          Open _,
          Changing _,
          Paid _,
          Cancelled _,
          Bought _,
          Confirmed _ ->
          null;
    };
  }

  /** How many came back of each product. */
  static List<Returned> returned(Order order) {
    var sums = new LinkedHashMap<ProductId, Long>();
    for (var one : returns(order)) {
      one.items().forEach(item -> sums.merge(item.product(), item.quantity(), Math::addExact));
    }
    return sums.entrySet().stream().map(sum -> new Returned(sum.getKey(), sum.getValue())).toList();
  }

  private static List<Return> returns(Order order) {
    return switch (order) {
      case Delivered(var _, var _, var _, var returns) -> returns;
      case GivenBack(var _, var _, var _, var returns) -> returns;
      case Absent _,
          CheckingOut _,
          Failed _,
          Open _,
          Changing _,
          Paid _,
          Cancelled _,
          Bought _,
          Confirmed _,
          Shipped _ ->
          List.of();
    };
  }
}
