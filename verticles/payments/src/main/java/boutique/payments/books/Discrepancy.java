package boutique.payments.books;

import boutique.language.Money;
import boutique.language.discrepancies.DiscrepancyId;
import org.jspecify.annotations.Nullable;

/**
 * Something on which the provider, a payment and its order do not agree.
 *
 * @param payment empty where the provider was not told what it was for
 * @param about what exactly: a charge, a key, a message; with the kind and the payment, its name
 * @param charge the provider's name of the charge that it is about; null where nobody has to look
 *     at one
 * @param ours what our books say
 * @param theirs what stands against it
 * @param amount how much money is in question
 */
record Discrepancy(
    Kind kind,
    String payment,
    String about,
    @Nullable String charge,
    Money ours,
    Money theirs,
    Money amount) {

  /** The same for the same thing, however often it is seen. */
  String id() {
    return DiscrepancyId.of(kind.wireName, payment, about).value();
  }

  /** What can be wrong, and what to do about it. */
  enum Kind {
    CHARGE_WITHOUT_PAYMENT(
        "charge-without-payment",
        false,
        "The provider has taken money of which nothing is known here. Find out whose it is, and"
            + " give it back at the provider's own desk if it is nobody's."),
    PAYMENT_WITHOUT_CHARGE(
        "payment-without-charge",
        false,
        "The provider has not taken this money. Stop the order, and ask the provider."),
    AMOUNT_DIFFERS(
        "amount-differs",
        false,
        "The provider has taken, or holds, another amount than the order costs. If nothing is paid"
            + " with it, give it back whole at the provider's own desk: then the buyer may pay"
            + " again. Else give back, or ask for, the difference."),
    CURRENCY_DIFFERS(
        "currency-differs",
        false,
        "The provider has taken, or holds, another currency than the order costs. Give it back"
            + " whole at the provider's own desk: then the buyer may pay again."),
    MODE_DIFFERS(
        "mode-differs",
        false,
        "It is test money where real money was wanted, or real where test money was. Look at which"
            + " key of the provider's is used, and give it back whole at the provider's own desk."),
    CHARGED_TWICE(
        "charged-twice",
        true,
        "The provider has taken money for this order twice. The second charge goes back by itself"
            + " if it was asked for under a key of ours; else give it back at the provider's own"
            + " desk.",
        "The provider has taken money for this order twice, and the second charge could not be"
            + " given back from here. Give it back at the provider's own desk."),

    /** The same thing, where nobody but people can tell which of the charges is to stay. */
    CHARGED_INSTEAD(
        "charged-twice",
        false,
        "The provider has taken money for this order twice, and of the first charge not all is here"
            + " for sure: it was given back at the provider's own desk, or twice, or is disputed,"
            + " or is not what was asked for. The second one stays until you have found out which"
            + " of them the order is to be paid with; give the other back at the provider's own"
            + " desk."),
    CHARGE_UNRECORDED(
        "charge-unrecorded",
        true,
        "The provider has taken the money, and the payment does not know."),
    REFUND_UNRECORDED(
        "refund-unrecorded",
        true,
        "The provider has given money back, and the payment does not know."),
    REFUND_MISSING(
        "refund-missing",
        true,
        "The payment says that money went back, and the provider has not given it back. If the"
            + " provider says that it has failed, that is recorded; else give it back at the"
            + " provider's own desk."),
    REFUND_FAILED(
        "refund-failed",
        false,
        "A refund was refused, or has failed after it was done, and its money is with the provider."
            + " Refund the payment again, or pay the buyer in another way."),
    SURPLUS_FAILED(
        "surplus-failed",
        false,
        "A second charge could not be given back, or has come back. Give it back at the provider's"
            + " own desk, or pay the buyer in another way."),
    DISPUTED(
        "disputed",
        false,
        "The payer has told their bank that the charge is wrong. Answer it at the provider's own"
            + " desk, in time."),
    VERDICT_DIFFERS(
        "verdict-differs",
        false,
        "A dispute was decided otherwise than it had been before, and nothing of that is in the"
            + " books. See at the provider's own desk whose the money is, settle it with the buyer,"
            + " and close this line."),
    REFUND_DENIED(
        "refund-denied",
        false,
        "The order is over, and the provider refuses to give its money back. Refund the payment"
            + " again, or pay the buyer in another way."),
    REFUND_DUE("refund-due", true, "The order is over, and its money is still here."),
    REFUND_UNNOTED(
        "refund-unnoted",
        true,
        "The money went back, or was lost in a dispute, and the order does not know."),
    ORDER_INCOMPLETE("order-incomplete", true, "The order is paid, and not complete."),
    ORDER_MISSING(
        "order-missing",
        false,
        "There is money for an order that does not exist. Refund the payment."),
    ORDER_UNPAID(
        "order-unpaid",
        false,
        "The order counts as paid, and no money was taken for it. Stop it, and ask the buyer to"
            + " pay."),
    ORDER_HELD(
        "order-held",
        false,
        "The order waits for money that is held, and its payment holds none. Cancel the order, or"
            + " ask the buyer to pay again."),
    HOLD_LEFT("hold-left", true, "The order is over, and its payment still waits."),

    /** The same thing, where nobody here can let go of the money. */
    HELD_ELSEWHERE(
        "hold-left",
        false,
        "The money is held with another provider, or in its other mode, than is in use now, and"
            + " cannot be taken from here. Cancel the order, and let go of the money at that"
            + " provider's own desk; or go back to that provider until it is captured."),
    HOLD_LEFT_ELSEWHERE(
        "hold-left",
        false,
        "The order is over, and its payment still waits with another provider, or in its other"
            + " mode, than is in use now. Let go of the money at that provider's own desk, if it"
            + " still holds it."),
    HOLD_GONE(
        "hold-gone", true, "The payment waits for money that the provider does not hold any more."),
    HOLD_UNKNOWN(
        "hold-unknown",
        false,
        "The provider holds money that no payment here waits for. Find out whose it is, and let go"
            + " of it at the provider's own desk if it is nobody's."),
    PAYMENT_STUCK(
        "payment-stuck", true, "The provider was asked, and nobody knows yet what it has done."),

    /** The same thing, where nobody here can ask. */
    STUCK_ELSEWHERE(
        "payment-stuck",
        false,
        "Another provider, or its other mode, than is in use now was asked, and nobody knows what"
            + " it has done. Look at that provider's own desk, and see to it there."),

    /** The same thing, where the provider is there, and does not know what it is asked about. */
    STUCK_UNHEARD(
        "payment-stuck",
        false,
        "The provider was asked to take this money, or to let go of it, and says that it has no"
            + " such charge. Find out whether the key in use is of the account that has it: then"
            + " this goes on by itself. If the charge is gone, cancel the order; if its money was"
            + " taken, give it back at that account's own desk. Then close this line."),
    NOTICE_UNHEARD(
        "notice-unheard",
        false,
        "The provider has told of a payment that nobody here has ever heard of. Find out whose it"
            + " is.");

    final String wireName;

    /** Whether the rooms' own commands put it right without any risk: each is harmless twice. */
    final boolean mends;

    final String advice;

    /** What to do when it was tried in vain to put it right. */
    final String givenUp;

    Kind(String wireName, boolean mends, String advice) {
      this(
          wireName,
          mends,
          advice,
          mends ? advice + " It was tried in vain to put that right: see to it by hand." : advice);
    }

    Kind(String wireName, boolean mends, String advice, String givenUp) {
      this.wireName = wireName;
      this.mends = mends;
      this.advice = advice;
      this.givenUp = givenUp;
    }
  }
}
