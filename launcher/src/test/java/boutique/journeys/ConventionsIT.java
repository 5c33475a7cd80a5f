package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Every route keeps the conventions:")
@Timeout(300)
class ConventionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "Idempotency-Key";
  private static final int MANY = 40;

  @TempDir Path data;
  private final int port = Ports.free();

  @Test
  @DisplayName("a repeated request is answered to the byte as before, also after a crash")
  void repeated() {
    Shopper shopper;
    Answer first;
    try (var shop = open()) {
      shopper = Shopper.signedUp(shop);
      first = offer(shopper, "k1", tea(5));
      first.json(201);
      var again = offer(shopper, "k1", tea(5));
      assertThat(again.response().body()).isEqualTo(first.response().body());
      offer(shopper, "k1", tea(6)).problem(422, "idempotency.mismatch");
      shop.kill();
    }
    try (var _ = open()) {
      var again = offer(shopper, "k1", tea(5));
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.response().body()).isEqualTo(first.response().body());
      for (var header : List.of("ETag", "Location")) {
        assertThat(again.header(header)).isPresent().isEqualTo(first.header(header));
      }
      offer(shopper, "k1", tea(6)).problem(422, "idempotency.mismatch");
      assertThat(shopper.products()).hasSize(1);
    }
  }

  @Test
  @DisplayName("who was cut off in the middle repeats it, and it is done once")
  void cutOff() {
    Shopper shopper;
    try (var shop = open();
        var threads = Executors.newFixedThreadPool(MANY)) {
      shopper = Shopper.signedUp(shop);
      var seller = shopper;
      var offers =
          IntStream.range(0, MANY)
              .mapToObj(
                  i -> CompletableFuture.runAsync(() -> offer(seller, "cut-" + i, tea(i)), threads))
              .toList();
      CompletableFuture.anyOf(offers.toArray(CompletableFuture[]::new)).join();
      shop.kill();
      offers.forEach(ConventionsIT::end);
    }
    try (var _ = open()) {
      for (var i = 0; i < MANY; i++) {
        var once = offer(shopper, "cut-" + i, tea(i)).json(201);
        assertThat(offer(shopper, "cut-" + i, tea(i)).json(201)).isEqualTo(once);
      }
      Patience.await().until(() -> shopper.products().size() == MANY);
      assertThat(shopper.products().stream().map(one -> one.get("quantity").asInt()))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, MANY).boxed().toList());
    }
  }

  @Test
  @DisplayName("many who ask the same at once get one answer, of one deed")
  void atOnce() {
    try (var shop = open();
        var threads = Executors.newFixedThreadPool(MANY)) {
      var shopper = Shopper.signedUp(shop);

      var bodies =
          IntStream.range(0, MANY)
              .mapToObj(
                  _ -> CompletableFuture.supplyAsync(() -> offer(shopper, "same", tea(1)), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .map(answer -> answer.json(201))
              .distinct();

      assertThat(bodies).hasSize(1);
      assertThat(offer(Shopper.signedUp(shop), "same", tea(1)).json(201).get("id"))
          .as("the same key of somebody else")
          .isNotEqualTo(offer(shopper, "same", tea(1)).json(201).get("id"));
    }
  }

  @Test
  @DisplayName("strangers who happen to say the same key do not hear of each other")
  void strangers() {
    try (var shop = open()) {
      for (var email : List.of("one@example.com", "two@example.com")) {
        var who = Shopper.credentials(email);
        var stranger = Shopper.stranger(shop);
        var id = stranger.post("/api/users/signup", who, KEY, "1").json(201).get("id");
        assertThat(stranger.post("/api/users/signup", who, KEY, "1").json(201).get("id"))
            .as("to who has its cookies")
            .isEqualTo(id);
        assertThat(Shopper.stranger(shop).post("/api/users/signup", who, KEY, "1").json(201))
            .as("to who has lost its answer")
            .isEqualTo(stranger.post("/api/users/signup", who, KEY, "1").json(201));
      }
      shop.kill();
    }
    try (var shop = open()) {
      var one = Shopper.credentials("one@example.com");
      Shopper.stranger(shop).post("/api/users/signup", one, KEY, "1").json(201);
      Shopper.stranger(shop).post("/api/users/signup", one, KEY, "2").problem(409, "email.taken");
    }
  }

  @Test
  @DisplayName(
      "what was changed back meanwhile is not changed again by a repetition, after a crash")
  void changedBack() {
    Shopper anna;
    Shopper operator;
    Answer named;
    Answer blocked;
    Answer promoted;
    String account;
    try (var shop = openForOperator()) {
      anna = Shopper.signedUp(shop);
      operator = Shopper.operator(shop);
      account = "/api/users/" + Shopper.signedUp(shop, "ben@example.com").id();
      named = rename(anna, "one", "n1");
      rename(anna, "two", "n2").json(200);
      blocked = operator.post(account + "/block", field("reason", "because"), KEY, "b");
      operator.post(account + "/unblock", JSON.createObjectNode(), KEY, "u").json(200);
      promoted = operator.put(account + "/roles", roles("customer", "operator"), KEY, "r1");
      operator.put(account + "/roles", roles("customer"), KEY, "r2").json(200);
      shop.kill();
    }
    try (var _ = openForOperator()) {
      assertSame(rename(anna, "one", "n1"), named);
      assertSame(operator.post(account + "/block", field("reason", "because"), KEY, "b"), blocked);
      assertSame(
          operator.put(account + "/roles", roles("customer", "operator"), KEY, "r1"), promoted);

      assertThat(anna.get("/api/users/profile").json(200).get("name").asText()).isEqualTo("two");
      var ben = operator.get("/api/users?email=ben@example.com").json(200).at("/items/0");
      assertThat(ben.get("blocked").asBoolean()).isFalse();
      assertThat(ben.get("roles")).hasSize(1);
      rename(anna, "three", "n1").problem(422, "idempotency.mismatch");
      rename(operator, "three", "n1").json(200);
    }
  }

  @Test
  @DisplayName("what can be done once only is answered to a repetition as the first time")
  void onceOnly() {
    try (var shop = open()) {
      var anna = Shopper.signedUp(shop);
      var address = AccountsIT.address("Anna");
      var first = anna.post("/api/users/addresses", address, KEY, "a");
      var path = "/api/users/addresses/" + first.json(201).get("id").asText();
      var gone = anna.send(anna.to(path).header(KEY, "d").DELETE());
      assertThat(gone.status()).isEqualTo(204);
      var password = field("current", Shopper.PASSWORD).put("password", "another one");
      var changed = anna.put("/api/users/password", password, KEY, "p");
      assertThat(changed.status()).isEqualTo(204);

      assertSame(anna.post("/api/users/addresses", address, KEY, "a"), first);
      assertSame(anna.send(anna.to(path).header(KEY, "d").DELETE()), gone);
      assertSame(anna.put("/api/users/password", password, KEY, "p"), changed);
      assertThat(anna.get("/api/users/addresses").json(200).get("items")).isEmpty();
    }
  }

  @Test
  @DisplayName("guests have a cart and keys of their own")
  void guests() {
    try (var shop = open()) {
      var tea = Shopper.signedUp(shop).offers("Tea", "3.50", 50);
      for (var quantity = 1; quantity <= 2; quantity++) {
        var guest = Shopper.stranger(shop);
        var first = guest.puts(tea, quantity, KEY, "1").json(200);
        assertThat(first.at("/items/0/quantity").asInt()).isEqualTo(quantity);
        assertThat(guest.puts(tea, quantity, KEY, "1").json(200)).isEqualTo(first);
        guest.puts(tea, 7, KEY, "1").problem(422, "idempotency.mismatch");
        assertThat(guest.get("/api/cart").json(200)).isEqualTo(first);

        var emptied = guest.send(guest.to("/api/cart").header(KEY, "2").DELETE());
        var filled = guest.puts(tea, 9, KEY, "3").json(200);
        assertSame(guest.send(guest.to("/api/cart").header(KEY, "2").DELETE()), emptied);
        assertThat(guest.get("/api/cart").json(200)).isEqualTo(filled);
      }
    }
  }

  @Test
  @DisplayName("what has changed since it was seen is not changed, and what has not is not sent")
  void versions() {
    try (var shop = open()) {
      var shopper = Shopper.signedUp(shop);
      var product = shopper.offers("Tea", "3.50", 5);
      var order = shopper.orders(product, 1);
      var path = order.headed("Location");
      var placed = order.headed("ETag");
      Patience.await().until(() -> shopper.get(path).json(200).get("number").isTextual());
      var tag = shopper.get(path).headed("ETag");

      assertThat(conditional(shopper, path, "If-None-Match", placed).status())
          .as("its number is new to who has seen it without")
          .isEqualTo(200);
      assertThat(conditional(shopper, path, "If-None-Match", "W/" + tag).status()).isEqualTo(304);
      assertThat(conditional(shopper, path, "If-None-Match", "\"9\"").status()).isEqualTo(200);
      for (var stale : List.of("\"1\"", "W/" + tag, "nonsense", "\"9\"")) {
        cancel(shopper, path, stale).problem(412, "version.stale");
      }
      cancel(Shopper.signedUp(shop), path, "\"1\"").problem(404, "order.not-found");
      assertThat(cancel(shopper, path, "\"9\", " + placed).json(200).get("status").asText())
          .isEqualTo("cancelled");
      assertThat(conditional(shopper, path, "If-None-Match", tag).status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("whatever is read has a tag, and is not sent again to who has it")
  void tags() {
    try (var shop = ShopProcess.open(data, Shopper.OPERATOR)) {
      var operator = Shopper.operator(shop);
      var product = operator.offers("Tea", "3.50", 5);
      var order = operator.orders(product, 1).headed("Location");
      operator.opensSale(product, 1).json(200);
      Patience.await().until(() -> operator.orders().size() == 1);
      for (var path :
          List.of(
              "/api/users/currentuser",
              "/api/users",
              "/api/ops/mailbox",
              "/api/products",
              "/api/cart",
              "/api/orders",
              order,
              order + "/history",
              "/api/discounts",
              "/api/inventory/low",
              "/api/inventory/" + product + "/audit",
              "/api/products/" + product + "/sale")) {
        var tag = operator.get(path).headed("ETag");
        var again = conditional(operator, path, "If-None-Match", tag);

        assertThat(again.status()).as(path).isEqualTo(304);
        assertThat(again.response().body()).as(path).isEmpty();
        assertThat(conditional(operator, path, "If-None-Match", "\"other\"").status())
            .as(path)
            .isEqualTo(200);
      }
      assertThat(operator.get("/api/ops/mailbox").header("Cache-Control")).contains("no-store");
    }
  }

  @Test
  @DisplayName("who waits for the lists finds there what they did, and a page that ends says so")
  void projected() {
    try (var shop = open()) {
      var shopper = Shopper.signedUp(shop);
      for (var i = 1; i <= 5; i++) {
        var offered =
            shopper.post("/api/products", tea(i), "Prefer", "respond-async, wait=projected");
        assertThat(offered.header("Preference-Applied")).contains("wait=projected");
        assertThat(page(shopper, 100).get("items")).hasSize(i);
      }
      assertThat(page(shopper, 5).get("nextCursor").isNull()).isTrue();
      assertThat(page(shopper, 4).get("nextCursor").isTextual()).isTrue();
      assertThat(shopper.products()).hasSize(5);
    }
  }

  @Test
  @DisplayName("who comes in, goes on and goes out may wait for the lists as well")
  void projectedAccounts() {
    var wait = new String[] {"Prefer", "wait=projected"};
    var nothing = JSON.createObjectNode();
    try (var shop = ShopProcess.open(data, Shopper.OPERATOR)) {
      var operator = Shopper.operator(shop);
      for (var i = 0; i < 5; i++) {
        var who = Shopper.credentials("waiting-%d@example.com".formatted(i));
        var shopper = Shopper.stranger(shop);
        var signedUp = shopper.post("/api/users/signup", who, wait);
        var id = signedUp.json(201).get("id").asText();
        assertThat(operator.knows(id)).isTrue();
        assertThat(sessions(shopper)).hasSize(1);

        var signedIn = shopper.post("/api/users/signin", who, wait);
        assertThat(sessions(shopper)).hasSize(2);

        var refreshed = shopper.post("/api/users/refresh", nothing, wait);
        assertThat(sessions(shopper).at("/0/refreshedAt"))
            .isNotEqualTo(sessions(shopper).at("/0/openedAt"));

        var first = Shopper.stranger(shop);
        first.post("/api/users/signin", who, wait);
        var signedOut = first.post("/api/users/signout", nothing, wait);
        assertThat(sessions(shopper).at("/0/endedAt").isTextual()).isTrue();

        assertThat(List.of(signedUp, signedIn, refreshed, signedOut))
            .allSatisfy(answer ->
                assertThat(answer.header("Preference-Applied")).contains("wait=projected"));
      }
    }
  }

  private static JsonNode sessions(Shopper shopper) {
    return shopper.get("/api/users/me/export").json(200).get("sessions");
  }

  @Test
  @DisplayName("the head of what can be read is there, and of the rest it is said what can be done")
  void methods() {
    try (var shop = open()) {
      var shopper = Shopper.signedUp(shop);
      for (var path : List.of("/api/products", "/api/orders", "/health", "/openapi.yaml", "/")) {
        var head = shopper.send(shopper.to(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).as(path).isEqualTo(200);
        assertThat(head.response().body()).isEmpty();
      }
      var nothing = BodyPublishers.noBody();
      shopper
          .send(shopper.to("/api/nothing").method("POST", nothing))
          .problem(404, "route.not-found");
      var refused = shopper.send(shopper.to("/api/orders").method("DELETE", nothing));
      refused.problem(405, "method.not-allowed");
      assertThat(refused.header("Allow")).contains("GET, HEAD, POST");
    }
  }

  private ShopProcess open() {
    return ShopProcess.open(data, "--port", "" + port);
  }

  private ShopProcess openForOperator() {
    return ShopProcess.open(
        data,
        Stream.concat(Stream.of("--port", "" + port), Stream.of(Shopper.OPERATOR))
            .toArray(String[]::new));
  }

  private static void assertSame(Answer again, Answer first) {
    assertThat(first.status()).as("%s", first).isBetween(200, 299);
    assertThat(again.status()).as("%s", again).isEqualTo(first.status());
    assertThat(again.response().body()).isEqualTo(first.response().body());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
  }

  private static Answer rename(Shopper shopper, String name, String key) {
    return shopper.put("/api/users/profile", field("name", name), KEY, key);
  }

  private static ObjectNode field(String name, String value) {
    return JSON.createObjectNode().put(name, value);
  }

  private static ObjectNode roles(String... roles) {
    var body = JSON.createObjectNode();
    Stream.of(roles).forEach(body.putArray("roles")::add);
    return body;
  }

  private static Answer offer(Shopper shopper, String key, ObjectNode product) {
    return shopper.post("/api/products", product, KEY, key);
  }

  private static ObjectNode tea(int quantity) {
    return JSON.createObjectNode().put("title", "Tea").put("price", 3.5).put("quantity", quantity);
  }

  private static Answer conditional(Shopper shopper, String path, String name, String value) {
    return shopper.send(shopper.to(path).header(name, value).GET());
  }

  private static Answer cancel(Shopper shopper, String path, String ifMatch) {
    return shopper.send(shopper.to(path).header("If-Match", ifMatch).DELETE());
  }

  private static JsonNode page(Shopper shopper, int limit) {
    return shopper.get("/api/products?limit=" + limit).json(200);
  }

  /** Answered or cut off: both may be. */
  private static void end(CompletableFuture<Void> offer) {
    try {
      offer.join();
    } catch (CompletionException cutOff) {
      assertThat(cutOff).hasCauseInstanceOf(java.io.UncheckedIOException.class);
    }
  }
}
