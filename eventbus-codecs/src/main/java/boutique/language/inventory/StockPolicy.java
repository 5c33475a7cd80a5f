package boutique.language.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** When goods are kept for whoever wants them, and whether there must be any. */
public enum StockPolicy {
  /** The books are left alone: anybody may buy any number. */
  @JsonProperty("none")
  NONE("none"),

  /**
   * What is there is kept for orders, and whoever comes after the last one may order all the same.
   */
  @JsonProperty("track-only")
  TRACK_ONLY("track-only"),

  /** Kept from the moment when it is put into a cart, for a while. */
  @JsonProperty("reserve-on-cart")
  RESERVE_ON_CART("reserve-on-cart"),

  /** Kept from the moment when it is ordered. */
  @JsonProperty("reserve-on-order")
  RESERVE_ON_ORDER("reserve-on-order"),

  /** Whoever pays first gets it; an order is only refused what is not there. */
  @JsonProperty("deduct-on-payment")
  DEDUCT_ON_PAYMENT("deduct-on-payment");

  /** As many as anybody may say at once; what a product that is never sold out shows. */
  public static final long PLENTY = 1_000_000_000;

  private final String wireName;

  StockPolicy(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  public static Optional<StockPolicy> named(String name) {
    return Arrays.stream(values()).filter(policy -> policy.wireName.equals(name)).findFirst();
  }

  /** Whether nobody gets more than is there. */
  public boolean limits() {
    return switch (this) {
      case NONE, TRACK_ONLY -> false;
      case RESERVE_ON_CART, RESERVE_ON_ORDER, DEDUCT_ON_PAYMENT -> true;
    };
  }

  /** Whether what is ordered is kept until it is paid. */
  public boolean keeps() {
    return switch (this) {
      case NONE, TRACK_ONLY, DEDUCT_ON_PAYMENT -> false;
      case RESERVE_ON_CART, RESERVE_ON_ORDER -> true;
    };
  }

  /** How many can be bought when so many are available. */
  public long buyable(long available) {
    return limits() ? available : PLENTY;
  }
}
