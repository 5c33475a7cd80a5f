package boutique.language.payments;

import java.time.Instant;

/**
 * One try at taking the money, as the provider is asked for it.
 *
 * @param key under which the provider does it at most once: it is written before the first question
 *     and asked with for ever
 * @param method a token or payment method of the provider's; no card is ever seen here
 * @param captureLater whether the money is only held at first
 * @param live whether it is real money
 */
public record Attempt(
    int number, String key, String method, boolean captureLater, boolean live, Instant at) {

  public Attempt under(String another) {
    return new Attempt(number, another, method, captureLater, live, at);
  }
}
