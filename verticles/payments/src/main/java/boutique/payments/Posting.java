package boutique.payments;

import boutique.language.Money;
import boutique.language.payments.PaymentEvent;
import boutique.language.payments.PaymentEvent.CancelRequested;
import boutique.language.payments.PaymentEvent.CaptureRequested;
import boutique.language.payments.PaymentEvent.ChargeLost;
import boutique.language.payments.PaymentEvent.DisputeClosed;
import boutique.language.payments.PaymentEvent.KeyRenewed;
import boutique.language.payments.PaymentEvent.NoticeHeard;
import boutique.language.payments.PaymentEvent.NoticeTaken;
import boutique.language.payments.PaymentEvent.PaymentAuthorized;
import boutique.language.payments.PaymentEvent.PaymentCancelled;
import boutique.language.payments.PaymentEvent.PaymentChallenged;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentDisputed;
import boutique.language.payments.PaymentEvent.PaymentFailed;
import boutique.language.payments.PaymentEvent.PaymentLost;
import boutique.language.payments.PaymentEvent.PaymentOpened;
import boutique.language.payments.PaymentEvent.PaymentQuestioned;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentEvent.RefundCreated;
import boutique.language.payments.PaymentEvent.RefundFailed;
import boutique.language.payments.PaymentEvent.RefundPending;
import boutique.language.payments.PaymentEvent.RefundRequested;
import boutique.language.payments.PaymentEvent.RefundReversed;
import boutique.language.payments.PaymentEvent.SurplusReturnFailed;
import boutique.language.payments.PaymentEvent.SurplusReturnRequested;
import boutique.language.payments.PaymentEvent.SurplusReturned;
import java.util.List;
import java.util.Set;

/**
 * A line in the books: so much into an account, or out of it. The postings of one event add up to
 * zero, and so do those of all. Whether they are the right ones is seen in the provider's own
 * books.
 */
record Posting(Account account, Money amount) {

  /**
   * What an event posts.
   *
   * @param surplus the second charges that are in the books, before it
   */
  static List<Posting> of(PaymentEvent event, Set<String> surplus) {
    return switch (event) {
      case PaymentCreated e -> move(e.amount(), Account.ORDERS, Account.PROVIDER);
      case RefundRequested e -> move(e.amount(), Account.REFUNDING, Account.ORDERS);
      case RefundCreated e -> move(e.amount(), Account.PROVIDER, Account.REFUNDING);
      case RefundFailed e -> move(e.amount(), Account.ORDERS, Account.REFUNDING);
      case RefundReversed e -> move(e.amount(), Account.ORDERS, Account.PROVIDER);
      case SurplusReturnRequested e -> move(e.amount(), Account.SURPLUS, Account.PROVIDER);
      case SurplusReturned e -> move(e.amount(), Account.PROVIDER, Account.SURPLUS);
      case SurplusReturnFailed e when surplus.contains(e.charge()) -> List.of();
      case SurplusReturnFailed e -> move(e.amount(), Account.SURPLUS, Account.PROVIDER);
      case DisputeClosed e when !e.won() -> move(e.amount(), Account.PROVIDER, Account.DISPUTES);
      case PaymentOpened _,
          PaymentRequested _,
          PaymentChallenged _,
          PaymentAuthorized _,
          CaptureRequested _,
          PaymentFailed _,
          CancelRequested _,
          PaymentCancelled _,
          RefundPending _,
          PaymentDisputed _,
          DisputeClosed _,
          PaymentLost _,
          ChargeLost _,
          KeyRenewed _,
          NoticeHeard _,
          NoticeTaken _,
          PaymentQuestioned _ ->
          List.of();
    };
  }

  private static List<Posting> move(Money amount, Account from, Account to) {
    var nothing = new Money(0, amount.currency());
    return List.of(new Posting(from, nothing.minus(amount)), new Posting(to, amount));
  }
}
