package boutique.gateway.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.Revoked;
import boutique.language.sessions.SessionId;
import boutique.language.users.EmailHash;
import boutique.language.users.Role;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was revoked")
class RevocationsTest {
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final int MOST = 100;

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Revocations revocations = new Revocations(LIFE, () -> now, MOST);

  @Test
  @DisplayName("is a session, and none of the user's others")
  void session() {
    revocations.add(new Revoked("anna", "phone", 0));

    assertThat(revocations.contains(session("anna", "phone", 0))).isTrue();
    assertThat(revocations.contains(session("anna", "laptop", 0))).isFalse();
  }

  @Test
  @DisplayName("is every session of an account's earlier epochs, and none of this one or another's")
  void epoch() {
    revocations.add(new Revoked("anna", null, 2));

    assertThat(revocations.contains(session("anna", "phone", 0))).isTrue();
    assertThat(revocations.contains(session("anna", "phone", 1))).isTrue();
    assertThat(revocations.contains(session("anna", "phone", 2))).isFalse();
    assertThat(revocations.contains(session("ben", "phone", 1))).isFalse();
  }

  @Test
  @DisplayName("stays so when an older word comes late")
  void outOfOrder() {
    revocations.add(new Revoked("anna", null, 2));
    revocations.add(new Revoked("anna", null, 1));

    assertThat(revocations.contains(session("anna", "phone", 1))).isTrue();
  }

  @Test
  @DisplayName("is told once, however often it is heard")
  void toldOnce() {
    var told = new ArrayList<Revoked>();
    revocations.onAdded(told::add);
    for (var i = 0; i < 3; i++) {
      revocations.add(new Revoked("anna", "phone", 0));
      revocations.add(new Revoked("anna", null, 2));
      revocations.add(new Revoked("anna", null, 1));
    }

    assertThat(told).containsExactly(new Revoked("anna", "phone", 0), new Revoked("anna", null, 2));
  }

  @Test
  @DisplayName("is known as long as such a token can live, and then forgotten")
  void forgotten() {
    revocations.add(new Revoked("anna", "phone", 0));
    revocations.add(new Revoked("ben", null, 1));
    now = now.plus(LIFE);
    revocations.forgetOld();
    assertThat(revocations.contains(session("anna", "phone", 0))).isTrue();
    assertThat(revocations.size()).isEqualTo(2);

    now = now.plus(Duration.ofSeconds(61));
    revocations.forgetOld();

    assertThat(revocations.size()).isZero();
  }

  @Test
  @DisplayName("never fills the memory: when it is too much, every token of before is refused")
  void bounded() {
    var before = session("anna", "phone", 0);
    for (var i = 0; i < MOST + 1; i++) {
      revocations.add(new Revoked("user-" + i, "session-" + i, 0));
    }

    assertThat(revocations.size()).isLessThanOrEqualTo(MOST);
    assertThat(revocations.contains(before)).isTrue();
    assertThat(revocations.contains(session("user-0", "session-0", 0))).isTrue();
    now = now.plusSeconds(1);
    assertThat(revocations.contains(session("anna", "phone", 0))).isFalse();
  }

  /** With a token that was signed now. */
  private Session session(String user, String session, long epoch) {
    return new Session(
        new UserId(user),
        new EmailHash("a1b2"),
        new SessionId(session),
        epoch,
        Set.of(Role.CUSTOMER),
        now.plus(LIFE).getEpochSecond());
  }
}
