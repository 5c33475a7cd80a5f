package boutique.kernel.payment;

import boutique.language.Money;
import org.jspecify.annotations.Nullable;

/** What a provider says of a charge. */
public sealed interface Answer {

  /** What it is certain of. */
  sealed interface Certain extends Answer {}

  /** No money has moved. */
  record Denied(@Nullable String reference, String code) implements Certain {}

  /** None of its money is here, and none will come: it was called off, or all has gone back. */
  record Voided(String reference) implements Certain {}

  /**
   * The buyer has to prove who they are first.
   *
   * @param action where or with what they do that: for the buyer's eyes only, and to be written
   *     nowhere
   */
  record Challenge(String reference, Money amount, boolean live, String action)
      implements Certain {}

  record Held(String reference, Money amount, boolean live) implements Certain {}

  record Taken(String reference, Money amount, boolean live) implements Certain {}

  /** It knows of no such charge. */
  record NotThere() implements Answer {}

  /** It answers this key with the same failure for ever: only another key can do better. */
  record Stuck(String because) implements Answer {}

  /** It may have done it, or may do it yet. */
  record Unknown(String because) implements Answer {}
}
