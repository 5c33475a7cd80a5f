package boutique.gateway.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.sessions.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A refresh token")
class RefreshTokenTest {
  private static final Secret KEY =
      new Secret("the key of this shop, and of no other".getBytes(UTF_8));

  private final RefreshToken token = RefreshToken.first(new SessionId("0195-session"));

  @Test
  @DisplayName("is read as it was written")
  void reads() {
    assertThat(RefreshToken.parse(token.text())).isEqualTo(token);
  }

  @Test
  @DisplayName("is unlike any other")
  void unlike() {
    var other = RefreshToken.first(token.session());

    assertThat(other.family()).isNotEqualTo(token.family());
    assertThat(other.secret()).isNotEqualTo(token.secret());
  }

  @Test
  @DisplayName("has another successor each time, of the same family")
  void successors() {
    var one = token.successor(KEY, null);
    var two = token.successor(KEY, null);

    assertThat(one.secret()).isNotEqualTo(two.secret()).isNotEqualTo(token.secret());
    assertThat(one.family()).isEqualTo(token.family());
    assertThat(RefreshToken.parse(one.text())).isEqualTo(one);
  }

  @Test
  @DisplayName("has the same successor for who asks again with the same key, and for nobody else")
  void repeated() {
    var mine = token.successor(KEY, "mine");

    assertThat(token.successor(KEY, "mine")).isEqualTo(mine);
    assertThat(RefreshToken.parse(mine.text())).isEqualTo(mine);
    assertThat(token.successor(KEY, "thine")).isNotEqualTo(mine);
    assertThat(mine.successor(KEY, "mine")).isNotEqualTo(mine);
    assertThat(token.successor(new Secret("another".getBytes(UTF_8)), "mine")).isNotEqualTo(mine);
  }

  @Test
  @DisplayName("does not show its secrets, and its hashes do not either")
  void hidden() {
    assertThat(token.toString()).doesNotContain(token.family()).doesNotContain(token.secret());
    assertThat(token.hash().value()).hasSize(64).doesNotContain(token.secret());
    assertThat(token.familyHash()).isNotEqualTo(token.hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "s.f", "a b.c.d", "../x.y.z"})
  @DisplayName("is none when it has not the form of one")
  void nonsense(String text) {
    assertThat(RefreshToken.parse(text)).isNull();
    assertThat(RefreshToken.parse(text + token.text() + ".")).isNull();
    assertThat(RefreshToken.parse(token.text().replace('.', '/'))).isNull();
  }
}
