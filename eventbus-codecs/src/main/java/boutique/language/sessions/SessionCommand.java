package boutique.language.sessions;

import boutique.language.Command;
import boutique.language.StreamId;
import boutique.language.users.EmailHash;
import boutique.language.users.UserId;
import java.time.Instant;

/**
 * What may be asked of a session. Secrets come as their hashes: the family's own, which stands in
 * every refresh token of the session, and that of each token.
 */
public sealed interface SessionCommand extends Command {
  SessionId session();

  @Override
  default StreamId stream() {
    return session().stream();
  }

  /** Begins a session of an account, at the epoch that the account is in. */
  record OpenSession(
      SessionId session,
      UserId user,
      EmailHash account,
      long epoch,
      TokenHash family,
      TokenHash token,
      Instant at)
      implements SessionCommand {}

  /** Replaces the token by the next one. */
  record RefreshSession(
      SessionId session, TokenHash family, TokenHash presented, TokenHash next, Instant at)
      implements SessionCommand {}

  /** Ends it, for good. */
  record EndSession(SessionId session, SessionEnd because, Instant at) implements SessionCommand {}
}
