package boutique.gateway.sessions;

import boutique.language.sessions.SessionId;
import boutique.language.sessions.TokenHash;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to go on with its session, once. Nobody but the client has it: the shop keeps
 * hashes.
 *
 * @param family the same in every token of the session: who has it has held one of them
 * @param secret of this token alone
 */
public record RefreshToken(SessionId session, String family, String secret) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9-]{1,64})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  public static RefreshToken first(SessionId session) {
    return new RefreshToken(session, random(), random());
  }

  static @Nullable RefreshToken parse(String text) {
    var parts = FORM.matcher(text);
    return parts.matches()
        ? new RefreshToken(new SessionId(parts.group(1)), parts.group(2), parts.group(3))
        : null;
  }

  /**
   * The token that replaces this one. With the client's idempotency key it is always the same, so
   * that a client whose answer was lost can be given it again; whoever has stolen the token does
   * not know the key with which its owner asked.
   */
  public RefreshToken successor(Secret key, @Nullable String idempotencyKey) {
    return new RefreshToken(
        session,
        family,
        idempotencyKey == null ? random() : key.mac(text() + "\n" + idempotencyKey));
  }

  public TokenHash familyHash() {
    return TokenHash.of(family);
  }

  public TokenHash hash() {
    return TokenHash.of(text());
  }

  String text() {
    return session.value() + "." + family + "." + secret;
  }

  @Override
  public String toString() {
    return "RefreshToken[" + session + "]"; // never the secrets
  }

  private static String random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
