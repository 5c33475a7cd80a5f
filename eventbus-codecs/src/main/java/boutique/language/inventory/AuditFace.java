package boutique.language.inventory;

import boutique.language.Face;
import boutique.language.catalog.ProductId;
import java.util.List;

/**
 * What an auditor found in a product's stream, reckoned from its events alone.
 *
 * @param events how many there are: the stream's version
 * @param violations each promise that was broken, and where; empty when all is well
 */
public record AuditFace(
    ProductId product,
    long events,
    long received,
    long available,
    long reserved,
    long allocated,
    long sold,
    long writtenOff,
    Line line,
    List<String> violations)
    implements Face {
  public AuditFace {
    violations = List.copyOf(violations);
  }

  /** Every ticket of every flash sale, by what became of it. */
  public record Line(long tickets, long admitted, long left, long waiting) {}
}
