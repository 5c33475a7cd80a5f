package boutique.users;

import boutique.kernel.room.Room;
import boutique.kernel.store.Recorded;
import boutique.language.Broadcast;
import boutique.language.Event;
import boutique.language.Face;
import boutique.language.Revoked;
import boutique.language.StreamId;
import boutique.language.sessions.SessionCommand;
import boutique.language.sessions.SessionEnd;
import boutique.language.sessions.SessionEvent;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.sessions.SessionFace;
import boutique.language.sessions.SessionId;
import boutique.users.Family.Absent;
import boutique.users.Family.Beginning;
import boutique.users.Family.Lasting;
import boutique.users.Family.Over;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions room, put together. */
public final class SessionsRoom {
  public static final Room<SessionCommand, Family, SessionEvent> ROOM =
      new Room<SessionCommand, Family, SessionEvent>(
              "sessions", SessionCommand.class, new SessionDecider(), SessionsRoom::face)
          .telling(SessionsRoom::news);

  private SessionsRoom() {}

  private static @Nullable Face face(StreamId stream, Family family) {
    return switch (family) {
      case Absent _ -> null;
      case Lasting lasting -> face(stream, lasting.beginning(), lasting.until(), null);
      case Over(var beginning, var because, var at) -> face(stream, beginning, at, because);
    };
  }

  private static Face face(
      StreamId stream, Beginning beginning, Instant until, @Nullable SessionEnd over) {
    return new SessionFace(
        new SessionId(stream.key()),
        beginning.user(),
        beginning.account(),
        beginning.epoch(),
        beginning.family(),
        until,
        over);
  }

  private static List<? extends Broadcast> news(Recorded recorded, Event event, Family after) {
    return event instanceof SessionEnded e
        ? List.of(new Revoked(e.user().value(), e.session().value(), 0))
        : List.of();
  }
}
