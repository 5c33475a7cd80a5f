package boutique.language.payments;

import boutique.language.Money;

/**
 * Money that the payer has back because their bank has said so: it is not ours any more, and was
 * not given back by us.
 *
 * @param dispute the provider's name of what was decided
 */
public record Loss(String dispute, Money amount) {}
