package boutique.orders;

import boutique.language.Money;
import boutique.language.payments.PaymentId;
import java.util.ArrayList;
import java.util.List;

/** The money that has come for an order, and what of it has gone back. */
record Bill(PaymentId payment, Money amount, Money refunded, List<String> refunds) {
  Bill {
    refunds = List.copyOf(refunds);
  }

  static Bill of(PaymentId payment, Money amount) {
    return new Bill(payment, amount, new Money(0, amount.currency()), List.of());
  }

  Bill refunded(String refund, Money back) {
    var all = new ArrayList<>(refunds);
    all.add(refund);
    return new Bill(payment, amount, refunded.plus(back), all);
  }

  /** All of it has gone back; where nothing had to be paid, nothing has. */
  boolean isSettled() {
    return !refunds.isEmpty() && refunded.minor() >= amount.minor();
  }

  String status() {
    if (refunded.minor() == 0) {
      return "paid";
    }
    return isSettled() ? "refunded" : "partially-refunded";
  }
}
