package boutique.language.discrepancies;

import boutique.language.users.UserId;
import java.time.Instant;

/** That somebody has closed a line: at which figures, who, why and when. */
public record Closing(Figures figures, UserId by, String reason, Instant at) {
  /**
   * Whether it was said of this: a line that was gone since and has come again is another one, be
   * it at the same figures.
   *
   * @param since from when on the books have not agreed
   */
  public boolean covers(Figures now, Instant since) {
    return figures.equals(now) && !at.isBefore(since);
  }
}
