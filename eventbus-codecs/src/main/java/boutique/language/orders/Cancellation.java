package boutique.language.orders;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an order was cancelled. */
public enum Cancellation {
  @JsonProperty("user")
  USER("user"),
  @JsonProperty("expired")
  EXPIRED("expired"),
  /** It was paid, but with another amount, or what it bought was gone: the money goes back. */
  @JsonProperty("payment-failed")
  PAYMENT_FAILED("payment-failed"),
  @JsonProperty("operator")
  OPERATOR("operator");

  private final String wireName;

  Cancellation(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
