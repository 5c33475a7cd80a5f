package boutique.users;

import boutique.kernel.Rules;
import boutique.language.users.EmailHash;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserEvent;
import boutique.language.users.UserEvent.UserCreated;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An account")
class AccountDeciderTest {
  private static final EmailHash HASH = new EmailHash("a1b2");
  private static final UserId ANNA = new UserId("anna");
  private static final UserId BEN = new UserId("ben");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Rules<UserCommand, Account, UserEvent> rules = Rules.of(new AccountDecider());

  @Test
  @DisplayName("is opened, and its event tells nothing of the person")
  void opened() {
    rules.when(signUp(ANNA)).then(new UserCreated(ANNA, NOW));
  }

  @Test
  @DisplayName("is opened once, however often it is asked")
  void again() {
    rules.given(List.of(new UserCreated(ANNA, NOW))).when(signUp(ANNA)).thenNothing();
  }

  @Test
  @DisplayName("belongs to whoever came first")
  void taken() {
    rules.given(List.of(new UserCreated(ANNA, NOW))).when(signUp(BEN)).thenRefused("email.taken");
  }

  private static SignUp signUp(UserId user) {
    return new SignUp(HASH, user, "anna@example.com", "password", NOW);
  }
}
