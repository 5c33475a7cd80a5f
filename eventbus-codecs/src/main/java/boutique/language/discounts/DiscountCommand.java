package boutique.language.discounts;

import boutique.language.Command;
import boutique.language.StreamId;
import boutique.language.orders.OrderId;
import boutique.language.pricing.Rule;
import boutique.language.users.UserId;
import java.time.Instant;

/** What may be asked of a voucher. Every command is harmless when repeated. */
public sealed interface DiscountCommand extends Command {
  String ROOM = "discounts";

  VoucherCode code();

  @Override
  default StreamId stream() {
    return code().stream();
  }

  record CreateVoucher(VoucherCode code, Terms terms, Instant at) implements DiscountCommand {}

  /** Gives it other terms, from now on; what was redeemed stays as it was. */
  record ChangeVoucher(VoucherCode code, Terms terms, Instant at) implements DiscountCommand {}

  /** Lets nobody use it any more. */
  record DeleteVoucher(VoucherCode code, Instant at) implements DiscountCommand {}

  /**
   * Uses it for an order.
   *
   * @param rule what the order was priced with: it is refused if that is not what it says now
   */
  record RedeemVoucher(VoucherCode code, Rule rule, OrderId order, UserId user, Instant at)
      implements DiscountCommand {}

  /** Gives it back, because the order has come to nothing. */
  record ReleaseVoucher(VoucherCode code, OrderId order, Instant at) implements DiscountCommand {}
}
