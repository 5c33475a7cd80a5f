package boutique.language.payments;

import org.jspecify.annotations.Nullable;

/**
 * A second charge for the same order, and how far it is given back.
 *
 * @param charge the provider's name of it
 * @param key under which the provider gives it back at most once
 * @param reference the provider's name of what gave it back; null as long as nothing has
 */
public record SecondCharge(
    String charge, String key, Refund.Standing standing, @Nullable String reference) {

  public SecondCharge under(String another) {
    return new SecondCharge(charge, another, standing, reference);
  }

  public SecondCharge done(String name) {
    return new SecondCharge(charge, key, Refund.Standing.DONE, name);
  }

  /** By what it was given back is still known, as long as something had. */
  public SecondCharge failed() {
    return new SecondCharge(charge, key, Refund.Standing.DENIED, reference);
  }
}
