package boutique.gateway.conventions;

import boutique.gateway.conventions.KeptAnswers.Known;
import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes ids that grow with time. What a request with an idempotency key makes has ids that come
 * from the key and the moment it was first used: so doing it again makes nothing more.
 */
public final class Ids {
  private static final int DIGITS = 16;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private Ids() {}

  public static String next() {
    return UuidCreator.getTimeOrderedEpoch().toString();
  }

  /** The id of what this request makes; a kind tells apart what is made beside one another. */
  public static String made(RoutingContext ctx, String kind) {
    var known = Conventions.key(ctx);
    return known == null ? next() : made(known, kind);
  }

  /**
   * 32 bytes that nobody guesses, the same whenever this request is done again; null when it has no
   * key.
   */
  public static byte @Nullable [] secret(RoutingContext ctx, String kind) {
    var known = Conventions.key(ctx);
    return known == null
        ? null
        : HexFormat.of()
            .parseHex(
                Fingerprint.part(
                    known.request(), "secret\n" + known.since().toEpochMilli() + "\n" + kind));
  }

  public static String made(Known known, String kind) {
    var digest = Fingerprint.part(known.request(), kind);
    var low = HexFormat.fromHexDigitsToLong(digest, 0, DIGITS);
    var high = HexFormat.fromHexDigitsToLong(digest, DIGITS, 2 * DIGITS);
    return new UUID(
            known.since().toEpochMilli() << 16 | VERSION | (high & 0xFFF), low >>> 2 | VARIANT)
        .toString();
  }
}
