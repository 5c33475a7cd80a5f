package boutique.payments;

import boutique.language.Money;
import boutique.language.catalog.ProductId;
import boutique.language.orders.OrderId;
import boutique.language.orders.OrderLine;
import boutique.language.payments.Attempt;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RequestPayment;
import boutique.language.payments.PaymentEvent.PaymentCreated;
import boutique.language.payments.PaymentEvent.PaymentRequested;
import boutique.language.payments.PaymentId;
import boutique.language.payments.Sale;
import boutique.language.users.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anna's order of two mugs, and what is said of its payment. */
public final class Bought {
  public static final OrderId ORDER = new OrderId("order");
  public static final PaymentId PAYMENT = PaymentId.of(ORDER);
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final Money PRICE = usd(4000);
  public static final Sale SALE =
      new Sale(
          new UserId("anna"),
          PRICE,
          List.of(new OrderLine(new ProductId("mug"), "Mug", usd(2000), 2)));
  public static final String REFERENCE = "pi_1";

  private Bought() {}

  public static Money usd(long minor) {
    return new Money(minor, "USD");
  }

  static RequestPayment request(@Nullable String method) {
    return new RequestPayment(ORDER, SALE, method, false, false, true, false, NOON);
  }

  public static Attempt attempt(int number) {
    return new Attempt(number, "order." + number, "tok_visa", false, false, NOON);
  }

  static PaymentRequested requested(int number, String method) {
    var attempt = new Attempt(number, "order." + number, method, false, false, NOON);
    return new PaymentRequested(ORDER, PAYMENT, SALE, attempt, NOON);
  }

  static PaymentRequested requested(int number) {
    return new PaymentRequested(ORDER, PAYMENT, SALE, attempt(number), NOON);
  }

  static PaymentCreated created() {
    return created(REFERENCE);
  }

  static PaymentCreated created(String reference) {
    return new PaymentCreated(ORDER, PAYMENT, SALE.buyer(), PRICE, SALE.items(), reference, NOON);
  }

  static RecordOutcome outcome(String key, Outcome outcome) {
    return new RecordOutcome(ORDER, key, outcome, null, NOON);
  }

  static RecordOutcome notice(String key, Outcome outcome, String notice) {
    return new RecordOutcome(ORDER, key, outcome, notice, NOON);
  }

  static Outcome taken() {
    return new Outcome.Taken(REFERENCE, PRICE, false);
  }
}
