package boutique.users;

import boutique.language.users.ResetToken;
import boutique.language.users.Role;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one e-mail address. */
sealed interface Account {

  /**
   * It belongs to nobody.
   *
   * @param erased to whom it belonged last, who does not come back
   */
  record Free(@Nullable UserId erased) implements Account {}

  /**
   * It belongs to somebody.
   *
   * @param person which document of the vault counts
   * @param epoch how often all sessions were ended
   * @param reset what was mailed to somebody who has forgotten the password
   */
  record Open(
      UserId user,
      String person,
      Set<Role> roles,
      long epoch,
      boolean blocked,
      @Nullable Reset reset)
      implements Account {

    Open with(String newPerson) {
      return new Open(user, newPerson, roles, epoch, blocked, reset);
    }

    Open with(@Nullable Reset newReset) {
      return new Open(user, person, roles, epoch, blocked, newReset);
    }

    Open with(Set<Role> newRoles) {
      return new Open(user, person, newRoles, epoch, blocked, reset);
    }

    Open blocked(boolean now) {
      return new Open(user, person, roles, epoch, now, reset);
    }

    /** Whoever may do more or less than before, or is perhaps another, signs in again. */
    Open from(long newEpoch) {
      return new Open(user, person, roles, newEpoch, blocked, null);
    }
  }

  /** A new password may be set by this token, until then. */
  record Reset(String tokenHash, Instant expiresAt) {
    boolean allows(ResetToken token, Instant at) {
      return tokenHash.equals(token.hash()) && at.isBefore(expiresAt);
    }
  }
}
