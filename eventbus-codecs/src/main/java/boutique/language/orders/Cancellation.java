package boutique.language.orders;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an order was cancelled. */
public enum Cancellation {
  @JsonProperty("user")
  USER("user"),
  @JsonProperty("expired")
  EXPIRED("expired");

  private final String wireName;

  Cancellation(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
