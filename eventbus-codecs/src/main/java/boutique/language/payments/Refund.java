package boutique.language.payments;

import boutique.language.Money;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Money that is given back.
 *
 * @param key under which the provider does it at most once
 * @param reference the provider's name of it; null as long as there is none
 * @param failure why it has failed; null as long as it has not
 */
public record Refund(
    String id,
    String key,
    Money amount,
    Standing standing,
    @Nullable String reference,
    @Nullable String failure) {

  public static Refund asked(String id, String key, Money amount) {
    return new Refund(id, key, amount, Standing.ASKED, null, null);
  }

  public Refund pending(String name) {
    return new Refund(id, key, amount, Standing.PENDING, name, null);
  }

  public Refund done(String name) {
    return new Refund(id, key, amount, Standing.DONE, name, null);
  }

  public Refund failed(String code) {
    return new Refund(id, key, amount, Standing.DENIED, reference, code);
  }

  public Refund replaced() {
    return new Refund(id, key, amount, Standing.REPLACED, reference, failure);
  }

  public Refund under(String another) {
    return new Refund(id, another, amount, standing, reference, failure);
  }

  /** Whether its money is on its way back, or there: it cannot be given back once more. */
  public boolean counts() {
    return switch (standing) {
      case ASKED, PENDING, DONE -> true;
      case DENIED, REPLACED -> false;
    };
  }

  /** Whether it is not over. */
  public boolean isUnderWay() {
    return standing == Standing.ASKED || standing == Standing.PENDING;
  }

  /** How far it is. */
  public enum Standing {
    @JsonProperty("asked")
    ASKED("asked"),

    /** The provider has begun it, and does not know yet whether it arrives. */
    @JsonProperty("pending")
    PENDING("pending"),
    @JsonProperty("done")
    DONE("done"),

    /** It was refused, or has failed, even after it was done: its money is still here. */
    @JsonProperty("denied")
    DENIED("failed"),

    /** It has failed, and another was asked for in its place. */
    @JsonProperty("replaced")
    REPLACED("replaced");

    private final String wireName;

    Standing(String wireName) {
      this.wireName = wireName;
    }

    /** What people are told. */
    public String wireName() {
      return wireName;
    }
  }
}
