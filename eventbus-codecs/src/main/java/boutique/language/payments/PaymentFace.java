package boutique.language.payments;

import boutique.language.Face;
import boutique.language.Money;
import boutique.language.orders.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment, and what the provider is being asked for.
 *
 * @param live whether the last attempt was for real money; without one it says nothing
 * @param attempt the one that is under way; null when there was none
 * @param reference the provider's name of it
 * @param action where or with what the buyer proves who they are: kept nowhere, so only in the
 *     answer to whoever has just had the provider asked
 * @param failure why the last attempt has failed
 * @param aside what there is beside it
 */
public record PaymentFace(
    PaymentId payment,
    OrderId order,
    Sale sale,
    Standing standing,
    boolean live,
    @Nullable Attempt attempt,
    @Nullable String reference,
    @Nullable String action,
    @Nullable String failure,
    List<Refund> refunds,
    Aside aside)
    implements Face {
  /** The name of a charge of nothing, for which nobody is asked. */
  public static final String FREE = "free";

  public PaymentFace {
    refunds = List.copyOf(refunds);
  }

  public PaymentFace acting(String with) {
    return new PaymentFace(
        payment, order, sale, standing, live, attempt, reference, with, failure, refunds, aside);
  }

  /** What was given back. */
  public Money refunded() {
    return refunds.stream()
        .filter(refund -> refund.standing() == Refund.Standing.DONE)
        .map(Refund::amount)
        .reduce(new Money(0, sale.amount().currency()), Money::plus);
  }

  /** What of it was lost in disputes: its payer has it back, and nobody has given it back. */
  public Money lost() {
    return aside.lost(sale.amount().currency());
  }

  /** Whether there is something to ask the provider. */
  public boolean unsettled() {
    return switch (standing) {
      case PROCESSING, ACTION_REQUIRED, CAPTURING, CANCELLING -> true;
      case PAID, PARTIALLY_REFUNDED, REFUNDED -> refunds.stream().anyMatch(Refund::isUnderWay);
      case OPEN, AUTHORIZED, FAILED, CANCELLED -> false;
    };
  }
}
