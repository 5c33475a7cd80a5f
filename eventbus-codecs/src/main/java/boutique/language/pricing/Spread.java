package boutique.language.pricing;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Divides an amount in proportion to weights, to the last cent: everybody gets the whole part of
 * their share, and the cents that are left go to the largest remainders, the earlier one first.
 */
final class Spread {
  private Spread() {}

  /** Shares that add up to the amount; none is above its weight as long as the amount is not. */
  static long[] of(long amount, long[] weights) {
    var shares = new long[weights.length];
    if (amount == 0) {
      return shares;
    }
    var remainders = new BigInteger[weights.length];
    var whole =
        IntStream.range(0, weights.length).mapToLong(i -> weights[i]).reduce(0, Math::addExact);
    var left = amount;
    for (var i = 0; i < weights.length; i++) {
      var share =
          BigInteger.valueOf(amount)
              .multiply(BigInteger.valueOf(weights[i]))
              .divideAndRemainder(BigInteger.valueOf(whole));
      shares[i] = share[0].longValueExact();
      remainders[i] = share[1];
      left -= shares[i];
    }
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .limit(left)
        .forEach(i -> shares[i]++);
    return shares;
  }
}
