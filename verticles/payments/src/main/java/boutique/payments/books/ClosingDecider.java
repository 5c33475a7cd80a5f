package boutique.payments.books;

import static boutique.kernel.Decision.accept;
import static boutique.kernel.Decision.refuse;

import boutique.kernel.Decider;
import boutique.kernel.Decision;
import boutique.language.discrepancies.Closing;
import boutique.language.discrepancies.DiscrepancyCommand;
import boutique.language.discrepancies.DiscrepancyCommand.CloseDiscrepancy;
import boutique.language.discrepancies.DiscrepancyCommand.ReopenDiscrepancy;
import boutique.language.discrepancies.DiscrepancyEvent;
import boutique.language.discrepancies.DiscrepancyEvent.DiscrepancyClosed;
import boutique.language.discrepancies.DiscrepancyEvent.DiscrepancyReopened;
import boutique.payments.books.Decided.Closed;
import boutique.payments.books.Decided.Open;

/**
 * The rules of closing a line: what is put right by itself is not closed, and who closes again at
 * the same figures has the first answer, unless it was gone in between.
 */
public final class ClosingDecider
    implements Decider<DiscrepancyCommand, Decided, DiscrepancyEvent> {
  @Override
  public Decided initial() {
    return new Open();
  }

  @Override
  public Decision<DiscrepancyEvent> decide(Decided decided, DiscrepancyCommand command) {
    return switch (command) {
      case CloseDiscrepancy c -> close(decided, c);
      case ReopenDiscrepancy c ->
          switch (decided) {
            case Open _ -> accept();
            case Closed _ -> accept(new DiscrepancyReopened(c.discrepancy(), c.by(), c.at()));
          };
    };
  }

  private static Decision<DiscrepancyEvent> close(Decided decided, CloseDiscrepancy c) {
    if (c.mends()) {
      return refuse(
          "discrepancy.repaired-by-itself",
          "The shop still tries to put this right by itself. It can be closed when that was in"
              + " vain.");
    }
    if (decided instanceof Closed(var closing) && closing.covers(c.figures(), c.since())) {
      return accept();
    }
    return accept(
        new DiscrepancyClosed(c.discrepancy(), c.kind(), c.figures(), c.by(), c.reason(), c.at()));
  }

  @Override
  public Decided evolve(Decided decided, DiscrepancyEvent event) {
    return switch (event) {
      case DiscrepancyClosed e -> new Closed(new Closing(e.figures(), e.by(), e.reason(), e.at()));
      case DiscrepancyReopened _ -> new Open();
    };
  }
}
