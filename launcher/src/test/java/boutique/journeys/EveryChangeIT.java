package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the contract lets people change is changed once, by who may and when it is time for it.
 */
@DisplayName("Every change that the contract knows")
@Timeout(300)
class EveryChangeIT {
  private static final String EMAIL = "operator@example.com";
  private static final Pattern TOKEN = Pattern.compile("reset=([\\w.-]+)");

  /** Answered before it is done, and it tells nobody when it is. */
  private static final Set<String> LATER =
      Set.of("requestPasswordReset", "reconcilePayments", "rebuildView");

  /** No fact comes of it: a price is only asked for, and cards are with the provider. */
  private static final Set<String> NO_FACT =
      Set.of("validateVouchers", "savePaymentMethod", "deletePaymentMethod");

  /** Possible only after a crash in the middle or damage, which have journeys of their own. */
  private static final Set<String> AFTER_A_CRASH =
      Set.of("retrySaga", "compensateSaga", "retryParked");

  /** The payment provider's own words, which are signed. */
  private static final Set<String> FOREIGN = Set.of("hearStripe");

  /** Of what nobody has kept there is nothing to release; so it conflicts with nothing. */
  private static final String NOTHING_KEPT = "releaseStock";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static OpenApi api;
  private static Shopper operator;

  /**
   * What has to be there before.
   *
   * @param id of what is changed; empty if that is nothing by itself
   * @param said in the body, beside what every body must say
   */
  private record Ready(Shopper who, String id, Map<String, String> said) {}

