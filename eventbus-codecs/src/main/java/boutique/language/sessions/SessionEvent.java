package boutique.language.sessions;

import boutique.language.Event;
import boutique.language.users.EmailHash;
import boutique.language.users.UserId;
import java.time.Instant;

/** What has happened to a session. */
public sealed interface SessionEvent extends Event {
  SessionId session();

  UserId user();

  record SessionOpened(
      SessionId session,
      UserId user,
      EmailHash account,
      long epoch,
      TokenHash family,
      TokenHash token,
      Instant at)
      implements SessionEvent {}

  record SessionRefreshed(SessionId session, UserId user, TokenHash token, Instant at)
      implements SessionEvent {}

  record SessionEnded(SessionId session, UserId user, SessionEnd because, Instant at)
      implements SessionEvent {}
}
