package boutique.gateway.routes;

import boutique.gateway.conventions.Ids;
import boutique.language.discounts.VoucherCode;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;

/** A voucher's code that nobody guesses: 80 bits, without the letters that people mix up. */
final class RandomCode {
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 16;
  private static final int LETTER = LETTERS.length() - 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomCode() {}

  /** One that a request makes; from its key, if it has one: so doing it again makes it again. */
  static VoucherCode made(RoutingContext ctx, String kind, String prefix) {
    var secret = Ids.secret(ctx, kind);
    return new VoucherCode(prefix + written(secret == null ? random() : secret));
  }

  private static byte[] random() {
    var bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Five bits of each byte. */
  private static String written(byte[] bytes) {
    var code = new StringBuilder(LENGTH);
    for (var i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(bytes[i] & LETTER));
    }
    return code.toString();
  }
}
