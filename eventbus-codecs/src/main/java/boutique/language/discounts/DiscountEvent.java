package boutique.language.discounts;

import boutique.language.Event;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Instant;

/** What has happened to a voucher. */
public sealed interface DiscountEvent extends Event {
  VoucherCode code();

  record DiscountCreated(VoucherCode code, Terms terms, Instant at) implements DiscountEvent {}

  record DiscountChanged(VoucherCode code, Terms terms, Instant at) implements DiscountEvent {}

  record DiscountDeleted(VoucherCode code, Instant at) implements DiscountEvent {}

  /**
   * An order uses it.
   *
   * @param used by how many orders it is used now
   */
  record DiscountApplied(VoucherCode code, OrderId order, UserId user, long used, Instant at)
      implements DiscountEvent {}

  record DiscountReleased(VoucherCode code, OrderId order, UserId user, long used, Instant at)
      implements DiscountEvent {}
}
