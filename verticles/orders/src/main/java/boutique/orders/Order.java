package boutique.orders;

import boutique.language.Reply.Refused;
import boutique.language.discounts.VoucherCode;
import boutique.language.orders.Cancellation;
import boutique.language.orders.OrderLine;
import boutique.language.pricing.Quote;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;

/** An order, by the stage of its life. */
sealed interface Order {

  /** Nobody has placed it. */
  record Absent() implements Order {}

  /** Its stock is being reserved. */
  record CheckingOut(Placed placed) implements Order {}

  /** The checkout was refused; nothing is held. */
  record Failed(Placed placed, Refused because) implements Order {}

  /** It exists and waits for its payment. */
  record Open(Placed placed) implements Order {}

  /** It is over, unpaid. */
  record Cancelled(Placed placed, Cancellation because) implements Order {}

  /** What was ordered, by whom, and until when it may be paid. */
  record Placed(
      UserId buyer, List<OrderLine> lines, Quote quote, Instant placedAt, Instant expiresAt) {
    public Placed {
      lines = List.copyOf(lines);
    }

    List<VoucherCode> vouchers() {
      return vouchers(quote);
    }

    static List<VoucherCode> vouchers(Quote quote) {
      return quote.discounts().stream()
          .map(discount -> new VoucherCode(discount.rule().code()))
          .sorted()
          .toList();
    }
  }
}
