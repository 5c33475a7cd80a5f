package boutique.language.sessions;

import boutique.language.StreamId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is kept of a secret that a client holds: enough to know it again, not to have it. */
public record TokenHash(@JsonValue String value) {
  @JsonCreator
  public TokenHash {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not a hash");
    }
  }

  public static TokenHash of(String secret) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return new TokenHash(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
