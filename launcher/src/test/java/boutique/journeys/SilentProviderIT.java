package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.invariants.Facts;
import boutique.invariants.PaymentInvariants;
import boutique.kernel.store.Recorded;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A provider that tells us something and answers nothing")
@Timeout(300)
class SilentProviderIT {
  private static final String SECRET = "whsec_first_0123456789";

  /** Well before anybody has given up waiting for the provider. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final String port = "" + Ports.free();
  @TempDir Path data;

  @Test
  @DisplayName(
      "is answered at once, a hundred times, and what it meant is done once, after a death")
  void answeredAtOnce() throws Exception {
    try (var stripe = new TinyStripe();
        var line = new SilentLine(stripe.base())) {
      Shopper buyer;
      String order;
      try (var shop = open(line)) {
        buyer = Shopper.signedUp(shop);
        order = asked(buyer);
        line.silence();

        var begun = Instant.now();
        IntStream.range(0, 100).parallel().forEach(_ -> tell(buyer, changed(order)));

        assertThat(Duration.between(begun, Instant.now())).isLessThan(AT_ONCE);
        await().until(() -> line.unanswered() > 0);
        assertThat(line.unanswered()).isLessThan(10);
        assertThat(status(buyer, order)).isEqualTo("action-required");
        shop.kill();
      }
      stripe.prove();
      line.speak();
      try (var _ = open(line)) {
        await()
            .untilAsserted(() ->
                assertThat(buyer.order(order).json(200).get("status").asText())
                    .isEqualTo("complete"));
        tell(buyer, changed(order));
        assertThat(stripe.charged()).containsExactly(TinyStripe.ASKED);
      }
      List<String> types = Facts.in(data, store -> types(Facts.of(store, "payments")));
      assertThat(types)
          .containsExactly(
              "payment.requested", "payment.challenged", "payment.notice-heard", "payment.created");
      assertThat(Facts.in(data, PaymentInvariants::violations)).isEmpty();
    }
  }

  @Test
  @DisplayName("has whoever chooses another card meanwhile wait, and charges it only when it may")
  void anotherCard() {
    try (var stripe = new TinyStripe();
        var line = new SilentLine(stripe.base());
        var shop = open(line)) {
      var buyer = Shopper.signedUp(shop);
      var order = buyer.orders(buyer.offers("Vase", "38", 5), 1).json(201).get("id").asText();
      line.silence();
      var first = pays(buyer, order, TinyStripe.ASKED).json(201);
      assertThat(first.get("status").asText()).isEqualTo("processing");

      pays(buyer, order, "pm_other").problem(409, "payment.processing");
      var confirm = "/api/payments/" + order + "/stripe";
      buyer.post(confirm, json().put("token", "pm_other")).problem(409, "payment.processing");
      assertThat(pays(buyer, order, TinyStripe.ASKED).json(201)).isEqualTo(first);

      line.speak();
      await().until(() -> status(buyer, order).equals("action-required"));
      var paid = pays(buyer, order, "pm_other").json(201);
      assertThat(paid.get("status").asText()).isEqualTo("paid");
      assertThat(stripe.charged()).containsExactly("pm_other");
    }
  }

  @Test
  @DisplayName("of a charge, without saying what it was for, is heard as far as there is room")
  void charges() throws Exception {
    var database = RocksDatabase.open(data);
    try {
      var waiting = IntStream.range(0, 1_000).mapToObj(n -> waiting("evt_full_" + n)).toList();
      new RocksViews(database).write(waiting).await();
    } finally {
      database.close().await();
    }
    try (var stripe = new TinyStripe();
        var line = new SilentLine(stripe.base())) {
      line.silence();
      try (var shop = open(line)) {
        var anyone = Shopper.signedUp(shop);
        var begun = Instant.now();

        tell(anyone, disputed("evt_full_7"));
        WebhooksIT.hears(anyone, disputed("evt_full_x"), SECRET, Instant.now())
            .problem(503, "unavailable");

        assertThat(Duration.between(begun, Instant.now())).isLessThan(AT_ONCE);
        shop.kill();
      }
    }
  }

  private static Change waiting(String id) {
    var hint = new JsonObject().put("charge", "pi_1").put("since", Instant.now().toString());
    return new Put("notices.charges", id, hint);
  }

  private static ObjectNode disputed(String id) {
    var event = json().put("id", id).put("type", "charge.dispute.created");
    event.putObject("data").putObject("object").put("id", "dp_1").put("payment_intent", "pi_1");
    return event;
  }

  private ShopProcess open(SilentLine line) {
    return ShopProcess.open(
        data,
        "--port",
        port,
        "--payments.provider=stripe",
        "--payments.stripe.key=sk_test_1",
        "--payments.stripe.url=" + line.base(),
        "--payments.webhookSecret=" + SECRET);
  }

  /** An order whose buyer was sent to their bank. */
  private static String asked(Shopper buyer) {
    var order = buyer.orders(buyer.offers("Vase", "38", 5), 1).json(201).get("id").asText();
    assertThat(pays(buyer, order, TinyStripe.ASKED).json(201).get("status").asText())
        .isEqualTo("action-required");
    return order;
  }

  private static Answer pays(Shopper buyer, String order, String card) {
    return buyer.post("/api/payments", json().put("orderId", order).put("token", card));
  }

  private static void tell(Shopper by, JsonNode event) {
    WebhooksIT.hears(by, event, SECRET, Instant.now()).json(200);
  }

  private static ObjectNode changed(String order) {
    var event = json().put("id", "evt_1").put("type", "payment_intent.requires_action");
    event
        .putObject("data")
        .putObject("object")
        .put("id", "pi_1")
        .putObject("metadata")
        .put("payment", order)
        .put("key", order + ".1");
    return event;
  }

  private static String status(Shopper buyer, String order) {
    return buyer.get("/api/payments/" + order + "/status").json(200).get("status").asText();
  }

  private static List<String> types(List<Recorded> facts) {
    return facts.stream().map(Recorded::type).toList();
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
