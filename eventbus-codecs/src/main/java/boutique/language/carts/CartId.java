package boutique.language.carts;

import static java.nio.charset.StandardCharsets.UTF_8;

import boutique.language.StreamId;
import boutique.language.users.UserId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whose cart. A guest's is named by the hash of the secret in their cookie: so no name of a stream,
 * in a log or in Kafka, opens a cart.
 */
public record CartId(@JsonValue String value) {
  private static final String ROOM = "carts";
  private static final String GUEST = "g-";
  private static final int GUEST_BYTES = 16;

  @JsonCreator
  public CartId {
    if (!StreamId.isPlain(value)) {
      throw new IllegalArgumentException("not an id");
    }
  }

  public static CartId of(UserId user) {
    return new CartId(user.value());
  }

  public static CartId guest(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return new CartId(GUEST + HexFormat.of().formatHex(digest, 0, GUEST_BYTES));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  public boolean isGuests() {
    return value.startsWith(GUEST);
  }

  public StreamId stream() {
    return new StreamId(ROOM, value);
  }

  @Override
  public String toString() {
    return value;
  }
}
