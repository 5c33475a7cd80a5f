package boutique.language.users;

import boutique.language.Command;
import boutique.language.Message;
import boutique.language.StreamId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of an account. The stream is named by a keyed hash of the e-mail address: so
 * the address is unique without regard to case, and stands in no event. A command that names a user
 * is refused when the account has become somebody else's.
 */
public sealed interface UserCommand extends Command {
  String ROOM = "users";

  EmailHash hash();

  @Override
  default StreamId stream() {
    return new StreamId(ROOM, hash().value());
  }

  /**
   * Changes who the person is, or how they are known. The account's rules are asked twice: before
   * anything is written, whether it may be; then {@link Filed}, whether it is so now.
   */
  sealed interface Edit extends Message {
    EmailHash hash();

    Instant at();
  }

  /**
   * What an edit makes of the person is in the vault already, and this decides whether it counts.
   *
   * @param before the document that it was made from, which must still be the one that counts
   * @param person the document that shall count from now on
   */
  record Filed(Edit edit, @Nullable String before, String person) implements UserCommand {
    @Override
    public EmailHash hash() {
      return edit.hash();
    }

    @Override
    public Instant at() {
      return edit.at();
    }
  }

  /** Opens an account. The address and the password's hash go into the vault, not into events. */
  record SignUp(
      EmailHash hash, UserId user, Set<Role> roles, String email, String password, Instant at)
      implements UserCommand, Edit {
    public SignUp {
      roles = Role.set(roles);
    }

    @Override
    public String toString() {
      return "SignUp[" + user + "]"; // never the password
    }
  }

  /** Opens an account for somebody of another shop, who goes on with the password from there. */
  record ImportUser(
      EmailHash hash, UserId user, Set<Role> roles, String email, String passwordHash, Instant at)
      implements UserCommand, Edit {
    public ImportUser {
      roles = Role.set(roles);
    }

    @Override
    public String toString() {
      return "ImportUser[" + user + "]";
    }
  }

  /** Asks whether this is the password. */
  record SignIn(EmailHash hash, String password, Instant at) implements UserCommand {
    @Override
    public String toString() {
      return "SignIn[" + hash.value() + "]"; // never the password
    }
  }

  /** Keeps the same password under a better hash. */
  record UpgradePassword(EmailHash hash, UserId user, Instant at) implements UserCommand, Edit {}

  record ChangePassword(EmailHash hash, UserId user, String current, String password, Instant at)
      implements UserCommand, Edit {
    @Override
    public String toString() {
      return "ChangePassword[" + user + "]"; // never the passwords
    }
  }

  /** Lets whoever reads the account's mail set a new password, until then, once. */
  record RequestPasswordReset(EmailHash hash, ResetToken token, Instant expiresAt, Instant at)
      implements UserCommand {}

  record ConfirmPasswordReset(EmailHash hash, ResetToken token, String password, Instant at)
      implements UserCommand, Edit {
    @Override
    public String toString() {
      return "ConfirmPasswordReset[" + hash.value() + "]"; // never the password
    }
  }

  /** Ends every session of the account, wherever it is open. */
  record EndAllSessions(EmailHash hash, UserId user, Instant at) implements UserCommand {}

  record BlockUser(EmailHash hash, UserId user, UserId by, String reason, Instant at)
      implements UserCommand, Edit {
    @Override
    public String toString() {
      return "BlockUser[" + user + "]"; // the reason may say anything of a person
    }
  }

  record UnblockUser(EmailHash hash, UserId user, UserId by, Instant at)
      implements UserCommand, Edit {}

  record ChangeRoles(EmailHash hash, UserId user, Set<Role> roles, UserId by, Instant at)
      implements UserCommand {
    public ChangeRoles {
      roles = Role.set(roles);
    }
  }

  /** Asks who the person is. */
  record ReadPerson(EmailHash hash, UserId user, Instant at) implements UserCommand {}

  record ChangeProfile(EmailHash hash, UserId user, Profile profile, Instant at)
      implements UserCommand, Edit {}

  record AddAddress(EmailHash hash, UserId user, Address address, boolean asDefault, Instant at)
      implements UserCommand, Edit {}

  record ChangeAddress(EmailHash hash, UserId user, Address address, boolean asDefault, Instant at)
      implements UserCommand, Edit {}

  record RemoveAddress(EmailHash hash, UserId user, String address, Instant at)
      implements UserCommand, Edit {}

  /** Forgets the person, for ever. */
  record EraseUser(EmailHash hash, UserId user, String password, Instant at)
      implements UserCommand {
    @Override
    public String toString() {
      return "EraseUser[" + user + "]"; // never the password
    }
  }
}
