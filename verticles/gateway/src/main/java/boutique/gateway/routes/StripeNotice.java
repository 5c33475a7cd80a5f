package boutique.gateway.routes;

import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import boutique.language.payments.PaymentCommand.RecordRefund;
import boutique.language.payments.PaymentCommand.ResumePayment;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message of Stripe's means for a payment of ours. That money was taken, held or given back
 * it says itself, and that is compared with what was asked for; anything else is only a reason to
 * ask.
 */
final class StripeNotice {
  private StripeNotice() {}

  /** Empty if it is not about anything that we do. */
  static Optional<PaymentCommand> of(JsonObject event, Instant now) {
    var about = event.getJsonObject("data", new JsonObject()).getJsonObject("object");
    if (about == null) {
      return Optional.empty();
    }
    var noted = about.getJsonObject("metadata", new JsonObject());
    var payment = noted.getString("payment", "");
    if (!StreamId.isPlain(payment)) {
      return Optional.empty();
    }
    return Optional.ofNullable(command(event, about, noted, new OrderId(payment), now));
  }

  private static @Nullable PaymentCommand command(
      JsonObject event, JsonObject about, JsonObject noted, OrderId order, Instant now) {
    var live = event.getBoolean("livemode", false);
    return switch (event.getString("type", "")) {
      case "payment_intent.succeeded" ->
          outcome(
              event,
              noted,
              order,
              new Outcome.Taken(about.getString("id"), money(about, "amount_received"), live),
              now);
      case "payment_intent.amount_capturable_updated" ->
          outcome(
              event,
              noted,
              order,
              new Outcome.Held(about.getString("id"), money(about, "amount_capturable"), live),
              now);
      case "payment_intent.payment_failed",
          "payment_intent.canceled",
          "payment_intent.requires_action" ->
          new ResumePayment(order, now);
      case "refund.created", "refund.updated", "charge.refund.updated" ->
          "succeeded".equals(about.getString("status"))
              ? new RecordRefund(
                  order,
                  noted.getString("refund", about.getString("id")),
                  money(about, "amount"),
                  about.getString("id"),
                  event.getString("id"),
                  now)
              : new ResumePayment(order, now);
      default -> null;
    };
  }

  private static PaymentCommand outcome(
      JsonObject event, JsonObject noted, OrderId order, Outcome outcome, Instant now) {
    return new RecordOutcome(
        order, noted.getString("key", ""), outcome, event.getString("id"), now);
  }

  private static Money money(JsonObject about, String field) {
    return new Money(
        about.getLong(field), about.getString("currency", "").toUpperCase(Locale.ROOT));
  }
}
