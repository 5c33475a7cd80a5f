package boutique.language.payments;

import boutique.language.Money;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Money that is given back.
 *
 * @param key under which the provider does it at most once
 */
public record Refund(String id, String key, Money amount, Standing standing) {

  public Refund now(Standing changed) {
    return new Refund(id, key, amount, changed);
  }

  public Refund under(String another) {
    return new Refund(id, another, amount, standing);
  }

  /** How far it is. */
  public enum Standing {
    @JsonProperty("asked")
    ASKED,
    @JsonProperty("done")
    DONE,
    @JsonProperty("denied")
    DENIED
  }
}
