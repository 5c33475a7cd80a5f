package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two customers, one operator and nobody, at every route of the contract. */
@DisplayName("What belongs to somebody")
@Timeout(300)
class TwoUsersIT {
  private static final int ORDERS = 20;
  private static final String OPERATOR = "operator@example.com";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static OpenApi api;
  private static Shopper owner;
  private static Shopper other;
  private static Shopper nobody;
  private static Shopper operator;

  @BeforeAll
  static void open() {
    shop =
        ShopProcess.open(
            data,
            Unlimited.and("--operator.email=" + OPERATOR, "--operator.password=correct horse"));
    api = OpenApi.of(shop);
    owner = Shopper.signedUp(shop);
    other = Shopper.signedUp(shop);
    nobody = Shopper.stranger(shop);
    operator = Shopper.stranger(shop);
    operator.post("/api/users/signin", Shopper.credentials(OPERATOR)).json(200);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  static Stream<Operation> ofOwners() {
    return api.operations().stream()
        .filter(one -> one.namesSomething() && one.role().isEmpty() && !one.open());
  }

  static Stream<Operation> ofOperators() {
    return api.operations().stream().filter(one -> !one.role().isEmpty());
  }

  static Stream<Operation> ofEverybody() {
    return api.operations().stream()
        .filter(one -> one.namesSomething() && one.reads() && one.open());
  }

  static Stream<Operation> ofGuests() {
    return api.operations().stream()
        .filter(one -> one.namesSomething() && !one.reads() && one.open());
  }

  static Stream<Operation> ofSomebody() {
    return api.operations().stream().filter(one -> !one.open());
  }

  @ParameterizedTest
  @MethodSource("ofOwners")
  @DisplayName("does not exist for another, in whatever they do to it")
  void notTheirs(Operation operation) {
    var kind = Belongings.namedBy(operation);
    var id = kind.newOf(owner, api);
    var before = kind.shown(owner, api, id);

    var theirs = send(other, operation, id);
    var strangers = send(nobody, operation, id);

    assertThat(theirs.status()).as("%s", theirs).isEqualTo(404);
    assertThat(theirs.json().path("code").asText()).endsWith(".not-found");
    strangers.problem(401, "auth.required");
    assertThat(kind.shown(owner, api, id)).isEqualTo(before);
    assertThat(send(owner, operation, id).status()).isNotIn(401, 403, 404, 500);
  }

  @ParameterizedTest
  @MethodSource("ofOwners")
  @DisplayName("looks to another as what there never was")
  void looksAsNothing(Operation operation) {
    var id = Belongings.namedBy(operation).newOf(owner, api);

    var theirs = send(other, operation, id).json();
    var nothing = send(other, operation, UUID.randomUUID().toString()).json();

    assertThat(theirs.path("code")).isEqualTo(nothing.path("code"));
    assertThat(theirs.path("title")).isEqualTo(nothing.path("title"));
    assertThat(theirs.path("errors")).isEqualTo(nothing.path("errors"));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("ofOperators")
  @DisplayName("is for operators, if the contract says so, and for no customer")
  void operators(Operation operation) {
    var third = Shopper.signedUp(shop);
    var id = operation.namesSomething() ? named(operation, third) : "";

    send(nobody, operation, id).problem(401, "auth.required");
    send(third, operation, id).problem(403, "role.required");
    send(other, operation, id).problem(403, "role.required");
    assertThat(send(operator, operation, id).status()).isNotIn(401, 403, 404, 500);
  }

  @ParameterizedTest
  @MethodSource("ofOperators")
  @DisplayName("is refused to a customer in the same words whether it is there or never was")
  void operatorsOnly(Operation operation) {
    assumeThat(operation.namesSomething()).isTrue();
    var there = send(other, operation, named(operation, owner));

    for (var never : List.of(UUID.randomUUID().toString(), "a%20b", "%F0%9F%98%80")) {
      var nothing = send(other, operation, never);
      assertThat(nothing.response().body()).isEqualTo(there.response().body());
      assertThat(nothing.status()).isEqualTo(there.status()).isEqualTo(403);
      assertThat(head(nothing)).isEqualTo(head(there));
    }
  }

  /** Of an answer, without the moment. */
  private static Map<String, List<String>> head(Answer answer) {
    var head = new TreeMap<>(answer.response().headers().map());
    head.remove("date");
    return head;
  }

  @ParameterizedTest
  @MethodSource("ofEverybody")
  @DisplayName("is shown to everybody, if the contract says so")
  void everybodys(Operation operation) {
    var id = Belongings.namedBy(operation).newOf(owner, api);

    assertThat(send(nobody, operation, id).json(200))
        .isEqualTo(send(owner, operation, id).json(200));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("ofGuests")
  @DisplayName("stays as it is when others change what is theirs by the same name")
  void eachTheirOwn(Operation operation) {
    var kind = Belongings.namedBy(operation);
    var id = kind.newOf(owner, api);
    var before = kind.shown(owner, api, id);

    send(other, operation, id);
    send(nobody, operation, id);

    assertThat(before).contains(id);
    assertThat(kind.shown(owner, api, id)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("ofSomebody")
  @DisplayName("is shown to nobody, and nobody changes it")
  void strangers(Operation operation) {
    var id = operation.path().contains("{code}") ? "TEN" : UUID.randomUUID().toString();

    send(nobody, operation, id).problem(401, "auth.required");
  }

  @Test
  @DisplayName("is not given to another who says the same idempotency key")
  void sameKey() {
    var creating =
        api.operations().stream()
            .filter(one -> one.method().equals("POST") && !one.open() && one.role().isEmpty())
            .filter(one -> !one.namesSomething() && one.takes("Idempotency-Key"))
            .filter(Operation::takesJson)
            .toList();
    assertThat(creating).isNotEmpty();
    for (var operation : creating) {
      var body = example(operation);
      var key = UUID.randomUUID().toString();
      var mine = owner.post(operation.path(), body, "Idempotency-Key", key);
      var theirs = other.post(operation.path(), body, "Idempotency-Key", key);

      assertThat(theirs.status()).as("%s", theirs).isIn(mine.status(), 404);
      var id = mine.json().path("id").asText();
      if (!id.isEmpty()) {
        assertThat(theirs.response().body()).as("%s", operation).doesNotContain(id);
      }
    }
  }

  @Test
  @DisplayName("is not in another's lists, whatever the cursor")
  void sameCursor() {
    Belongings.ORDER.newOf(owner, api);
    Belongings.ORDER.newOf(owner, api);
    await().until(() -> owner.orders().size() >= 2);
    var lists =
        api.operations().stream()
            .filter(one -> one.reads() && one.takes("cursor") && !one.open())
            .filter(one -> one.role().isEmpty() && !one.namesSomething())
            .toList();
    assertThat(lists).isNotEmpty();
    for (var list : lists) {
      var page = owner.get(list.path() + "?limit=1").json(200);
      var cursor = page.path("nextCursor").asText();
      var theirs = other.get(list.path() + "?limit=100&cursor=" + cursor);

      assertThat(theirs.status()).as("%s", theirs).isIn(200, 400);
      assertThat(theirs.response().body()).doesNotContain(owner.id());
    }
  }

  @Test
  @DisplayName("is told to its owner's sockets, and to no other")
  void sockets() {
    var mine = new ArrayList<String>();
    try (var page = BrowserSocket.of(owner).register("orders.me");
        var second = BrowserSocket.of(owner).register("orders.me");
        var theirs = BrowserSocket.of(other).register("orders.me");
        var stranger = new BrowserSocket(shop.base(), "Origin", shop.base().toString())) {
      for (var address : List.of("orders." + owner.id(), "orders.*", "orders/" + owner.id())) {
        theirs.register(address);
        stranger.register(address);
      }
      for (var i = 0; i < ORDERS; i++) {
        mine.add(Belongings.ORDER.newOf(owner, api));
      }
      var last = Belongings.ORDER.newOf(other, api);

      await().until(() -> created(page).containsAll(mine) && created(second).containsAll(mine));
      await().until(() -> created(theirs).contains(last));
      assertThat(created(theirs)).containsExactly(last);
      assertThat(created(page)).doesNotContain(last);
      assertThat(stranger.understood().news()).isEmpty();
    }
  }

  /** The orders that a page has heard of. */
  private static List<String> created(BrowserSocket page) {
    return page.news("orders.me").stream()
        .filter(frame -> frame.at("/body/type").asText().equals("order.created"))
        .map(frame -> frame.at("/body/id").asText())
        .toList();
  }

  private static String named(Operation operation, Shopper third) {
    var kind = Belongings.namedBy(operation);
    return kind.newOf(kind.isOperators() ? operator : third, api);
  }

  private static Answer send(Shopper who, Operation operation, String id) {
    var request = who.to(Belongings.path(operation.path(), id));
    if (operation.type().isEmpty()) {
      return who.send(request.method(operation.method(), BodyPublishers.noBody()));
    }
    return who.send(
        request
            .header("Content-Type", operation.type())
            .method(operation.method(), BodyPublishers.ofString(example(operation).toString())));
  }

  private static JsonNode example(Operation operation) {
    var product =
        StreamSupport.stream(owner.get("/api/products").json(200).get("items").spliterator(), false)
            .filter(item -> item.get("quantity").asInt() > 1) // for both to have one
            .map(item -> item.get("id").asText())
            .findFirst()
            .orElseGet(() -> owner.offers("Rug", "99", 99));
    return new Examples(api, Map.of("productId", product)).of(operation.body());
  }
}
