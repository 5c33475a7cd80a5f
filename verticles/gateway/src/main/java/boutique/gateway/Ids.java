package boutique.gateway;

import boutique.language.orders.OrderId;
import boutique.language.users.UserId;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes ids: growing with time, or, for what must be done once, from the client's own key. */
final class Ids {
  private static final int KEYED_BYTES = 16;

  private Ids() {}

  static String next() {
    return UuidCreator.getTimeOrderedEpoch().toString();
  }

  /** The same key of the same buyer is the same order: so it cannot be placed twice. */
  static OrderId order(UserId buyer, @Nullable String idempotencyKey) {
    return new OrderId(
        idempotencyKey == null ? next() : digest(buyer.value() + "\n" + idempotencyKey));
  }

  /** The same key for the same wish is the same request: so it is done once. */
  static String request(String wish, @Nullable String idempotencyKey) {
    return idempotencyKey == null ? next() : digest(wish + "\n" + idempotencyKey);
  }

  private static String digest(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, KEYED_BYTES);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
