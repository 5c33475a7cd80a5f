package boutique.kernel.payment;

import boutique.language.Money;

/** What a provider says of a refund. */
public sealed interface Returned {

  /** What it is certain of, for now: what is done may fail weeks later. */
  sealed interface Certain extends Returned {}

  record Done(String reference, Money amount) implements Certain {}

  /** It has begun it, and does not know yet whether it arrives. */
  record Pending(String reference, Money amount) implements Certain {}

  /** The money is still here, or here again. */
  record Denied(String code) implements Certain {}

  /** It knows of no such refund. */
  record NotThere() implements Returned {}

  /**
   * It answers this key with the same failure for ever, and has had the time to do it nevertheless:
   * only another key can do better.
   */
  record Stuck(String because) implements Returned {}

  /** It may have done it, or may do it yet. */
  record Unknown(String because) implements Returned {}
}
