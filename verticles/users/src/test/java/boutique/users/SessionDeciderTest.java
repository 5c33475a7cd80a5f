package boutique.users;

import boutique.kernel.Rules;
import boutique.language.sessions.SessionCommand;
import boutique.language.sessions.SessionCommand.EndSession;
import boutique.language.sessions.SessionCommand.OpenSession;
import boutique.language.sessions.SessionCommand.RefreshSession;
import boutique.language.sessions.SessionEnd;
import boutique.language.sessions.SessionEvent;
import boutique.language.sessions.SessionEvent.SessionEnded;
import boutique.language.sessions.SessionEvent.SessionOpened;
import boutique.language.sessions.SessionEvent.SessionRefreshed;
import boutique.language.sessions.SessionId;
import boutique.language.sessions.TokenHash;
import boutique.language.users.EmailHash;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A session")
class SessionDeciderTest {
  private static final SessionId SESSION = new SessionId("session");
  private static final UserId ANNA = new UserId("anna");
  private static final EmailHash ACCOUNT = new EmailHash("a1b2");
  private static final TokenHash FAMILY = new TokenHash("family");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(900);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Rules<SessionCommand, Family, SessionEvent> rules = Rules.of(new SessionDecider());

  @Nested
  @DisplayName("that nobody has opened")
  class Absent {
    @Test
    @DisplayName("begins with its first token, at the epoch of its account")
    void begins() {
      rules.when(open("t0")).then(opened());
    }

    @Test
    @DisplayName("cannot be refreshed")
    void refresh() {
      rules.when(present("t0", "t1", NOON)).thenRefused("session.over");
    }

    @Test
    @DisplayName("needs no end")
    void end() {
      rules.when(new EndSession(SESSION, SessionEnd.SIGNED_OUT, NOON)).thenNothing();
    }
  }

  @Nested
  @DisplayName("that lasts")
  class Lasting {
    private final Rules<SessionCommand, Family, SessionEvent> lasting =
        rules.given(List.of(opened()));

    private final Rules<SessionCommand, Family, SessionEvent> refreshed =
        rules.given(List.of(opened(), refreshed("t1", LATER)));

    @Test
    @DisplayName("is opened once, however often it is asked")
    void again() {
      lasting.when(open("t0")).thenNothing();
    }

    @Test
    @DisplayName("is not opened again with another token")
    void taken() {
      lasting.when(open("other")).thenRefused("session.exists");
    }

    @Test
    @DisplayName("replaces its token by the next one")
    void rotates() {
      lasting.when(present("t0", "t1", LATER)).then(refreshed("t1", LATER));
      refreshed.when(present("t1", "t2", LATER)).then(refreshed("t2", LATER));
    }

    @Test
    @DisplayName("is over when a token comes again that was replaced, even if that was just now")
    void reused() {
      refreshed.when(present("t0", "t2", LATER)).then(ended(SessionEnd.TOKEN_REUSED, LATER));
    }

    @Test
    @DisplayName("is over when a token comes again that was replaced long ago")
    void reusedLongAgo() {
      var history =
          Stream.concat(
              Stream.of(opened()),
              IntStream.rangeClosed(1, 500)
                  .mapToObj(i -> refreshed("t" + i, NOON.plusSeconds(900L * i))));
      var now = NOON.plusSeconds(900 * 500);

      rules
          .given(history.toList())
          .when(present("t3", "x", now))
          .then(ended(SessionEnd.TOKEN_REUSED, now));
    }

    @Test
    @DisplayName("gives an answer again that was lost, for a moment")
    void lostAnswer() {
      var soon = LATER.plus(SessionDecider.LOST).minus(MOMENT);

      refreshed.when(present("t0", "t1", soon)).thenNothing();
      refreshed
          .when(present("t0", "t1", LATER.plus(SessionDecider.LOST)))
          .then(ended(SessionEnd.TOKEN_REUSED, LATER.plus(SessionDecider.LOST)));
    }

    @Test
    @DisplayName("gives no answer again once its token was used")
    void answerIsUsed() {
      var used = rules.given(List.of(opened(), refreshed("t1", LATER), refreshed("t2", LATER)));

      used.when(present("t0", "t1", LATER)).then(ended(SessionEnd.TOKEN_REUSED, LATER));
    }

    @Test
    @DisplayName("is not ended by somebody who never held a token of it")
    void stranger() {
      lasting
          .when(
              new RefreshSession(
                  SESSION,
                  new TokenHash("guessed"),
                  new TokenHash("t0"),
                  new TokenHash("t1"),
                  LATER))
          .thenRefused("session.over");
    }

    @Test
    @DisplayName("is over when nobody has used it for thirty days")
    void idle() {
      var inTime = LATER.plus(Family.IDLE).minus(MOMENT);
      var late = LATER.plus(Family.IDLE);

      refreshed.when(present("t1", "t2", inTime)).then(refreshed("t2", inTime));
      refreshed.when(present("t1", "t2", late)).then(ended(SessionEnd.EXPIRED, late));
    }

    @Test
    @DisplayName("is over after ninety days, however busy it was")
    void old() {
      var late = NOON.plus(Family.LIFE);
      var busy =
          rules.given(
              List.of(
                  opened(),
                  refreshed("t1", NOON.plus(Duration.ofDays(29))),
                  refreshed("t2", NOON.plus(Duration.ofDays(58))),
                  refreshed("t3", NOON.plus(Duration.ofDays(87)))));

      busy.when(present("t3", "t4", late.minus(MOMENT))).then(refreshed("t4", late.minus(MOMENT)));
      busy.when(present("t3", "t4", late)).then(ended(SessionEnd.EXPIRED, late));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is ended, and the event says why")
    void ends(SessionEnd because) {
      refreshed.when(new EndSession(SESSION, because, LATER)).then(ended(because, LATER));
    }
  }

  @Nested
  @DisplayName("that is over")
  class Over {
    private final Rules<SessionCommand, Family, SessionEvent> over =
        rules.given(List.of(opened(), refreshed("t1", LATER), ended(SessionEnd.SIGNED_OUT, LATER)));

    @Test
    @DisplayName("stays over: no token is good, and it is not opened again")
    void staysOver() {
      over.when(present("t1", "t2", LATER)).thenRefused("session.over");
      over.when(present("t0", "t1", LATER)).thenRefused("session.over");
      over.when(open("t0")).thenRefused("session.exists");
    }

    @Test
    @DisplayName("ends once")
    void once() {
      over.when(new EndSession(SESSION, SessionEnd.ACCOUNT, LATER)).thenNothing();
    }
  }

  private static OpenSession open(String token) {
    return new OpenSession(SESSION, ANNA, ACCOUNT, 3, FAMILY, new TokenHash(token), NOON);
  }

  private static SessionOpened opened() {
    return new SessionOpened(SESSION, ANNA, ACCOUNT, 3, FAMILY, new TokenHash("t0"), NOON);
  }

  private static RefreshSession present(String token, String next, Instant at) {
    return new RefreshSession(SESSION, FAMILY, new TokenHash(token), new TokenHash(next), at);
  }

  private static SessionRefreshed refreshed(String token, Instant at) {
    return new SessionRefreshed(SESSION, ANNA, new TokenHash(token), at);
  }

  private static SessionEnded ended(SessionEnd because, Instant at) {
    return new SessionEnded(SESSION, ANNA, because, at);
  }
}
