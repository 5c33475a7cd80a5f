package boutique.discounts;

import boutique.kernel.room.Room;
import boutique.language.Command;
import boutique.language.Event;
import boutique.language.discounts.DiscountCommand;
import boutique.language.discounts.DiscountCommand.ReleaseVoucher;
import boutique.language.discounts.DiscountEvent;
import boutique.language.orders.OrderEvent.CheckoutFailed;
import boutique.language.orders.OrderEvent.OrderCalledOff;
import boutique.language.orders.OrderEvent.OrderCancelled;
import boutique.language.orders.OrderEvent.OrderChanged;
import java.util.List;
import java.util.Set;

/** The discounts room, put together. */
public final class DiscountRoom {
  /** Whose facts it hears. */
  public static final Set<String> HEARS = Set.of("orders");

  public static final Room<DiscountCommand, Voucher, DiscountEvent> ROOM =
      new Room<>(
              DiscountCommand.ROOM,
              DiscountCommand.class,
              new VoucherDecider(),
              new VoucherPortrait())
          .keeping(
              new Room.Snapshot<>(
                  "voucher.1",
                  Voucher.Written.class,
                  Voucher.Written::of,
                  Voucher.Written::voucher));

  private DiscountRoom() {}

  /** What it does because of what it hears. */
  public static List<? extends Command> reactions(Event event) {
    return switch (event) {
      case CheckoutFailed e ->
          e.vouchers().stream()
              .map(code -> new ReleaseVoucher(code, e.order(), e.failedAt()))
              .toList();
      case OrderCancelled e ->
          e.vouchers().stream()
              .map(code -> new ReleaseVoucher(code, e.order(), e.cancelledAt()))
              .toList();
      case OrderCalledOff e ->
          e.vouchers().stream().map(code -> new ReleaseVoucher(code, e.order(), e.at())).toList();
      case OrderChanged e ->
          e.released().stream().map(code -> new ReleaseVoucher(code, e.order(), e.at())).toList();
      default -> List.of();
    };
  }
}
