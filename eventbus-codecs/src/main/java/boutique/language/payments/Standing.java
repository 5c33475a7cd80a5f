package boutique.language.payments;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a payment is. */
public enum Standing {
  @JsonProperty("open")
  OPEN("open"),

  /** The provider is being asked, or has not answered. */
  @JsonProperty("processing")
  PROCESSING("processing"),
  @JsonProperty("action-required")
  ACTION_REQUIRED("action-required"),
  @JsonProperty("authorized")
  AUTHORIZED("authorized"),
  @JsonProperty("capturing")
  CAPTURING("capturing"),
  @JsonProperty("cancelling")
  CANCELLING("cancelling"),
  @JsonProperty("paid")
  PAID("paid"),
  @JsonProperty("partially-refunded")
  PARTIALLY_REFUNDED("partially-refunded"),
  @JsonProperty("refunded")
  REFUNDED("refunded"),
  @JsonProperty("failed")
  FAILED("failed"),
  @JsonProperty("cancelled")
  CANCELLED("cancelled");

  private final String wireName;

  Standing(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
