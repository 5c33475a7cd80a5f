package boutique.language.payments;

import boutique.language.Event;
import boutique.language.Money;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;

/** What has happened to the payment of an order. */
public sealed interface PaymentEvent extends Event {
  OrderId order();

  PaymentId payment();

  Instant at();

  /** The buyer may pay. */
  record PaymentOpened(OrderId order, PaymentId payment, Sale sale, Instant at)
      implements PaymentEvent {}

  /** The intent: written, with its key, before the provider is asked for the first time. */
  record PaymentRequested(OrderId order, PaymentId payment, Sale sale, Attempt attempt, Instant at)
      implements PaymentEvent {}

  /**
   * The buyer has to prove who they are.
   *
   * @param action what they have to do, in a word of ours: where or with what they do it is a
   *     secret of theirs and the provider's, and is asked for when they ask. Earlier ones may hold
   *     it, which nobody reads.
   */
  record PaymentChallenged(
      OrderId order, PaymentId payment, String reference, String action, Instant at)
      implements PaymentEvent {}

  /** The money is held. */
  record PaymentAuthorized(
      OrderId order, PaymentId payment, String reference, Money amount, Instant at)
      implements PaymentEvent {}

  record CaptureRequested(OrderId order, PaymentId payment, Instant at) implements PaymentEvent {}

  /**
   * The money is ours.
   *
   * @param items what was bought with it
   * @param reference the provider's name of it
   */
  record PaymentCreated(
      OrderId order,
      PaymentId payment,
      UserId buyer,
      Money amount,
      List<OrderLine> items,
      String reference,
      Instant at)
      implements PaymentEvent {
    public PaymentCreated {
      items = List.copyOf(items);
    }
  }

  /** This attempt has taken no money, and never will; the buyer may try again. */
  record PaymentFailed(OrderId order, PaymentId payment, String code, Instant at)
      implements PaymentEvent {}

  record CancelRequested(OrderId order, PaymentId payment, Instant at) implements PaymentEvent {}

  /** It was called off, and no money was taken; or all that was taken has gone back. */
  record PaymentCancelled(OrderId order, PaymentId payment, Instant at) implements PaymentEvent {}

  /** Money is to be given back: written, with its key, before the provider is asked. */
  record RefundRequested(
      OrderId order,
      PaymentId payment,
      String refund,
      String key,
      Money amount,
      String why,
      Instant at)
      implements PaymentEvent {}

  /** Money was given back. */
  record RefundCreated(
      OrderId order, PaymentId payment, String refund, Money amount, String reference, Instant at)
      implements PaymentEvent {}

  /** The provider will not give it back. */
  record RefundFailed(
      OrderId order, PaymentId payment, String refund, Money amount, String code, Instant at)
      implements PaymentEvent {}

  /** The provider gives it back, and does not know yet whether it arrives. */
  record RefundPending(
      OrderId order, PaymentId payment, String refund, Money amount, String reference, Instant at)
      implements PaymentEvent {}

  /** Money that was given back has come back to the provider: it has not reached the payer. */
  record RefundReversed(
      OrderId order,
      PaymentId payment,
      String refund,
      Money amount,
      String reference,
      String code,
      Instant at)
      implements PaymentEvent {}

  /**
   * A second charge for the same order is to be given back: written, with its key, before the
   * provider is asked. With this it is in our books, until it has gone back.
   */
  record SurplusReturnRequested(
      OrderId order, PaymentId payment, String charge, String key, Money amount, Instant at)
      implements PaymentEvent {}

  /** It was given back. */
  record SurplusReturned(
      OrderId order, PaymentId payment, String charge, Money amount, String reference, Instant at)
      implements PaymentEvent {}

  /** It was refused, or has come back: it is still with the provider. */
  record SurplusReturnFailed(
      OrderId order, PaymentId payment, String charge, Money amount, String code, Instant at)
      implements PaymentEvent {}

  /**
   * The payer has told their bank that the charge is wrong.
   *
   * @param dispute the provider's name of it
   * @param reason in the provider's words
   */
  record PaymentDisputed(
      OrderId order, PaymentId payment, String dispute, Money amount, String reason, Instant at)
      implements PaymentEvent {}

  /**
   * It was decided whose the money is.
   *
   * @param won whether it is ours
   */
  record DisputeClosed(
      OrderId order, PaymentId payment, String dispute, Money amount, boolean won, Instant at)
      implements PaymentEvent {}

  /**
   * A dispute of the charge that counts is lost: its payer has the money back, from their bank.
   *
   * @param dispute the provider's name of it
   * @param charge the provider's name of what was paid with
   */
  record PaymentLost(
      OrderId order, PaymentId payment, String dispute, String charge, Money amount, Instant at)
      implements PaymentEvent {}

  /**
   * A dispute is lost of a charge of which nobody here knows that it was taken. If it turns out to
   * be what was paid with, {@link PaymentLost} follows in the commit that says so.
   *
   * @param dispute the provider's name of it
   * @param charge the provider's name of what was disputed
   */
  record ChargeLost(
      OrderId order, PaymentId payment, String dispute, String charge, Money amount, Instant at)
      implements PaymentEvent {}

  /** The provider has done nothing under the first key, and never will. */
  record KeyRenewed(OrderId order, PaymentId payment, String key, String next, Instant at)
      implements PaymentEvent {}

  /** A message of the provider's had an effect: the one that stands beside it in this commit. */
  record NoticeTaken(OrderId order, PaymentId payment, String notice, Instant at)
      implements PaymentEvent {}

  /** A message of the provider's is a reason to ask it, and nobody has done so yet. */
  record NoticeHeard(OrderId order, PaymentId payment, String notice, Instant at)
      implements PaymentEvent {}

  /** The provider says something that does not fit: nothing is done about it but to tell. */
  record PaymentQuestioned(
      OrderId order, PaymentId payment, String code, String reference, Money amount, Instant at)
      implements PaymentEvent {}
}
