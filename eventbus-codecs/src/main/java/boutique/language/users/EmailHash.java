package boutique.language.users;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash of an e-mail address: the same for an address in any case and however its accents
 * are typed, and of no use to anybody without the key.
 */
public record EmailHash(@JsonValue String value) {
  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 20;

  @JsonCreator
  public EmailHash {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not a hash");
    }
  }

  public static EmailHash of(String email, byte[] key) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      var folded = fold(email).getBytes(StandardCharsets.UTF_8);
      return new EmailHash(HexFormat.of().formatHex(mac.doFinal(folded), 0, BYTES));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** An accent is the same whether it was typed with its letter or behind it. */
  private static String fold(String email) {
    return Normalizer.normalize(email.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
