package boutique.language.orders;

import boutique.language.Face;
import boutique.language.pricing.Quote;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as its buyer sees it. */
public record OrderFace(
    OrderId order,
    UserId buyer,
    String status,
    @Nullable String cancelledBecause,
    List<OrderLine> lines,
    Quote quote,
    Instant placedAt,
    Instant expiresAt)
    implements Face {
  /** The status of what is not an order yet, and not shown to anybody. */
  public static final String CHECKING_OUT = "checking-out";

  public OrderFace {
    lines = List.copyOf(lines);
  }
}
