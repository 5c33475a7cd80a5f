package boutique.language.payments;

import org.jspecify.annotations.Nullable;

/**
 * A second charge for the same order, and how far it is given back.
 *
 * @param charge the provider's name of it
 * @param reference the provider's name of what gave it back; null as long as nothing has
 */
public record SecondCharge(String charge, Refund.Standing standing, @Nullable String reference) {}
