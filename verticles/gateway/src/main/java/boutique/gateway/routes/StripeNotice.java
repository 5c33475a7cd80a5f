package boutique.gateway.routes;

import boutique.gateway.problems.Problem;
import boutique.gateway.problems.Problem.Wrong;
import boutique.language.Money;
import boutique.language.StreamId;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message of Stripe's means for a payment of ours. That money was taken or held it says
 * itself, and that is compared with what was asked for. Anything else is only a reason to ask: what
 * goes back or is called off may be old, of another charge, or of the other mode.
 *
 * <p>A right signature says who has sent it, not that it has the shape that we know. What is about
 * nothing of ours may have any shape. What is about a payment of ours, and cannot be read, is
 * refused whole: a guess would be written down as what the provider has said.
 *
 * @param id the provider's name of the message
 */
record StripeNotice(String id, JsonObject event) {
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

  /** Read here, byte for byte as it was signed. */
  static StripeNotice read(Buffer body) {
    if (whole(body) instanceof JsonObject event) {
      return new StripeNotice(name(event, "id"), event);
    }
    throw unreadable();
  }

  /** By its mark, which shop it is for; empty if it bears none. */
  String shop() {
    return object(about(), "metadata").getValue("shop") instanceof String mark ? mark : "";
  }

  /** Empty if it is not about anything that we do. */
  Optional<PaymentCommand> means(Instant now) {
    var about = about();
    var noted = object(about, "metadata");
    return noted.getValue("payment") instanceof String payment && StreamId.isPlain(payment)
        ? Optional.ofNullable(command(about, noted, new OrderId(payment), now))
        : Optional.empty();
  }

  /**
   * Which charge is to be looked at: money goes back or does not arrive, whoever has wanted that;
   * somebody disputes it; or it is called off, by us, at the provider's own desk, or because it has
   * lapsed. What else such a message says, and of what, is not believed.
   */
  Optional<String> charge() {
    var about = about();
    var type = event.getValue("type") instanceof String text ? text : "";
    var later =
        type.equals("charge.refunded")
            || type.startsWith("charge.dispute.")
            || type.startsWith("refund.")
            || type.equals("charge.refund.updated");
    var charge =
        type.equals("payment_intent.canceled")
            ? about.getValue("id")
            : later ? about.getValue("payment_intent") : null;
    return charge instanceof String name && NAME.matcher(name).matches()
        ? Optional.of(name)
        : Optional.empty();
  }

  private @Nullable PaymentCommand command(
      JsonObject about, JsonObject noted, OrderId order, Instant now) {
    var type = event.getValue("type") instanceof String text ? text : "";
    return switch (type) {
      case "payment_intent.succeeded" ->
          outcome(
              noted,
              order,
              new Outcome.Taken(name(about, "id"), money(about, "amount_received"), isLive()),
              now);
      case "payment_intent.amount_capturable_updated" ->
          outcome(
              noted,
              order,
              new Outcome.Held(name(about, "id"), money(about, "amount_capturable"), isLive()),
              now);
      case "payment_intent.payment_failed", "payment_intent.requires_action" ->
          new HearNotice(order, id, now);
      default -> null;
    };
  }

  private PaymentCommand outcome(JsonObject noted, OrderId order, Outcome outcome, Instant now) {
    var key = noted.containsKey("key") ? name(noted, "key") : "";
    return new RecordOutcome(order, key, outcome, id, now);
  }

  private JsonObject about() {
    return object(object(event, "data"), "object");
  }

  private boolean isLive() {
    return event.getValue("livemode") instanceof Boolean live && live;
  }

  private static @Nullable Object whole(Buffer body) {
    try {
      return Json.decodeValue(body);
    } catch (DecodeException notJson) {
      throw unreadable();
    }
  }

  /** An empty one where there is none. */
  private static JsonObject object(JsonObject in, String field) {
    return in.getValue(field) instanceof JsonObject found ? found : new JsonObject();
  }

  private static String name(JsonObject in, String field) {
    if (in.getValue(field) instanceof String name && NAME.matcher(name).matches()) {
      return name;
    }
    throw unreadable();
  }

  /** A whole number as it stands there: what does not fit is no amount, nor is a part of one. */
  private static Money money(JsonObject about, String field) {
    if (about.getValue(field) instanceof Number minor
        && (minor instanceof Long || minor instanceof Integer)
        && minor.longValue() >= 0
        && about.getValue("currency") instanceof String currency
        && CURRENCY.matcher(currency).matches()) {
      return new Money(minor.longValue(), currency.toUpperCase(Locale.ROOT));
    }
    throw unreadable();
  }

  private static Problem unreadable() {
    return Problem.invalid(List.of(new Wrong("body", "is no event of Stripe's")));
  }
}
