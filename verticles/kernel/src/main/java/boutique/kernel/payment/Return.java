package boutique.kernel.payment;

import boutique.language.Money;

/**
 * Money that is to be given back.
 *
 * @param payment what was paid with it
 * @param refund what it is called here
 * @param reference what was charged
 */
public record Return(String key, String payment, String refund, String reference, Money amount) {}
