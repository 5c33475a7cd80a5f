package boutique.payments.books;

import boutique.kernel.payment.Statement;
import boutique.language.orders.OrderFace;
import boutique.language.payments.PaymentFace;
import org.jspecify.annotations.Nullable;

/**
 * One line of the three books, side by side.
 *
 * @param payment empty where the provider was not told what it was for
 * @param elsewhere whether the payment stands in other books than the provider's: nobody here can
 *     ask what becomes of it
 * @param live whether this shop takes real money
 * @param first what the order is paid with, where theirs is another charge that has money; else
 *     null, and where the provider has never heard of it
 */
record Line(
    String payment,
    Theirs theirs,
    @Nullable PaymentFace ours,
    @Nullable OrderFace order,
    boolean elsewhere,
    boolean live,
    @Nullable First first) {

  /** What the provider has on its books. */
  sealed interface Theirs {

    /** Nobody has looked. */
    record Unasked() implements Theirs {}

    /** It has never heard of such a charge. */
    record None(String reference) implements Theirs {}

    record Has(Statement.Entry entry) implements Theirs {}
  }

  /** Whether the order stays paid without what the provider has beside that. */
  boolean standsWithout() {
    return first != null && ours != null && first.isWhole(ours, live);
  }

  /** Whether nothing can happen to it any more that the provider would not show. */
  boolean isAtRest() {
    return order != null
        && (order.status().equals(OrderFace.COMPLETE) || order.status().equals(OrderFace.CANCELLED))
        && ours != null
        && Comparing.isPaid(ours)
        && !ours.unsettled()
        && theirs instanceof Theirs.Has(var entry)
        && entry.reference().equals(ours.reference());
  }
}
