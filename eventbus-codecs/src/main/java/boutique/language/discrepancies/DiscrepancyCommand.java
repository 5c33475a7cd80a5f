package boutique.language.discrepancies;

import boutique.language.Command;
import boutique.language.StreamId;
import boutique.language.users.UserId;
import java.time.Instant;

/** What operators may decide of a line. Every command is harmless when repeated. */
public sealed interface DiscrepancyCommand extends Command {
  String ROOM = "discrepancies";

  DiscrepancyId discrepancy();

  @Override
  default StreamId stream() {
    return discrepancy().stream();
  }

  /**
   * Says that nothing is to be done about it any more.
   *
   * @param kind what is wrong with it
   * @param figures as whoever closes it has found them
   * @param since from when on the books have not agreed
   * @param mends whether it was still put right by itself when somebody looked
   */
  record CloseDiscrepancy(
      DiscrepancyId discrepancy,
      String kind,
      Figures figures,
      Instant since,
      boolean mends,
      UserId by,
      String reason,
      Instant at)
      implements DiscrepancyCommand {}

  /** Takes that back. */
  record ReopenDiscrepancy(DiscrepancyId discrepancy, UserId by, Instant at)
      implements DiscrepancyCommand {}
}
