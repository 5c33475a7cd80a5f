package boutique.language.discrepancies;

import boutique.language.Money;

/**
 * How much a line is about. Who decides of it decides of these.
 *
 * @param ours what our books say
 * @param theirs what stands against it
 * @param amount how much money is in question
 */
public record Figures(Money ours, Money theirs, Money amount) {}
