package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.invariants.Facts;
import boutique.kernel.store.Commit;
import boutique.kernel.store.Views.Change;
import boutique.kernel.store.Views.Change.Put;
import boutique.language.codec.Json;
import boutique.language.orders.OrderId;
import boutique.language.payments.PaymentCommand.HearNotice;
import boutique.language.payments.PaymentId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the payment provider tells us")
@Timeout(300)
class WebhooksIT {
  private static final String FIRST = "whsec_first_0123456789";
  private static final String SECOND = "whsec_second_0123456789";

  /** Both together are fewer than are ever turned away because there are too many at a time. */
  private static final int LINES = 200;

  private static final int PEOPLE = 16;

  @TempDir static Path data;
  private static ShopProcess shop;
  private Shopper buyer;
  private String order;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, "--payments.webhookSecret=" + FIRST + "," + SECOND);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  /** An order whose buyer was sent to their bank. */
  @BeforeEach
  void order() {
    buyer = Shopper.signedUp(shop);
    order = challenged(buyer, buyer.offers("Vase", "38", 5));
  }

  private static String challenged(Shopper by, String product) {
    var id = by.orders(product, 1).json(201).get("id").asText();
    var body = json().put("orderId", id).put("token", "tok_threeDSecure2Required");
    assertThat(by.post("/api/payments", body).json(201).get("status").asText())
        .isEqualTo("action-required");
    return id;
  }

  @Test
  @DisplayName("pays, when it is signed with any of our secrets")
  void pays() {
    hears(succeeded("evt_1", 3800, "usd", false), SECOND, Instant.now()).json(200);

    assertThat(status()).isEqualTo("paid");
    await()
        .untilAsserted(() ->
            assertThat(buyer.order(order).json(200).get("status").asText()).isEqualTo("complete"));
  }

  @Test
  @DisplayName("a hundred times at once has one effect")
  void repeated() {
    var event = succeeded("evt_2", 3800, "usd", false);

    IntStream.range(0, 100).parallel().forEach(_ -> hears(event, FIRST, Instant.now()).json(200));

    assertThat(payment().get("version").asLong()).isEqualTo(4);
    assertThat(status()).isEqualTo("paid");
  }

  @Test
  @DisplayName("in hundreds at once is all taken, each once, from where people are told to wait")
  void burst(@TempDir Path elsewhere) throws Exception {
    var secret = "--payments.webhookSecret=" + FIRST;
    try (var busy = ShopProcess.open(elsewhere, secret, "--limits.enabled=true");
        var lines = Executors.newFixedThreadPool(LINES, Thread.ofVirtual().factory());
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var anna = Shopper.signedUp(busy);
      var vase = anna.offers("Vase", "38", 100);
      var messages = new ArrayList<ObjectNode>();
      for (var n = 0; n < 30; n++) {
        order = challenged(anna, vase);
        messages.addAll(Collections.nCopies(20, succeeded("evt_" + n, 3800, "usd", false)));
      }
      Collections.shuffle(messages, new Random(1));
      var visitor = anna.another();
      assertThat(IntStream.range(0, 2_000).anyMatch(_ -> isLimited(visitor))).isTrue();

      var over = new AtomicBoolean();
      var limited =
          Stream.generate(() -> people.submit(() -> countsLimits(visitor, over)))
              .limit(PEOPLE)
              .toList();
      var answers =
          lines.invokeAll(
              messages.stream()
                  .<Callable<Answer>>map(one -> () -> hears(anna, one, FIRST, Instant.now()))
                  .toList());
      over.set(true);

      for (var answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
      var waited = 0;
      for (var one : limited) {
        waited += one.get();
      }
      assertThat(waited).as("people who were told to wait meanwhile").isPositive();
      for (var paid : messages.stream().map(one -> order(one)).distinct().toList()) {
        var payment = anna.get("/api/payments/" + paid + "/status").json(200);
        assertThat(payment.get("status").asText()).isEqualTo("paid");
        assertThat(payment.get("version").asLong()).isEqualTo(4);
      }
    }
  }

  private static boolean isLimited(Shopper visitor) {
    return visitor.post("/api/cart/items", json()).status() == 429;
  }

  private static int countsLimits(Shopper visitor, AtomicBoolean over) {
    var limited = 0;
    while (!over.get()) {
      limited += isLimited(visitor) ? 1 : 0;
    }
    return limited;
  }

  private static String order(ObjectNode message) {
    return message.at("/data/object/metadata/payment").asText();
  }

  @Test
  @DisplayName("after a good card was charged costs no commit: that was two, and stays so")
  void commits(@TempDir Path elsewhere) throws Exception {
    try (var other = ShopProcess.open(elsewhere, "--payments.webhookSecret=" + FIRST)) {
      var anna = Shopper.signedUp(other);
      order = anna.orders(anna.offers("Vase", "38", 5), 1).json(201).get("id").asText();
      var body = json().put("orderId", order).put("token", "tok_visa");
      assertThat(anna.post("/api/payments", body).json(201).get("status").asText())
          .isEqualTo("paid");

      var event = succeeded("evt_14", 3800, "usd", false);
      for (var type : List.of("succeeded", "requires_action", "payment_failed", "succeeded")) {
        event.put("id", "evt_14_" + type).put("type", "payment_intent." + type);
        hears(anna, event, FIRST, Instant.now()).json(200);
      }
    }
    var stream = PaymentId.of(new OrderId(order)).stream();
    List<Commit> commits = Facts.in(elsewhere, store -> store.read(stream, 1, 100).await());
    assertThat(commits).hasSize(2);
  }

  @Test
  @DisplayName("has no effect when it is forged, or old")
  void forged() {
    var event = succeeded("evt_3", 3800, "usd", false);

    hears(event, "whsec_nobody_0123456789", Instant.now()).problem(400, "webhook.signature");
    hears(event, FIRST, Instant.now().minusSeconds(600)).problem(400, "webhook.signature");
    hears(event, FIRST, Instant.now().plusSeconds(600)).problem(400, "webhook.signature");
    buyer.post("/api/payments/stripe/webhook", event).problem(400, "webhook.signature");

    assertThat(status()).isEqualTo("action-required");
  }

  @Test
  @DisplayName("pays nothing when it is another amount, currency or mode, and is told aloud, once")
  void unfit() {
    var before = questioned();
    hears(succeeded("evt_4", 3799, "usd", false), FIRST, Instant.now()).json(200);
    hears(succeeded("evt_4", 3799, "usd", false), FIRST, Instant.now()).json(200);
    hears(succeeded("evt_5", 3800, "eur", false), FIRST, Instant.now()).json(200);
    hears(succeeded("evt_6", 3800, "usd", true), FIRST, Instant.now()).json(200);

    assertThat(status()).isEqualTo("action-required");
    assertThat(buyer.order(order).json(200).get("status").asText()).isEqualTo("created");
    assertThat(questioned() - before).isEqualTo(3);
    await()
        .untilAsserted(() ->
            assertThat(shop.program().err().stream().filter(line -> line.contains(order)))
                .hasSize(3)
                .allMatch(line -> line.contains("does not fit")));
  }

  private static double questioned() {
    return shop.metric("boutique_payments_questioned_total");
  }

  @Test
  @DisplayName("is kept when nobody knows of the payment, and of no interest when it is not ours")
  void unknown() {
    var strange = succeeded("evt_7", 3800, "usd", false);
    ((ObjectNode) strange.at("/data/object/metadata")).put("payment", "nobody");
    hears(strange, FIRST, Instant.now()).json(200);
    hears(json().put("id", "evt_8").put("type", "account.updated"), FIRST, Instant.now()).json(200);

    assertThat(status()).isEqualTo("action-required");
  }

  @Test
  @DisplayName("about a payment that nobody has begun is kept, over a restart too, until it is")
  void early(@TempDir Path elsewhere) {
    var secret = "--payments.webhookSecret=" + FIRST;
    var port = "" + Ports.free();
    String early;
    Shopper patient;
    try (var first = ShopProcess.open(elsewhere, secret, "--port", port)) {
      patient = Shopper.signedUp(first);
      early = patient.orders(patient.offers("Vase", "38", 5), 1).json(201).get("id").asText();
      order = early;
      hears(patient, succeeded("evt_9", 3800, "usd", false), FIRST, Instant.now()).json(200);
      patient.get("/api/payments/" + early + "/status").problem(404, "payment.not-found");
    }
    try (var _ = ShopProcess.open(elsewhere, secret, "--port", port)) {
      var body = json().put("orderId", early).put("token", "tok_threeDSecure2Required");
      patient.post("/api/payments", body).json(201);

      await()
          .untilAsserted(() ->
              assertThat(patient.order(early).json(200).get("status").asText())
                  .isEqualTo("complete"));
    }
  }

  @Test
  @DisplayName("about payments that nobody knows is kept as far as there is room, then refused")
  void full(@TempDir Path elsewhere) throws Exception {
    var waiting =
        IntStream.range(0, 1_000).<Change>mapToObj(n -> waiting("evt_full_" + n)).toList();
    var database = RocksDatabase.open(elsewhere);
    try {
      new RocksViews(database).write(waiting).await();
    } finally {
      database.close().await();
    }
    try (var other = ShopProcess.open(elsewhere, "--payments.webhookSecret=" + FIRST)) {
      var anna = Shopper.signedUp(other);
      order = "nobody";
      hears(anna, succeeded("evt_full_7", 3800, "usd", false), FIRST, Instant.now()).json(200);
      hears(anna, succeeded("evt_full_x", 3800, "usd", false), FIRST, Instant.now())
          .problem(503, "unavailable");
      order = anna.orders(anna.offers("Vase", "38", 5), 1).json(201).get("id").asText();
      var body = json().put("orderId", order).put("token", "tok_threeDSecure2Required");
      anna.post("/api/payments", body).json(201);
      hears(anna, succeeded("evt_known", 3800, "usd", false), FIRST, Instant.now()).json(200);
      assertThat(anna.get("/api/payments/" + order + "/status").json(200).get("status").asText())
          .isEqualTo("paid");
    }
  }

  @Test
  @DisplayName("is left alone if it is for another shop, and has room if it bears our own mark")
  void shared(@TempDir Path elsewhere) throws Exception {
    var full =
        IntStream.range(0, 1_000)
            .boxed()
            .<Change>flatMap(n ->
                Stream.of(
                    waiting("evt_full_" + n),
                    new Put(
                        "notices.charges",
                        "evt_full_" + n,
                        new JsonObject().put("charge", "sim_nobodys"))))
            .collect(Collectors.toCollection(ArrayList::new));
    IntStream.range(0, 999).forEach(n -> full.add(waiting("notices.ours", "evt_ours_" + n)));
    full.add(new Put("shop", "mark", new JsonObject().put("id", "this shop")));
    var database = RocksDatabase.open(elsewhere);
    try {
      new RocksViews(database).write(full).await();
    } finally {
      database.close().await();
    }
    try (var other = ShopProcess.open(elsewhere, "--payments.webhookSecret=" + FIRST)) {
      var anna = Shopper.signedUp(other);
      order = "nobody";
      for (var n = 0; n < 10; n++) {
        hears(anna, marked(succeeded("evt_others_" + n, 3800, "usd", false), "another shop"));
      }
      assertThat(other.metric("boutique_payments_others_messages_total")).isEqualTo(10);

      hears(anna, succeeded("evt_anybodys", 3800, "usd", false), FIRST, Instant.now())
          .problem(503, "unavailable");
      hears(anna, marked(succeeded("evt_ours", 3800, "usd", false), "this shop"));
      hears(
              anna,
              marked(succeeded("evt_ours_more", 3800, "usd", false), "this shop"),
              FIRST,
              Instant.now())
          .problem(503, "unavailable");
    }
  }

  /** Taken. */
  private static void hears(Shopper by, ObjectNode event) {
    hears(by, event, FIRST, Instant.now()).json(200);
  }

  private static ObjectNode marked(ObjectNode event, String shop) {
    ((ObjectNode) event.at("/data/object/metadata")).put("shop", shop);
    return event;
  }

  private static Put waiting(String id) {
    return waiting("notices", id);
  }

  private static Put waiting(String place, String id) {
    var command = new HearNotice(new OrderId("nobody"), id, Instant.now());
    return new Put(
        place,
        id,
        new JsonObject()
            .put("command", new String(Json.encode(command), UTF_8))
            .put("since", command.at().toEpochMilli()));
  }

  @Test
  @DisplayName(
      "has the right signature and a strange shape: is refused or ignored, never a failure")
  void strange() {
    for (var body : List.of("", "null", "[]", "7", "\"evt_1\"", "{", "{}", "{\"id\":1}")) {
      hears(body.getBytes(UTF_8)).problem(400, "request.invalid");
    }
    var event = succeeded("evt_10", 3800, "usd", false);
    event.remove("type");
    hears(event.toString().getBytes(UTF_8)).json(200);
    event = succeeded("evt_11", 3800, "usd", false);
    ((ObjectNode) event.get("data")).put("object", "pi_1");
    hears(event.toString().getBytes(UTF_8)).json(200);
    event = succeeded("evt_12", 3800, "usd", false);
    ((ObjectNode) event.at("/data/object")).put("amount_received", new BigInteger("9".repeat(40)));
    hears(event.toString().getBytes(UTF_8)).problem(400, "request.invalid");
    event = succeeded("e".repeat(10_000), 3800, "usd", false);
    hears(event.toString().getBytes(UTF_8)).problem(400, "request.invalid");
    event = succeeded("evt\u0000\u001b13", 3800, "usd", false);
    hears(event.toString().getBytes(UTF_8)).problem(400, "request.invalid");
    hears("{\"a\":".repeat(5_000).getBytes(UTF_8)).problem(400, "body.too-deep");
    hears(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}).problem(400, "request.invalid");

    assertThat(status()).isEqualTo("action-required");
  }

  @Test
  @DisplayName("may be 256 KiB long, however it is sent, and no longer")
  void large() {
    var event = succeeded("evt_15", 3800, "usd", false);
    var most = 256 << 10;
    var whole = filled(event, most);

    assertThat(whole).hasSize(most);
    hears(whole).json(200);
    assertThat(status()).isEqualTo("paid");
    hears(filled(event, most + 1)).problem(413, "body.too-large");
    hears(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(whole)), whole).json(200);
    var more = filled(event, most + 1);
    hears(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(more)), more)
        .problem(413, "body.too-large");
  }

  /** So many bytes. */
  private static byte[] filled(ObjectNode event, int size) {
    var without = event.put("description", "").toString().length();
    return event.put("description", "x".repeat(size - without)).toString().getBytes(UTF_8);
  }

  private JsonNode payment() {
    return buyer.get("/api/payments/" + order + "/status").json(200);
  }

  private String status() {
    return payment().get("status").asText();
  }

  private ObjectNode succeeded(String id, long minor, String currency, boolean live) {
    var event = json().put("id", id).put("type", "payment_intent.succeeded").put("livemode", live);
    event
        .putObject("data")
        .putObject("object")
        .put("id", "sim_" + order + ".1")
        .put("amount_received", minor)
        .put("currency", currency)
        .putObject("metadata")
        .put("payment", order)
        .put("key", order + ".1");
    return event;
  }

  private Answer hears(JsonNode event, String secret, Instant at) {
    return hears(buyer, event, secret, at);
  }

  /** Signed with a secret, at a moment. */
  static Answer hears(Shopper by, JsonNode event, String secret, Instant at) {
    var time = Long.toString(at.getEpochSecond());
    var signature = "t=" + time + ",v1=" + mac(secret, time + "." + event);
    return by.post("/api/payments/stripe/webhook", event, "Stripe-Signature", signature);
  }

  /** Whatever it is, rightly signed. */
  private Answer hears(byte[] body) {
    return hears(BodyPublishers.ofByteArray(body), body);
  }

  private Answer hears(BodyPublisher sent, byte[] body) {
    var time = Long.toString(Instant.now().getEpochSecond());
    var signed = Buffer.buffer(time + ".").appendBytes(body).getBytes();
    return buyer.send(
        buyer
            .to("/api/payments/stripe/webhook")
            .header("Content-Type", "application/json")
            .header("Stripe-Signature", "t=" + time + ",v1=" + mac(FIRST, signed))
            .POST(sent));
  }

  private static String mac(String secret, String text) {
    return mac(secret, text.getBytes(UTF_8));
  }

  private static String mac(String secret, byte[] text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
