package boutique.gateway.sessions;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that never shows itself in a log. */
public final class Secret {
  private static final String HMAC = "HmacSHA256";

  private final byte[] bytes;

  public Secret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** What only who has the key can make of a text. */
  String mac(String text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(bytes, HMAC));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
