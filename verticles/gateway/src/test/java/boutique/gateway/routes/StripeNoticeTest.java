package boutique.gateway.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.gateway.problems.Problem;
import boutique.language.Money;
import boutique.language.codec.Json;
import boutique.language.orders.OrderId;
import boutique.language.payments.Outcome;
import boutique.language.payments.PaymentCommand;
import boutique.language.payments.PaymentCommand.RecordOutcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A message with the provider's signature")
class StripeNoticeTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  @Test
  @DisplayName("says that money was taken, and how much")
  void taken() {
    assertThat(means(buffer(event("payment_intent.succeeded"))))
        .contains(
            new RecordOutcome(
                new OrderId("o1"),
                "o1.1",
                new Outcome.Taken("pi_1", new Money(3800, "USD"), false),
                "evt_1",
                NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"})
  @DisplayName(
      "that money went back, or did not, is no fact, whatever it says: the charge is asked")
  void back(String type) {
    for (var status : List.of("succeeded", "pending", "failed", "canceled")) {
      var event = event(type).put("livemode", true);
      about(event).put("id", "re_1").put("payment_intent", "pi_1").put("status", status);
      noted(event).put("refund", "r1");
      assertThat(means(buffer(event))).isEmpty();
      assertThat(StripeNotice.read(buffer(event)).charge()).contains("pi_1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment_intent.succeeded",
        "payment_intent.amount_capturable_updated",
        "payment_intent.payment_failed",
        "payment_intent.requires_action"
      })
  @DisplayName("says who has paid with what card, and none of that is kept")
  void nobody(String type) {
    var longest = "x".repeat(255);
    var event = event(type).put("id", longest);
    about(event)
        .put("id", longest)
        .put("receipt_email", "anna@example.com")
        .put("description", "anna@example.com".repeat(1_000))
        .put("client_secret", "anna@example.com")
        .put(
            "billing_details",
            new JsonObject().put("email", "anna@example.com").put("name", "anna@example.com"));
    noted(event).put("email", "anna@example.com");

    var kept = new String(Json.encode(means(buffer(event)).orElseThrow()), UTF_8);

    assertThat(kept).contains(longest).doesNotContain("anna").hasSizeLessThan(1_500);
  }

  @Test
  @DisplayName("that nothing will be taken any more is no fact either: the charge is asked")
  void canceled() {
    var event = event("payment_intent.canceled");
    assertThat(means(buffer(event))).isEmpty();
    assertThat(StripeNotice.read(buffer(event)).charge()).contains("pi_1");
    about(event).put("id", "pi\n1");
    assertThat(StripeNotice.read(buffer(event)).charge()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refund.created",
        "refund.failed",
        "charge.refund.updated",
        "charge.refunded",
        "charge.dispute.created",
        "charge.dispute.closed",
        "charge.dispute.funds_withdrawn"
      })
  @DisplayName("about a charge, that does not say what it was for, is a reason to look at that")
  void charge(String type) {
    var event = event(type);
    about(event).put("payment_intent", "pi_9").put("metadata", new JsonObject());

    assertThat(means(buffer(event))).isEmpty();
    assertThat(StripeNotice.read(buffer(event)).charge()).contains("pi_9");
    about(event).put("payment_intent", "pi\n9");
    assertThat(StripeNotice.read(buffer(event)).charge()).isEmpty();
    about(event).putNull("payment_intent");
    assertThat(StripeNotice.read(buffer(event)).charge()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("that is no event, or tells of our payment what cannot be read, is refused whole")
  void unreadable(String what, Buffer body) {
    assertThatThrownBy(() -> means(body))
        .as(what)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  static Object[][] unreadable() {
    return new Object[][] {
      {"nothing", Buffer.buffer()},
      {"null", Buffer.buffer("null")},
      {"a list", Buffer.buffer("[{\"id\":\"evt_1\"}]")},
      {"a text", Buffer.buffer("\"evt_1\"")},
      {"half", Buffer.buffer("{\"id\":\"evt_1\",\"data\":{")},
      {"no UTF-8", Buffer.buffer(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})},
      {"without a name", buffer(succeeded(e -> e.remove("id")))},
      {"a number for a name", buffer(succeeded(e -> e.put("id", 7)))},
      {"a long name", buffer(succeeded(e -> e.put("id", "e".repeat(10_000))))},
      {"control characters in its name", buffer(succeeded(e -> e.put("id", "evt\u0000\n1")))},
      {"no charge", buffer(succeeded(e -> about(e).remove("id")))},
      {"a long charge", buffer(succeeded(e -> about(e).put("id", "p".repeat(10_000))))},
      {"no amount", buffer(succeeded(e -> about(e).remove("amount_received")))},
      {"a part of a cent", buffer(succeeded(e -> about(e).put("amount_received", 3800.5)))},
      {"less than nothing", buffer(succeeded(e -> about(e).put("amount_received", -1)))},
      {"too much", buffer(succeeded(e -> about(e).put("amount_received", BigInteger.TWO.pow(64))))},
      {"an amount in words", buffer(succeeded(e -> about(e).put("amount_received", "3800")))},
      {"no currency", buffer(succeeded(e -> about(e).remove("currency")))},
      {"a currency in numbers", buffer(succeeded(e -> about(e).put("currency", 840)))},
      {"no key", buffer(succeeded(e -> about(e).getJsonObject("metadata").put("key", 1)))},
    };
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("that is about nothing of ours means nothing, whatever its shape")
  void notOurs(String what, Buffer body) {
    assertThat(means(body)).as(what).isEmpty();
  }

  static Object[][] notOurs() {
    return new Object[][] {
      {"no type", buffer(succeeded(e -> e.remove("type")))},
      {"a list of types", buffer(succeeded(e -> e.put("type", new JsonArray().add("x"))))},
      {"no data", buffer(succeeded(e -> e.remove("data")))},
      {"data in a list", buffer(succeeded(e -> e.put("data", new JsonArray())))},
      {"a text", buffer(succeeded(e -> e.getJsonObject("data").put("object", "pi_1")))},
      {"nothing noted", buffer(succeeded(e -> about(e).putNull("metadata")))},
      {"a number noted", buffer(succeeded(e -> about(e).put("metadata", 1)))},
      {"a payment in numbers", buffer(succeeded(e -> noted(e).put("payment", 5)))},
      {"a long payment", buffer(succeeded(e -> noted(e).put("payment", "o".repeat(10_000))))},
      {"a path for a payment", buffer(succeeded(e -> noted(e).put("payment", "../o1")))},
    };
  }

  static Optional<PaymentCommand> means(Buffer body) {
    return StripeNotice.read(body).means(NOW);
  }

  private static JsonObject succeeded(Consumer<JsonObject> bending) {
    var event = event("payment_intent.succeeded");
    bending.accept(event);
    return event;
  }

  static JsonObject event(String type) {
    var about =
        new JsonObject()
            .put("id", "pi_1")
            .put("amount", 3800)
            .put("amount_received", 3800)
            .put("amount_capturable", 3800)
            .put("currency", "usd")
            .put("status", "succeeded")
            .put("metadata", new JsonObject().put("payment", "o1").put("key", "o1.1"));
    return new JsonObject()
        .put("id", "evt_1")
        .put("type", type)
        .put("livemode", false)
        .put("data", new JsonObject().put("object", about));
  }

  private static JsonObject about(JsonObject event) {
    return event.getJsonObject("data").getJsonObject("object");
  }

  private static JsonObject noted(JsonObject event) {
    return about(event).getJsonObject("metadata");
  }

  private static Buffer buffer(JsonObject event) {
    return event.toBuffer();
  }
}
