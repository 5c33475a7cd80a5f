package boutique.language;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An exact amount: a whole number of minor units (cents) of one currency. Sums that do not fit are
 * an {@link ArithmeticException}, never a wrong number.
 */
public record Money(long minor, String currency) {
  private static final int DECIMALS = 2;

  public Money {
    Objects.requireNonNull(currency);
  }

  /** Reads a decimal amount such as 19.99; more than two places do not fit. */
  public static Money of(BigDecimal amount, String currency) {
    return new Money(amount.movePointRight(DECIMALS).longValueExact(), currency);
  }

  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(minor, other.minor), currency);
  }

  public Money minus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.subtractExact(minor, other.minor), currency);
  }

  public Money times(long count) {
    return new Money(Math.multiplyExact(minor, count), currency);
  }

  public BigDecimal decimal() {
    return BigDecimal.valueOf(minor, DECIMALS);
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
  }
}
