package boutique.users;

import boutique.language.sessions.SessionEnd;
import boutique.language.sessions.TokenHash;
import boutique.language.users.EmailHash;
import boutique.language.users.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session, and the family of refresh tokens that have followed one another in it. */
sealed interface Family {
  /** How long a session may rest before nobody needs it any more. */
  Duration IDLE = Duration.ofDays(30);

  /** How long it may last, however busy. */
  Duration LIFE = Duration.ofDays(90);

  /** When one that began then, and was refreshed then, ends by itself. */
  static Instant end(Instant began, Instant refreshed) {
    var idle = refreshed.plus(IDLE);
    var life = began.plus(LIFE);
    return idle.isBefore(life) ? idle : life;
  }

  /** Nobody has signed in. */
  record Absent() implements Family {}

  /**
   * It lasts, and one token is good.
   *
   * @param current the token that may be presented next
   * @param previous the one that it has replaced
   * @param since when it did
   */
  record Lasting(
      Beginning beginning, TokenHash current, @Nullable TokenHash previous, Instant since)
      implements Family {

    Instant until() {
      return end(beginning.at(), since);
    }
  }

  /** No token of it is good for anything any more. */
  record Over(Beginning beginning, SessionEnd because, Instant at) implements Family {}

  /** How it began: whose it is, and what all its tokens have in common. */
  record Beginning(
      UserId user, EmailHash account, long epoch, TokenHash family, TokenHash token, Instant at) {}
}
