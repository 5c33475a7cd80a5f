package boutique.gateway.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Under which the answer to one request is kept. Its key is made of what the store does not have,
 * so that whoever reads there reads nothing, and whoever writes there is found out.
 *
 * @param key for this one request, so that a few answers at most are ever sealed with it
 */
record Seal(SecretKeySpec key) {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Of 32 bytes that nobody guesses. */
  static Seal of(byte[] key) {
    return new Seal(new SecretKeySpec(key, "AES"));
  }

  String close(String text) {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      var closed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(UTF_8));
      var whole = ByteBuffer.allocate(nonce.length + closed.length).put(nonce).put(closed);
      return Base64.getEncoder().encodeToString(whole.array());
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /**
   * What was said when this was closed; null when it was not closed with this, or not like this.
   */
  @Nullable String open(String closed) {
    try {
      var whole = Base64.getDecoder().decode(closed);
      if (whole.length < NONCE_BYTES) {
        return null;
      }
      var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_BYTES));
      var text = cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
      return new String(text, UTF_8);
    } catch (AEADBadTagException | IllegalArgumentException notOurs) {
      return null;
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
