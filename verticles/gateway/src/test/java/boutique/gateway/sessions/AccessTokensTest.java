package boutique.gateway.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An access token")
class AccessTokensTest {
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Secret KEY = secret("the key of this shop, and of no other");
  private static final Secret NEXT_KEY = secret("the key that comes after it some day");

  private final Vertx vertx = Vertx.vertx();
  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final AccessTokens tokens = tokens(new SigningKeys(KEY, null));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName("says who it is, in which session, with which roles, and until when")
  void says() {
    var anna = anna();

    assertThat(tokens.verify(tokens.sign(anna))).isEqualTo(anna);
    assertThat(Duration.between(now, Instant.ofEpochSecond(anna.expiresAtSeconds())))
        .isEqualTo(LIFE);
  }

  @Test
  @DisplayName("names its key, its issuer, its audience and its use, and nothing of the person")
  void claims() {
    var parts = tokens.sign(anna()).split("\\.");

    assertThat(json(parts[0]).fieldNames()).containsExactlyInAnyOrder("typ", "alg", "kid");
    assertThat(json(parts[0]).getString("alg")).isEqualTo("HS256");
    assertThat(json(parts[1]).fieldNames())
        .containsExactlyInAnyOrder(
            "use", "sub", "acct", "sid", "epoch", "roles", "iat", "exp", "iss", "aud");
  }

  @Test
  @DisplayName("is over at its second, however well it is remembered")
  void expires() {
    var token = tokens.sign(anna());
    assertThat(tokens.verify(token)).isNotNull();

    now = now.plus(LIFE);

    assertThat(tokens.verify(token)).isNull();
    assertThat(tokens(new SigningKeys(KEY, null)).verify(token)).isNull();
  }

  @Test
  @DisplayName("of the key before counts as long as that key is known")
  void previousKey() {
    var token = tokens.sign(anna());

    assertThat(tokens(new SigningKeys(NEXT_KEY, KEY)).verify(token)).isEqualTo(anna());
    assertThat(tokens(new SigningKeys(NEXT_KEY, null)).verify(token)).isNull();
  }

  @Test
  @DisplayName("is always signed with the current key, never with the one before")
  void signsWithCurrent() {
    var rotated = tokens(new SigningKeys(NEXT_KEY, KEY));
    var alone = tokens(new SigningKeys(NEXT_KEY, null));

    for (var i = 0; i < 50; i++) {
      assertThat(alone.verify(rotated.sign(anna(i)))).isEqualTo(anna(i));
    }
  }

  @Test
  @DisplayName("is refused when one character of it is another")
  void altered() {
    var token = tokens.sign(anna());

    for (var i = 0; i < token.length() - 1; i++) { // the last one holds spare bits
      var other = token.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(tokens.verify(token.substring(0, i) + other + token.substring(i + 1)))
          .as("character %d", i)
          .isNull();
    }
  }

  @Test
  @DisplayName("without a signature is none, whatever it says of its algorithm")
  void unsigned() {
    var parts = tokens.sign(anna()).split("\\.");
    for (var algorithm : new String[] {"none", "None", "NONE", "HS256", ""}) {
      var header = base64(new JsonObject().put("typ", "JWT").put("alg", algorithm).encode());

      assertThat(tokens.verify(header + "." + parts[1] + ".")).isNull();
      assertThat(tokens.verify(header + "." + parts[1])).isNull();
      assertThat(tokens.verify(header + "." + parts[1] + ".AAAA")).isNull();
    }
  }

  @Test
  @DisplayName("is refused in any other algorithm, even with the right key")
  void otherAlgorithm() {
    assertThat(tokens.verify(forged("HS512", claims -> {}))).isNull();
    assertThat(tokens.verify(forged("HS256", claims -> {}))).isEqualTo(anna());
  }

  @Test
  @DisplayName("is refused from another issuer, for another audience, and for another use")
  void otherHouse() {
    assertThat(tokens.verify(forged("HS256", claims -> claims.put("iss", "elsewhere")))).isNull();
    assertThat(tokens.verify(forged("HS256", claims -> claims.put("aud", "elsewhere")))).isNull();
    assertThat(tokens.verify(forged("HS256", claims -> claims.put("use", "refresh")))).isNull();
    assertThat(tokens.verify(forged("HS256", claims -> claims.remove("use")))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "acct", "sid", "epoch", "roles", "exp"})
  @DisplayName(
      "is refused when something is missing that every one of ours says, or makes no sense")
  void incomplete(String claim) {
    assertThat(tokens.verify(forged("HS256", claims -> claims.remove(claim)))).isNull();
    assertThat(tokens.verify(forged("HS256", claims -> claims.putNull(claim)))).isNull();
    assertThat(
            tokens.verify(forged("HS256", claims -> claims.put(claim, new JsonArray().add("!?")))))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "eyJ9.eyJ9.AAAA", " ", "null", "é.ü.ß"})
  @DisplayName("is refused when it is none")
  void nonsense(String token) {
    assertThat(tokens.verify(token)).isNull();
    assertThat(tokens.verify(token.repeat(5_000))).isNull();
  }

  private AccessTokens tokens(SigningKeys keys) {
    return new AccessTokens(vertx, keys, LIFE, () -> now);
  }

  private Session anna() {
    return anna(3);
  }

  private Session anna(long epoch) {
    return new Session(
        new UserId("anna"),
        new EmailHash("a1b2"),
        new SessionId("session"),
        epoch,
        Set.of(Role.CUSTOMER, Role.OPERATOR),
        tokens.expiry());
  }

  private String forged(String algorithm, Consumer<JsonObject> change) {
    var claims = json(tokens.sign(anna()).split("\\.")[1]);
    change.accept(claims);
    return JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addPubSecKey(
                    new PubSecKeyOptions()
                        .setAlgorithm(algorithm)
                        .setBuffer(Buffer.buffer(KEY.bytes()))))
        .generateToken(claims, new JWTOptions().setAlgorithm(algorithm).setNoTimestamp(true));
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), UTF_8));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static Secret secret(String text) {
    return new Secret(text.getBytes(UTF_8));
  }
}
