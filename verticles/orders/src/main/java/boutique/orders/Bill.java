package boutique.orders;

import boutique.language.Money;
import boutique.language.payments.PaymentId;
import java.util.ArrayList;
import java.util.List;

/**
 * The money that has come for an order, and what of it has gone back.
 *
 * @param reversed refunds that have come back: none of them ever counts again
 */
record Bill(
    PaymentId payment, Money amount, Money refunded, List<String> refunds, List<String> reversed) {
  Bill {
    refunds = List.copyOf(refunds);
    reversed = List.copyOf(reversed);
  }

  static Bill of(PaymentId payment, Money amount) {
    return new Bill(payment, amount, new Money(0, amount.currency()), List.of(), List.of());
  }

  Bill refunded(String refund, Money back) {
    return new Bill(payment, amount, refunded.plus(back), with(refunds, refund), reversed);
  }

  Bill reversed(String refund, Money here) {
    var left = refunds.stream().filter(one -> !one.equals(refund)).toList();
    return new Bill(payment, amount, refunded.minus(here), left, with(reversed, refund));
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
