package boutique.gateway.sessions;

import boutique.language.sessions.SessionId;
import boutique.language.users.EmailHash;
import boutique.language.users.Role;
import boutique.language.users.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs who somebody is, for some minutes, and knows its own signature again: one algorithm, one
 * issuer, one audience, one use. What was verified is remembered, because the same token comes with
 * every request; whether it was revoked is not for this class to say.
 *
 * <p>Not for several threads at once.
 */
public final class AccessTokens {
  private static final String ALGORITHM = "HS256";
  private static final String HOUSE = "boutique";
  private static final String USE = "use";
  private static final String ACCESS = "access";
  private static final int LONGEST = 4_096;
  private static final int MOST_REMEMBERED = 4_096;
  private static final int KEY_ID_CHARACTERS = 11;

  private final JWTAuth signing;
  private final JWTAuth verifying;
  private final Duration life;
  private final InstantSource clock;
  private final Map<String, Session> verified =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  public AccessTokens(Vertx vertx, SigningKeys keys, Duration life, InstantSource clock) {
    this.life = life;
    this.clock = clock;
    signing = JWTAuth.create(vertx, options().addPubSecKey(key(keys.current())));
    var both = options().addPubSecKey(key(keys.current()));
    if (keys.previous() != null) {
      both.addPubSecKey(key(keys.previous()));
    }
    verifying = JWTAuth.create(vertx, both);
  }

  public Duration life() {
    return life;
  }

  /** The end that a token has which is signed now. */
  public long expiry() {
    return clock.instant().plus(life).getEpochSecond();
  }

  public String sign(Session session) {
    var roles = new JsonArray(session.roles().stream().map(Role::toString).toList());
    return signing.generateToken(
        new JsonObject()
            .put(USE, ACCESS)
            .put("sub", session.user().value())
            .put("acct", session.account().value())
            .put("sid", session.sid().value())
            .put("epoch", session.epoch())
            .put("roles", roles)
            .put("iat", clock.instant().getEpochSecond())
            .put("exp", session.expiresAtSeconds()),
        new JWTOptions().setAlgorithm(ALGORITHM).setIssuer(HOUSE).addAudience(HOUSE));
  }

  /** Whose token it is; null when it is none of ours, or over. */
  @Nullable Session verify(String token) {
    var known = verified.get(token);
    if (known == null && token.length() <= LONGEST) {
      known = read(token);
      if (known != null) {
        verified.put(token, known);
      }
    }
    if (known != null && known.expiresAtSeconds() <= clock.instant().getEpochSecond()) {
      verified.remove(token);
      return null;
    }
    return known;
  }

  private @Nullable Session read(String token) {
    try {
      var checked = verifying.authenticate(new TokenCredentials(token)); // done when it returns
      return checked.succeeded() ? session(checked.result()) : null;
    } catch (IllegalArgumentException | ClassCastException | NullPointerException notOurs) {
      return null; // signed by us, but not in a shape that this version knows
    }
  }

  private static @Nullable Session session(User user) {
    var claims = user.attributes().getJsonObject("accessToken");
    if (!ACCESS.equals(claims.getString(USE))) {
      return null;
    }
    return new Session(
        new UserId(claims.getString("sub")),
        new EmailHash(claims.getString("acct")),
        new SessionId(claims.getString("sid")),
        claims.getLong("epoch"),
        claims.getJsonArray("roles").stream().map(AccessTokens::role).collect(Collectors.toSet()),
        claims.getLong("exp"));
  }

  private static Role role(Object claim) {
    return Role.valueOf(claim.toString().toUpperCase(Locale.ROOT));
  }

  private static JWTAuthOptions options() {
    return new JWTAuthOptions()
        .setJWTOptions(new JWTOptions().setIssuer(HOUSE).setAudience(List.of(HOUSE)));
  }

  /** The key's name tells nothing of it, and is the same on every node that has it. */
  private static PubSecKeyOptions key(Secret key) {
    return new PubSecKeyOptions()
        .setAlgorithm(ALGORITHM)
        .setId(key.mac("the name of this key").substring(0, KEY_ID_CHARACTERS))
        .setBuffer(Buffer.buffer(key.bytes()));
  }
}
