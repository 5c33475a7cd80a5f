package boutique.payments.books;

import boutique.kernel.room.Room;
import boutique.language.Face;
import boutique.language.StreamId;
import boutique.language.discrepancies.DiscrepancyCommand;
import boutique.language.discrepancies.DiscrepancyEvent;
import boutique.language.discrepancies.DiscrepancyFace;
import boutique.language.discrepancies.DiscrepancyId;
import boutique.payments.books.Decided.Closed;
import boutique.payments.books.Decided.Open;

/** What people decide of the reconciler's list, put together: a room of its own. */
public final class DiscrepanciesRoom {
  public static final Room<DiscrepancyCommand, Decided, DiscrepancyEvent> ROOM =
      new Room<>(
          DiscrepancyCommand.ROOM,
          DiscrepancyCommand.class,
          new ClosingDecider(),
          DiscrepanciesRoom::face);

  private DiscrepanciesRoom() {}

  private static Face face(StreamId stream, Decided decided) {
    var discrepancy = new DiscrepancyId(stream.key());
    return switch (decided) {
      case Open _ -> new DiscrepancyFace(discrepancy, null);
      case Closed(var closing) -> new DiscrepancyFace(discrepancy, closing);
    };
  }
}
