package boutique.language.orders;

import boutique.language.Face;
import boutique.language.Money;
import boutique.language.payments.PaymentId;
import boutique.language.pricing.Quote;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as its buyer sees it.
 *
 * @param number null for the moment until it has one
 * @param payment what paid for it; null as long as nothing has
 * @param returned how many came back of each product so far
 * @param lost what of its money the payer has back from their bank; null where nothing is lost
 * @param expiresAt until when a payment may be begun
 * @param paying until when a payment that has begun keeps it from expiring, which is until when its
 *     money may be captured if that is held, or could have been when it was cancelled; null when
 *     none has
 * @param changing what it is being changed to; null when it is not
 */
public record OrderFace(
    OrderId order,
    UserId buyer,
    @Nullable OrderNumber number,
    String status,
    @Nullable String cancelledBecause,
    String paymentStatus,
    String fulfilmentStatus,
    List<OrderLine> lines,
    Quote quote,
    CartLock lock,
    @Nullable PaymentId payment,
    @Nullable Shipment shipment,
    List<Returned> returned,
    @Nullable Money lost,
    Instant placedAt,
    Instant expiresAt,
    @Nullable Instant paying,
    @Nullable LineChange changing)
    implements Face {
  /** The status of what is not an order yet, and not shown to anybody. */
  public static final String CHECKING_OUT = "checking-out";

  /** The status of what may be paid. */
  public static final String CREATED = "created";

  /** How it stands with the payment when its money is held, and to be captured. */
  public static final String AUTHORIZED = "authorized";

  public static final String COMPLETE = "complete";
  public static final String CANCELLED = "cancelled";

  public OrderFace {
    lines = List.copyOf(lines);
    returned = List.copyOf(returned);
  }

  /**
   * The version as people count it, of what is this version of the stream: that an order has got
   * its number meanwhile is no change that anybody would have to look at first.
   */
  public long version(long ofStream) {
    return counted(ofStream, number != null);
  }

  public static long counted(long ofStream, boolean numbered) {
    return numbered ? ofStream - 1 : ofStream;
  }
}
