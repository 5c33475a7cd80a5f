package boutique.language.sessions;

import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.users.EmailHash;
import boutique.language.users.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose session it is.
 *
 * @param epoch of the account, when the session began
 * @param family the hash of what stands in every refresh token of the session
 * @param until when it ends by itself, if it is not refreshed before
 * @param over why it has ended; null while it has not
 */
public record SessionFace(
    SessionId session,
    UserId user,
    EmailHash account,
    long epoch,
    TokenHash family,
    Instant until,
    @Nullable SessionEnd over)
    implements Face {

  /** The stream of the account that it is a session of. */
  public StreamId accountStream() {
    return new StreamId("users", account.value());
  }
}
