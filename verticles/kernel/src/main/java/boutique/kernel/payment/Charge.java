package boutique.kernel.payment;

import boutique.language.Money;
import java.time.Instant;

/**
 * Money that is to be taken.
 *
 * @param payment what it is for: the provider keeps that beside it, and says so in its messages
 * @param buyer whose money it is: only they can pay with a card that they have left
 * @param since no earlier than this was it asked for
 */
public record Charge(
    String key,
    String payment,
    String buyer,
    Money amount,
    String method,
    boolean captureLater,
    Instant since) {}
