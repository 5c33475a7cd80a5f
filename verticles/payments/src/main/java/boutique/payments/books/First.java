package boutique.payments.books;

import boutique.kernel.payment.Statement.Disputed;
import boutique.kernel.payment.Statement.Entry;
import boutique.kernel.payment.Statement.Verdict;
import boutique.language.Money;
import boutique.language.payments.PaymentFace;
import boutique.language.payments.Refund;
import java.util.List;

/**
 * The charge that an order counts as paid with, as the provider has it, where it has taken money
 * for that order once more. As long as this one is whole, the other is one too many; else it may be
 * all that the goods are paid with.
 */
record First(Entry entry, List<Disputed> disputes) {
  First {
    disputes = List.copyOf(disputes);
  }

  /** All of its money is here, and is left here, but for what was given back from here. */
  boolean isWhole(PaymentFace ours, boolean live) {
    return entry.reference().equals(ours.reference())
        && entry.taken().equals(ours.sale().amount())
        && !entry.isHeld()
        && entry.live() == live
        && entry.returned().equals(givenBack(ours))
        && disputes.stream().allMatch(one -> one.verdict() == Verdict.OURS);
  }

  private static Money givenBack(PaymentFace ours) {
    return ours.refunds().stream()
        .filter(one ->
            one.standing() == Refund.Standing.DONE || one.standing() == Refund.Standing.PENDING)
        .filter(one -> !isFromOutside(one))
        .map(Refund::amount)
        .reduce(new Money(0, ours.sale().amount().currency()), Money::plus);
  }

  /** What was begun elsewhere has no key but the provider's name of it. */
  private static boolean isFromOutside(Refund refund) {
    return refund.key().equals(refund.reference());
  }
}
