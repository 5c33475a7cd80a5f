package boutique.users;

import boutique.kernel.Rules;
import boutique.language.users.EmailHash;
import boutique.language.users.Profile;
import boutique.language.users.ResetToken;
import boutique.language.users.Role;
import boutique.language.users.UserCommand;
import boutique.language.users.UserCommand.ChangePassword;
import boutique.language.users.UserCommand.ChangeProfile;
import boutique.language.users.UserCommand.SignUp;
import boutique.language.users.UserEvent;
import boutique.language.users.UserEvent.UserCreated;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Somebody with an account, and what may be said to it. */
final class Anna {
  static final EmailHash HASH = new EmailHash("a1b2c3d4e5a1b2c3d4e5a1b2c3d4e5a1b2c3d4e5");
  static final UserId ANNA = new UserId("anna");
  static final UserId BEN = new UserId("ben");
  static final UserId OPERATOR = new UserId("olga");
  static final Set<Role> CUSTOMER = Set.of(Role.CUSTOMER);
  static final Set<Role> BOTH = Set.of(Role.CUSTOMER, Role.OPERATOR);
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant LATER = NOW.plus(Duration.ofMinutes(30));
  static final ResetToken TOKEN = ResetToken.of(HASH, new byte[] {1, 2, 3});

  /** The documents of the vault that stand for her, one after the other. */
  static final String FIRST = "first";

  static final String NEXT = "next";

  private Anna() {}

  static Rules<UserCommand, Account, UserEvent> nobody() {
    return Rules.of(new AccountDecider());
  }

  static Rules<UserCommand, Account, UserEvent> signedUp(UserEvent... then) {
    return signedUp(CUSTOMER, then);
  }

  static Rules<UserCommand, Account, UserEvent> signedUp(Set<Role> roles, UserEvent... then) {
    var history = new ArrayList<UserEvent>();
    history.add(new UserCreated(ANNA, FIRST, roles, NOW));
    history.addAll(List.of(then));
    return nobody().given(history);
  }

  static SignUp signUp(UserId user) {
    return new SignUp(HASH, user, CUSTOMER, "anna@example.com", "password", NOW);
  }

  static ChangePassword newPassword() {
    return new ChangePassword(HASH, ANNA, "password", "new password", NOW);
  }

  static ChangeProfile newProfile(UserId user) {
    return new ChangeProfile(HASH, user, Profile.EMPTY, NOW);
  }
}
