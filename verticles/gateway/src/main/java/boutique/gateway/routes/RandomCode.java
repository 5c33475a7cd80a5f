package boutique.gateway.routes;

import boutique.language.discounts.VoucherCode;
import java.security.SecureRandom;

/** A voucher's code that nobody guesses: 80 bits, without the letters that people mix up. */
final class RandomCode {
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomCode() {}

  static VoucherCode next() {
    var code = new StringBuilder(LENGTH);
    for (var i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return new VoucherCode(code.toString());
  }
}
