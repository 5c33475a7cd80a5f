package boutique.language.pricing;

import boutique.language.Money;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How much a rule takes off. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reduction.Percentage.class, name = "percentage"),
  @JsonSubTypes.Type(value = Reduction.Fixed.class, name = "fixed")
})
public sealed interface Reduction {

  /** A share, in hundredths of a percent. */
  record Percentage(int basisPoints) implements Reduction {
    public static final int WHOLE = 10_000;

    public Percentage {
      if (basisPoints < 1 || basisPoints > WHOLE) {
        throw new IllegalArgumentException("a percentage is more than 0 and at most 100");
      }
    }
  }

  /** An amount, once per order, and never more than there is to pay. */
  record Fixed(Money amount) implements Reduction {
    public Fixed {
      if (amount.minor() < 1) {
        throw new IllegalArgumentException("an amount is more than nothing");
      }
    }
  }
}
