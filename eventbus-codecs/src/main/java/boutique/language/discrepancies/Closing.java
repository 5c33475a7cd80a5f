package boutique.language.discrepancies;

import boutique.language.users.UserId;
import java.time.Instant;

/** That somebody has closed a line: at which figures, who, why and when. */
public record Closing(Figures figures, UserId by, String reason, Instant at) {}
