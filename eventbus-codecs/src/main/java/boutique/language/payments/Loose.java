package boutique.language.payments;

/**
 * An attempt that was given up while the buyer had to prove who they are, as it has failed or they
 * have chosen another card: the provider would still take its money, if somebody proved it late.
 *
 * @param reference the provider's name of it
 */
public record Loose(Attempt attempt, String reference) {}
