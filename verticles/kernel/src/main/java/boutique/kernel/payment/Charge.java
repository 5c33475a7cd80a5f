package boutique.kernel.payment;

import boutique.language.Money;
import java.time.Instant;

/**
 * Money that is to be taken.
 *
 * @param payment what it is for: the provider keeps that beside it, and says so in its messages
 * @param since no earlier than this was it asked for
 */
public record Charge(
    String key, String payment, Money amount, String method, boolean captureLater, Instant since) {}
