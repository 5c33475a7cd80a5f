package boutique.users;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.sessions.SessionCommand;
import boutique.language.sessions.SessionCommand.EndSession;
import boutique.language.sessions.SessionCommand.OpenSession;
import boutique.language.sessions.SessionCommand.RefreshSession;
import boutique.language.sessions.SessionEnd;
import boutique.language.sessions.SessionEvent;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.sessions.SessionEvent.SessionOpened;
import boutique.language.sessions.SessionEvent.SessionRefreshed;
import boutique.users.Family.Absent;
import boutique.users.Family.Beginning;
import boutique.users.Family.Lasting;
import boutique.users.Family.Over;
import java.time.Duration;

/**
 * The rules of a session. Each refresh token is good once. Whoever presents one that was replaced
 * proves that two hold it, and since nobody can tell the thief from the owner, the session is over
 * for both.
 */
public final class SessionDecider implements Decider<SessionCommand, Family, SessionEvent> {
  /** For so long a client may repeat a request whose answer was lost, as it was. */
  static final Duration LOST = Duration.ofSeconds(30);

  @Override
  public Family initial() {
    return new Absent();
  }

  @Override
  public Decision<SessionEvent> decide(Family family, SessionCommand command) {
    return switch (command) {
      case OpenSession c -> open(family, c);
      case RefreshSession c -> refresh(family, c);
      case EndSession c -> end(family, c);
    };
  }

  @Override
  public Family evolve(Family family, SessionEvent event) {
    return switch (event) {
      case SessionOpened e ->
          new Lasting(
              new Beginning(e.user(), e.account(), e.epoch(), e.family(), e.token(), e.at()),
              e.token(),
              null,
              e.at());
      case SessionRefreshed e ->
          family instanceof Lasting(var beginning, var replaced, _, _)
              ? new Lasting(beginning, e.token(), replaced, e.at())
              : family;
      case SessionEnded e ->
          family instanceof Lasting lasting
              ? new Over(lasting.beginning(), e.because(), e.at())
              : family;
    };
  }

  private static Decision<SessionEvent> open(Family family, OpenSession c) {
    return switch (family) {
      case Absent _ ->
          accept(
              new SessionOpened(
                  c.session(), c.user(), c.account(), c.epoch(), c.family(), c.token(), c.at()));
      case Lasting lasting when lasting.beginning().token().equals(c.token()) -> accept();
      case Lasting _, Over _ -> refuse("session.exists", "There was such a session before.");
    };
  }

  private static Decision<SessionEvent> refresh(Family family, RefreshSession c) {
    return switch (family) {
      case Lasting lasting when lasting.beginning().family().equals(c.family()) ->
          refresh(lasting, c);
      case Absent _, Lasting _, Over _ -> refuse("session.over", "The session is over.");
    };
  }

  private static Decision<SessionEvent> refresh(Lasting lasting, RefreshSession c) {
    if (!c.at().isBefore(lasting.until())) {
      return accept(ended(c, lasting, SessionEnd.EXPIRED));
    }
    if (c.presented().equals(lasting.current())) {
      return accept(
          new SessionRefreshed(c.session(), lasting.beginning().user(), c.next(), c.at()));
    }
    var repeated =
        c.presented().equals(lasting.previous())
            && c.next().equals(lasting.current()) // which only who says the same key asks for
            && c.at().isBefore(lasting.since().plus(LOST));
    return repeated ? accept() : accept(ended(c, lasting, SessionEnd.TOKEN_REUSED));
  }

  private static Decision<SessionEvent> end(Family family, EndSession c) {
    return switch (family) {
      case Lasting lasting -> accept(ended(c, lasting, c.because()));
      case Absent _, Over _ -> accept();
    };
  }

  private static SessionEvent ended(SessionCommand c, Lasting lasting, SessionEnd because) {
    return new SessionEnded(c.session(), lasting.beginning().user(), because, c.at());
  }
}
