package boutique.language.discounts;

import boutique.language.Money;
import boutique.language.pricing.Reduction;
import boutique.language.pricing.Rule;
import boutique.language.pricing.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a voucher gives, to whom, and when. What is null does not limit it.
 *
 * @param group of the vouchers with the same group only one applies to an order
 * @param validFrom the first instant at which it is good
 * @param validUntil the first instant at which it is good no more
 * @param limit how many orders may use it
 * @param limitPerUser how many orders of one user may use it
 */
public record Terms(
    Reduction reduction,
    Scope scope,
    @Nullable Money minimum,
    @Nullable String group,
    int stacking,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable Long limit,
    @Nullable Long limitPerUser) {

  public Rule rule(VoucherCode code) {
    return new Rule(code.value(), reduction, scope, minimum, group, stacking);
  }

  public boolean isGoodAt(Instant now) {
    return (validFrom == null || !now.isBefore(validFrom))
        && (validUntil == null || now.isBefore(validUntil));
  }

  public boolean isUsedUp(long used) {
    return limit != null && used >= limit;
  }

  public boolean isUsedUpBy(long usedByOne) {
    return limitPerUser != null && usedByOne >= limitPerUser;
  }
}
