package boutique.language.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is mailed to somebody who has forgotten the password: names the account, and proves that the
 * mail was read. Only its hash is ever kept.
 */
public record ResetToken(String value) {

  /** Chance must be unguessable; it comes from outside, because this is part of the language. */
  public static ResetToken of(EmailHash account, byte[] chance) {
    return new ResetToken(account.value() + "." + HexFormat.of().formatHex(chance));
  }

  /** The account that it is about; null when it is none of ours. */
  public @Nullable EmailHash account() {
    var dot = value.indexOf('.');
    return dot > 0 && value.substring(0, dot).matches("[0-9a-f]{40}")
        ? new EmailHash(value.substring(0, dot))
        : null;
  }

  public String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  @Override
  public String toString() {
    return "ResetToken"; // it is as good as a password
  }
}