  @BeforeAll
  static void open() {
    shop =
        ShopProcess.open(
            data,
            Unlimited.and("--operator.email=" + EMAIL, "--operator.password=" + Shopper.PASSWORD));
    api = OpenApi.of(shop);
    operator = Shopper.stranger(shop);
    operator.signsIn(EMAIL);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  static Stream<Operation> changes() {
    return api.operations().stream()
        .filter(one -> !one.reads())
        .filter(one ->
            Stream.of(LATER, NO_FACT, AFTER_A_CRASH, FOREIGN)
                .noneMatch(names -> names.contains(one.id())));
  }

  static Stream<Operation> conditional() {
    return changes()
        .filter(one -> one.takes("If-Match"))
        .filter(one -> !one.id().equals(NOTHING_KEPT));
  }

  @ParameterizedTest
  @MethodSource("changes")
  @DisplayName("is answered when the lists show it, to who waits for that, and says so only then")
  void projected(Operation operation) {
    var answer = send(operation, "Prefer", "wait=projected");

    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
    assertThat(answer.header("Preference-Applied")).as("%s", answer).contains("wait=projected");
  }

  @ParameterizedTest
  @MethodSource("conditional")
  @DisplayName("is not made to what is not as it was seen, where the contract lets people say so")
  void stale(Operation operation) {
    send(operation, "If-Match", "\"99999.99999\"").problem(412, "version.stale");
  }

  @Test
  @DisplayName("that nobody can wait for is still one")
  void exceptions() {
    assertThat(api.operations().stream().map(Operation::id))
        .containsAll(LATER)
        .containsAll(NO_FACT)
        .containsAll(AFTER_A_CRASH)
        .containsAll(FOREIGN);
  }

  private static Answer send(Operation operation, String header, String value) {
    var ready = ready(operation);
    var request = ready.who().to(Belongings.path(operation.path(), ready.id()));
    request.header(header, value);
    if (operation.type().isEmpty()) {
      return ready.who().send(request.method(operation.method(), BodyPublishers.noBody()));
    }
    var body = (ObjectNode) new Examples(api, ready.said()).of(operation.body());
    ready
        .said()
        .forEach((name, text) -> {
          if (operation.body().at("/properties/" + name).isObject()) {
            body.put(name, text);
          }
        });
    change(operation, body);
    return ready
        .who()
        .send(
            request
                .header("Content-Type", operation.type())
                .method(operation.method(), BodyPublishers.ofString(body.toString())));
  }

  /** What is said must be something else than there is already: or nothing would be changed. */
  private static void change(Operation operation, ObjectNode body) {
    switch (operation.id()) {
      case "createVoucher", "createVouchers" -> body.put("percent", 10);
      case "changeVoucher" -> body.put("percent", 20);
      case "setCartItem", "changeOrderItem" -> body.put("quantity", 3);
      case "changeRoles" -> body.putArray("roles").add("customer").add("operator");
      default -> {} // as good as any
    }
  }

  private static Ready ready(Operation operation) {
    var email = "ready-%d@example.com".formatted(System.nanoTime());
    var customer = Shopper.signedUp(shop, email);
    var who = operation.role().isEmpty() ? customer : operator;
    var said = new HashMap<>(Map.of("password", Shopper.PASSWORD, "token", "tok_visa"));
    said.putAll(Map.of("current", Shopper.PASSWORD, "name", "Anna"));
    return switch (operation.id()) {
      case "signUp", "register" -> new Ready(Shopper.stranger(shop), "", said);
      case "signIn", "login" -> saying(who, "", said, "email", email);
      case "confirmPasswordReset" -> saying(who, "", said, "token", mailed(email));
      case "unblockUser" -> new Ready(who, blocked(customer), said);
      case "reopenDiscrepancy" -> new Ready(who, closed(named(operation, customer)), said);
      case "emptyCart" -> new Ready(who, Belongings.CART_LINE.newOf(customer, api), said);
      case "takeTicket" -> saying(who, "", said, "productId", Belongings.SALE.newOf(customer, api));
      case "addCartVoucher" ->
          saying(who, "", said, "code", Belongings.VOUCHER.newOf(operator, api));
      case "createPayment" -> saying(who, "", said, "orderId", ordered(customer));
      case "capturePayment" -> new Ready(who, paid(customer, "later"), said);
      case "refundPayment" -> new Ready(who, paid(customer, "now"), said);
      case "confirmOrder" -> new Ready(who, paid(customer, "now"), said);
      case "shipOrder" -> new Ready(who, led(paid(customer, "now"), "confirm"), said);
      case "deliverOrder" -> new Ready(who, led(paid(customer, "now"), "confirm", "ship"), said);
      case "returnOrder" -> returning(who, said, paid(customer, "now"));
      default -> new Ready(who, named(operation, customer), offered(said, customer));
    };
  }

  private static Ready saying(
      Shopper who, String id, Map<String, String> said, String name, String text) {
    said.put(name, text);
    return new Ready(who, id, said);
  }

  private static Map<String, String> offered(Map<String, String> said, Shopper customer) {
    said.put("productId", customer.offers("Rug", "99", 99));
    return said;
  }

  private static String named(Operation operation, Shopper customer) {
    if (!operation.namesSomething()) {
      return "";
    }
    var kind = Belongings.namedBy(operation);
    return kind.newOf(kind.isOperators() ? operator : customer, api);
  }

  private static String mailed(String email) {
    var asked = JsonNodeFactory.instance.objectNode().put("email", email);
    operator.post("/api/users/password-reset", asked);
    await().until(() -> newestMail().get("to").asText().equals(email));
    var token = TOKEN.matcher(newestMail().get("text").asText());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private static JsonNode newestMail() {
    return operator.get("/api/ops/mailbox").json(200).at("/items/0");
  }

  private static String blocked(Shopper customer) {
    var why = JsonNodeFactory.instance.objectNode().put("reason", "because of a test");
    operator.post("/api/users/" + customer.id() + "/block", why).json(200);
    return customer.id();
  }

  private static String closed(String discrepancy) {
    var why = JsonNodeFactory.instance.objectNode().put("reason", "because of a test");
    operator.post("/api/ops/payments/discrepancies/" + discrepancy + "/close", why).json(200);
    return discrepancy;
  }

  private static String ordered(Shopper customer) {
    return Belongings.ORDER.newOf(customer, api);
  }

  private static String paid(Shopper customer, String capture) {
    var order = ordered(customer);
    var payment =
        JsonNodeFactory.instance
            .objectNode()
            .put("orderId", order)
            .put("token", "tok_visa")
            .put("capture", capture);
    customer.post("/api/payments", payment, "Prefer", "wait=projected").json(201);
    if (capture.equals("now")) {
      await()
          .until(() -> customer.order(order).json(200).at("/status").asText().equals("complete"));
    }
    return order;
  }

  private static String led(String order, String... steps) {
    for (var step : steps) {
      var parcel = JsonNodeFactory.instance.objectNode().put("carrier", "DHL").put("tracking", "1");
      var body = step.equals("ship") ? parcel : JsonNodeFactory.instance.objectNode();
      await().until(() -> operator.post("/api/orders/" + order + "/" + step, body).status() == 200);
    }
    return order;
  }

  private static Ready returning(Shopper who, Map<String, String> said, String order) {
    var bought = operator.order(order).json(200).at("/items/0/productId").asText();
    return saying(who, led(order, "confirm", "ship", "deliver"), said, "productId", bought);
  }
}
