package boutique.language.discrepancies;

import boutique.language.Face;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a line.
 *
 * @param closing null where it was not closed, or is open again
 */
public record DiscrepancyFace(DiscrepancyId discrepancy, @Nullable Closing closing)
    implements Face {}
