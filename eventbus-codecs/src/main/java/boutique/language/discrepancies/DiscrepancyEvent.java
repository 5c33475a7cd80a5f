package boutique.language.discrepancies;

import boutique.language.Event;
import boutique.language.users.UserId;
import java.time.Instant;

/** What operators have decided of a line. */
public sealed interface DiscrepancyEvent extends Event {
  DiscrepancyId discrepancy();

  /**
   * Nothing is to be done about it, as long as it is about these figures.
   *
   * @param reason in the words of whoever has closed it, which name no person
   */
  record DiscrepancyClosed(
      DiscrepancyId discrepancy, String kind, Figures figures, UserId by, String reason, Instant at)
      implements DiscrepancyEvent {}

  /** It is to be seen to after all. */
  record DiscrepancyReopened(DiscrepancyId discrepancy, UserId by, Instant at)
      implements DiscrepancyEvent {}
}
