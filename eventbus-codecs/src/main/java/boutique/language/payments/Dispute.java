package boutique.language.payments;

import boutique.language.Money;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A payer has told their bank that a charge is wrong, and the bank wants to know.
 *
 * @param reference the provider's name of it
 * @param reason in the provider's words
 */
public record Dispute(String reference, Money amount, String reason, Standing standing) {

  /** How far it is. */
  public enum Standing {
    @JsonProperty("open")
    OPEN("open"),

    /** The money stays, or has come back. */
    @JsonProperty("won")
    WON("won"),

    /** The money is the payer's again. */
    @JsonProperty("lost")
    LOST("lost");

    private final String wireName;

    Standing(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
