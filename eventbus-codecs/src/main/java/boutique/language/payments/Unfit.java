package boutique.language.payments;

import boutique.language.Money;

/**
 * A charge for the money that was asked for, and with other money: of another amount or currency,
 * or real where test money was wanted, or the other way round. It pays nothing.
 *
 * @param charge the provider's name of it
 */
public record Unfit(String charge, Money amount) {}
