package boutique.users;

import static boutique.users.Anna.ANNA;
import static boutique.users.Anna.FIRST;
import static boutique.users.Anna.HASH;
import static boutique.users.Anna.LATER;
import static boutique.users.Anna.NEXT;
import static boutique.users.Anna.NOW;
import static boutique.users.Anna.OPERATOR;
import static boutique.users.Anna.TOKEN;
import static boutique.users.Anna.nobody;
import static boutique.users.Anna.signedUp;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.users.ResetToken;
import boutique.language.users.UserCommand.ConfirmPasswordReset;
import boutique.language.users.UserCommand.Filed;
import boutique.language.users.UserCommand.RequestPasswordReset;
import boutique.language.users.UserEvent.PasswordReset;
import boutique.language.users.UserEvent.PasswordResetRequested;
import boutique.language.users.UserEvent.UserBlocked;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A forgotten password")
class PasswordResetTest {
  private static final ResetToken OTHER = ResetToken.of(HASH, new byte[] {4, 5, 6});
  private static final RequestPasswordReset REQUEST =
      new RequestPasswordReset(HASH, TOKEN, LATER, NOW);
  private static final PasswordResetRequested REQUESTED =
      new PasswordResetRequested(ANNA, TOKEN.hash(), LATER, NOW);

  @Test
  @DisplayName("can be replaced by whoever has the token, of which only the hash is kept")
  void reset() {
    signedUp().when(REQUEST).then(REQUESTED);
    signedUp(REQUESTED).when(confirm(TOKEN, NOW)).thenNothing();
    signedUp(REQUESTED)
        .when(new Filed(confirm(TOKEN, NOW), FIRST, NEXT))
        .then(new PasswordReset(ANNA, NEXT, 1, NOW));
    assertThat(TOKEN.hash()).doesNotContain(TOKEN.value()).hasSize(64);
    assertThat(TOKEN.account()).isEqualTo(HASH);
  }

  @Test
  @DisplayName("is replaced once by one token")
  void once() {
    signedUp(REQUESTED, new PasswordReset(ANNA, NEXT, 1, NOW))
        .when(new Filed(confirm(TOKEN, NOW), NEXT, "third"))
        .thenRefused("reset.invalid");
  }

  @Test
  @DisplayName("is not replaced when the time is over")
  void late() {
    signedUp(REQUESTED).when(confirm(TOKEN, LATER.minusMillis(1))).thenNothing();
    signedUp(REQUESTED).when(confirm(TOKEN, LATER)).thenRefused("reset.invalid");
  }

  @Test
  @DisplayName("is replaced by the token that was asked for last, and no other")
  void last() {
    var again = new PasswordResetRequested(ANNA, OTHER.hash(), LATER, NOW);

    signedUp(REQUESTED, again).when(confirm(TOKEN, NOW)).thenRefused("reset.invalid");
    signedUp(REQUESTED, again).when(confirm(OTHER, NOW)).thenNothing();
    signedUp().when(confirm(TOKEN, NOW)).thenRefused("reset.invalid");
    nobody().when(confirm(TOKEN, NOW)).thenRefused("reset.invalid");
  }

  @Test
  @DisplayName("does not let anybody in who is blocked")
  void blocked() {
    var blocked = new UserBlocked(ANNA, NEXT, OPERATOR, 1, NOW);

    signedUp(blocked).when(REQUEST).thenRefused("user.not-found");
    signedUp(REQUESTED, blocked).when(confirm(TOKEN, NOW)).thenRefused("reset.invalid");
  }

  @Test
  @DisplayName("names an account of ours, or none")
  void strangers() {
    assertThat(new ResetToken("").account()).isNull();
    assertThat(new ResetToken("..").account()).isNull();
    assertThat(new ResetToken("../../x.y").account()).isNull();
    assertThat(new ResetToken(HASH.value()).account()).isNull();
  }

  private static ConfirmPasswordReset confirm(ResetToken token, Instant at) {
    return new ConfirmPasswordReset(HASH, token, "new password", at);
  }
}
