package boutique.language.users;

import boutique.language.Command;
import boutique.language.StreamId;
import java.time.Instant;

/**
 * What may be asked of an account. The stream is named by a keyed hash of the e-mail address: so
 * the address is unique without regard to case, and stands in no event.
 */
public sealed interface UserCommand extends Command {
  EmailHash hash();

  @Override
  default StreamId stream() {
    return new StreamId("users", hash().value());
  }

  /** Opens an account. The address and the password's hash go into the vault, not into events. */
  record SignUp(EmailHash hash, UserId user, String email, String password, Instant at)
      implements UserCommand {

    @Override
    public String toString() {
      return "SignUp[" + user + "]"; // never the password
    }
  }

  /** Asks whether this is the password. */
  record SignIn(EmailHash hash, String password, Instant at) implements UserCommand {

    @Override
    public String toString() {
      return "SignIn[" + hash.value() + "]"; // never the password
    }
  }
}
