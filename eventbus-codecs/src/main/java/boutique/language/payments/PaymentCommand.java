package boutique.language.payments;

import boutique.language.Command;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be asked of the payment of an order. Every command is harmless when repeated. */
public sealed interface PaymentCommand extends Command {
  String ROOM = "payments";

  OrderId order();

  @Override
  default StreamId stream() {
    return PaymentId.of(order()).stream();
  }

  /** Opens a payment, with which the buyer may pay afterwards. */
  record OpenPayment(OrderId order, UserId by, Instant at) implements PaymentCommand {}

  /**
   * Pays. The answer comes when the provider's is known, or when it is not known in time.
   *
   * @param method a token or payment method of the provider's
   */
  record PayOrder(OrderId order, UserId by, String method, boolean captureLater, Instant at)
      implements PaymentCommand {}

  /** Says that the buyer has proved who they are, where the provider wanted that. */
  record ProvePayer(OrderId order, UserId by, Instant at) implements PaymentCommand {}

  /**
   * Writes down what is to be paid, before the provider is asked.
   *
   * @param method null when the payment is only opened
   * @param payable whether another try could be begun when somebody looked
   * @param over whether the order was cancelled then: what is still under way is not for it
   */
  record RequestPayment(
      OrderId order,
      Sale sale,
      @Nullable String method,
      boolean captureLater,
      boolean live,
      boolean payable,
      boolean over,
      Instant at)
      implements PaymentCommand {}

  /** Takes money that is held. */
  record CapturePayment(OrderId order, Instant at) implements PaymentCommand {}

  /** Calls a payment off that has not taken any money. */
  record CancelPayment(OrderId order, Instant at) implements PaymentCommand {}

  /**
   * The time for its order is over: what is under way is called off, if it can be. A capture that
   * was asked for is left alone, as the order is bought if it succeeds.
   */
  record AbandonPayment(OrderId order, Instant at) implements PaymentCommand {}

  /**
   * Its order is over: what is under way is called off, and so is a capture of which nobody knows
   * whether it was made. If it was, the provider says so, and the money goes back.
   */
  record WithdrawPayment(OrderId order, Instant at) implements PaymentCommand {}

  /** Gives back all that is left of the money, once. */
  record RefundPayment(OrderId order, PaymentId payment, String why, Instant at)
      implements PaymentCommand {}

  /**
   * Gives back a part of the money.
   *
   * @param refund makes it the same refund when it is asked for again
   * @param amount null for all that is left
   */
  record RefundPart(OrderId order, String refund, @Nullable Money amount, String why, Instant at)
      implements PaymentCommand {}

  /**
   * Gives back what goods have cost that came back, as far as it is left. Nobody waits for it who
   * could be refused: a bank, or somebody else, may have given that money back before.
   *
   * @param refund the request with which they came back
   */
  record RefundReturn(OrderId order, String refund, Money amount, Instant at)
      implements PaymentCommand {}

  /**
   * Gives a second charge for the same order back, whole and once: one that was asked for under a
   * key of ours, and is not the one that counts.
   *
   * @param key under which it was charged
   */
  record ReturnSurplus(OrderId order, String charge, String key, Money amount, Instant at)
      implements PaymentCommand {}

  /**
   * The provider has told of something without saying what has come of it: a reason to ask.
   *
   * @param notice the provider's name of the message
   */
  record HearNotice(OrderId order, String notice, Instant at) implements PaymentCommand {}

  /**
   * Money is owed of a payment that stands in other books than the provider's: that is written, and
   * that it does not go back from here, so that people see to it.
   *
   * @param refund by which name this part goes back; null where it is the rest
   * @param amount null for all that is left
   */
  record OweRefund(
      OrderId order, @Nullable String refund, @Nullable Money amount, String why, Instant at)
      implements PaymentCommand {}

  /** Takes up what is not settled. */
  record ResumePayment(OrderId order, Instant at) implements PaymentCommand {}

  /**
   * Says what has become of the attempt with this key.
   *
   * @param notice the provider's name of the message that says so; null when it was asked
   */
  record RecordOutcome(
      OrderId order, String key, Outcome outcome, @Nullable String notice, Instant at)
      implements PaymentCommand {}

  /**
   * The provider has given money back: it says so when it is asked. Its messages about what goes
   * back are believed by nobody.
   */
  record RecordRefund(OrderId order, String refund, Money amount, String reference, Instant at)
      implements PaymentCommand {}

  /** The provider will not give that money back. */
  record RecordDeniedRefund(OrderId order, String refund, String code, Instant at)
      implements PaymentCommand {}

  /** The provider gives money back, and does not know yet whether it arrives. */
  record RecordPendingRefund(
      OrderId order, String refund, Money amount, String reference, Instant at)
      implements PaymentCommand {}

  /** A refund that the provider has begun, or even done, has failed. */
  record RecordFailedRefund(
      OrderId order, String refund, Money amount, String reference, String code, Instant at)
      implements PaymentCommand {}

  /**
   * The provider says of a dispute how it stands.
   *
   * @param charge what is disputed, by the provider's name of it
   */
  record RecordDispute(
      OrderId order, String charge, Dispute dispute, @Nullable String notice, Instant at)
      implements PaymentCommand {}

  /**
   * The provider answers this key with the same failure for ever, and has done nothing under it:
   * the next question is asked under another.
   */
  record RenewKey(OrderId order, String key, Instant at) implements PaymentCommand {}
}
