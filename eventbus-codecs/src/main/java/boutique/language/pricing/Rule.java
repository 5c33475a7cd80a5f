package boutique.language.pricing;

import boutique.language.Money;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a voucher does to a price.
 *
 * @param minimum what the order has to be worth before any reduction; null when it does not matter
 * @param group of the rules with the same group only one applies; null goes with everything
 * @param stacking the lower one is applied first; where two are equal, the code decides
 */
public record Rule(
    String code,
    Reduction reduction,
    Scope scope,
    @Nullable Money minimum,
    @Nullable String group,
    int stacking) {
  static final Comparator<Rule> ORDER =
      Comparator.comparingInt(Rule::stacking).thenComparing(Rule::code);

  public Rule {
    Objects.requireNonNull(code);
    Objects.requireNonNull(reduction);
    Objects.requireNonNull(scope);
  }
}
