package boutique.language.orders;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a checkout does with its buyer's cart until the order is paid or cancelled. */
public enum CartLock {
  /** The order has nothing to do with it. */
  @JsonProperty("none")
  NONE,

  /** It buys some of what is in it: the cart is locked, unless another order has locked it. */
  @JsonProperty("if-free")
  IF_FREE,

  /** It buys what is in it: without the lock there is no order, so of many who try one succeeds. */
  @JsonProperty("needed")
  NEEDED
}
