package boutique.orders;

import boutique.language.Money;
import boutique.language.payments.PaymentId;
import java.util.ArrayList;
import java.util.List;

/**
 * The money that has come for an order, what of it has gone back, and what is lost.
 *
 * @param reversed refunds that have come back: none of them ever counts again
 * @param lost what the payer has back from their bank, though nobody has given it back
 * @param disputes in which that was decided
 */
record Bill(
    PaymentId payment,
    Money amount,
    Money refunded,
    List<String> refunds,
    List<String> reversed,
    Money lost,
    List<String> disputes) {
  Bill {
    refunds = List.copyOf(refunds);
    reversed = List.copyOf(reversed);
    disputes = List.copyOf(disputes);
  }

  static Bill of(PaymentId payment, Money amount) {
    var nothing = new Money(0, amount.currency());
    return new Bill(payment, amount, nothing, List.of(), List.of(), nothing, List.of());
  }

  Bill refunded(String refund, Money back) {
    return new Bill(
        payment, amount, refunded.plus(back), with(refunds, refund), reversed, lost, disputes);
  }

  Bill reversed(String refund, Money here) {
    var left = refunds.stream().filter(one -> !one.equals(refund)).toList();
    return new Bill(
        payment, amount, refunded.minus(here), left, with(reversed, refund), lost, disputes);
  }

  Bill lost(String dispute, Money gone) {
    return new Bill(
        payment, amount, refunded, refunds, reversed, lost.plus(gone), with(disputes, dispute));
  }

  /**
   * Whether nothing of it is left: all of it has gone back, or is lost. Of nothing, nothing is gone
   * as long as nobody gave it back.
   */
  boolean isGone() {
    return (!refunds.isEmpty() || !disputes.isEmpty())
        && refunded.plus(lost).minor() >= amount.minor();
  }

  /** Whether all of it has gone back. Of nothing, nothing has as long as nobody gave it back. */
  boolean isSettled() {
    return !refunds.isEmpty() && refunded.minor() >= amount.minor();
  }

  String status() {
    if (refunded.minor() == 0) {
      return "paid";
    }
    return isSettled() ? "refunded" : "partially-refunded";
  }

  private static List<String> with(List<String> some, String one) {
    var all = new ArrayList<>(some);
    all.add(one);
    return all;
  }
}
