package boutique.language.payments;

/**
 * An attempt that has failed while the buyer had to prove who they are: the provider would still
 * take its money, if somebody proved it late.
 *
 * @param reference the provider's name of it
 */
public record Loose(Attempt attempt, String reference) {}
