package boutique.kernel.payment;

import boutique.language.Money;

/** What a provider says of a refund. */
public sealed interface Returned {

  record Done(String reference, Money amount) implements Returned {}

  record Denied(String code) implements Returned {}

  /** It knows of no such refund. */
  record NotThere() implements Returned {}

  /** It answers this key with the same failure for ever: only another key can do better. */
  record Stuck(String because) implements Returned {}

  /** It may have done it, or may do it yet. */
  record Unknown(String because) implements Returned {}
}
