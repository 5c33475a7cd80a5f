package boutique.language.users;

import boutique.language.Event;
import java.time.Instant;
import java.util.Set;

/**
 * What has happened to an account. Who the person is stands in a document of the vault; {@code
 * person} says which one counts from then on.
 */
public sealed interface UserEvent extends Event {
  UserId user();

  Instant at();

  /** Sessions of an earlier epoch than this have ended. */
  sealed interface EndsSessions {
    UserId user();

    long epoch();

    Instant at();
  }

  record UserCreated(UserId user, String person, Set<Role> roles, Instant at) implements UserEvent {
    public UserCreated {
      roles = Role.set(roles);
    }
  }

  /** Something about the person is different; the account is not. */
  record PersonChanged(UserId user, String person, Instant at) implements UserEvent {}

  record PasswordChanged(UserId user, String person, long epoch, Instant at)
      implements UserEvent, EndsSessions {}

  /** Whoever brings the token behind this hash in time may set the password, once. */
  record PasswordResetRequested(UserId user, String tokenHash, Instant expiresAt, Instant at)
      implements UserEvent {}

  record PasswordReset(UserId user, String person, long epoch, Instant at)
      implements UserEvent, EndsSessions {}

  record SessionsEnded(UserId user, long epoch, Instant at) implements UserEvent, EndsSessions {}

  record UserBlocked(UserId user, String person, UserId by, long epoch, Instant at)
      implements UserEvent, EndsSessions {}

  record UserUnblocked(UserId user, String person, UserId by, Instant at) implements UserEvent {}

  record RolesChanged(UserId user, Set<Role> roles, UserId by, long epoch, Instant at)
      implements UserEvent, EndsSessions {
    public RolesChanged {
      roles = Role.set(roles);
    }
  }

  /** The person is gone; somebody else may sign up with the address. */
  record UserErased(UserId user, long epoch, Instant at) implements UserEvent, EndsSessions {}
}
