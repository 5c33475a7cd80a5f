package boutique.language.discounts;

import boutique.language.Face;
import java.time.Instant;

/**
 * A voucher, and by how many orders it is used.
 *
 * @param usedByAsker by how many of whoever asks; 0 for nobody in particular
 */
public record VoucherFace(
    VoucherCode code, Terms terms, long used, long usedByAsker, Instant createdAt) implements Face {

  /** Whether it can be used for an order of whoever asks, at this moment. */
  public boolean isGoodAt(Instant now) {
    return terms.isGoodAt(now) && !terms.isUsedUp(used);
  }

  /** Whether whoever asks has had all that anybody may have of it. */
  public boolean isUsedUpByAsker() {
    return terms.isUsedUpBy(usedByAsker);
  }
}
