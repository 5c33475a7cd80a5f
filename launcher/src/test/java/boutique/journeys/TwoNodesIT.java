package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.launcher.TwoDoors;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Of two gateways over one store,")
@Timeout(300)
class TwoNodesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "Idempotency-Key";
  private static final int ROUNDS = 20;
  private static final int STOCK = 1_000;

  @TempDir static Path data;
  private static TwoDoors shop;

  @BeforeAll
  static void open() throws IOException {
    shop = TwoDoors.open(data, Shopper.OPERATOR);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  static Stream<Named<Consumer<Shopper>>> endings() {
    var operator = operator();
    return Stream.of(
        Named.of("signs out", one -> one.post("/api/users/signout", empty())),
        Named.of("signs out everywhere", one -> one.post("/api/users/signout-all", empty())),
        Named.of("is erased", one -> one.delete("/api/users/me", password())),
        Named.of("is blocked", one -> operator.post(user(one) + "/block", because())),
        Named.of("gets roles", one -> operator.put(user(one) + "/roles", roles())),
        Named.of("changes the password", one -> one.put("/api/users/password", changed())),
        Named.of("sets a new password by mail", one -> resets(one, operator)),
        Named.of("shows a replaced refresh token again", TwoNodesIT::reuses));
  }

  @ParameterizedTest
  @MethodSource("endings")
  @DisplayName("each ends at once what the other has let in: tokens, and lines of open pages")
  void endings(Consumer<Shopper> ending) {
    var here = Shopper.at(shop.first());
    here.signsUp();
    var token = here.token();
    var there = here.through(shop.second());
    var bystander = Shopper.at(shop.second());
    bystander.signsUp();
    try (var line = BrowserSocket.of(there);
        var near = BrowserSocket.of(here);
        var other = BrowserSocket.of(bystander)) {
      line.understood();
      near.understood();
      bearer(shop.first(), token).json(200);
      bearer(shop.second(), token).json(200);

      ending.accept(here);

      bearer(shop.first(), token).problem(401, "auth.required");
      await().until(line::over);
      await().until(near::over);
      bearer(shop.second(), token).problem(401, "auth.required");
      there.get("/api/users/profile").problem(401, "auth.required");
      assertThat(other.understood().over()).isFalse();
      bystander.get("/api/users/profile").json(200);
    }
  }

  @Test
  @DisplayName("each finds in the store what the other has ended, if the word of it was lost")
  void lostWord() {
    var here = Shopper.at(shop.first());
    here.signsUp();
    var there = here.through(shop.second());
    try (var line = BrowserSocket.of(there)) {
      line.understood();

      shop.noteEnd(here.id(), session(here));

      await().until(line::over);
      there.get("/api/users/profile").problem(401, "auth.required");
      await().until(() -> here.get("/api/users/profile").status() == 401);
    }
  }

  @Test
  @DisplayName(
      "whichever sees a refresh token again that was replaced, the session is over at both")
  void reuse() {
    var here = Shopper.at(shop.first());
    here.signsUp();
    var thief = here.through(shop.second());
    here.post("/api/users/refresh", empty()).json(200);
    here.post("/api/users/refresh", empty()).json(200);

    thief.post("/api/users/refresh", empty()).problem(401, "session.over");

    await().until(() -> here.get("/api/users/profile").status() == 401);
    here.post("/api/users/refresh", empty()).problem(401, "session.over");
  }

  @Test
  @DisplayName("both are asked under one key at once, and it is done once")
  void once() {
    var seller = Shopper.at(shop.first());
    seller.signsUp();
    var product = seller.offers("Tea", "3", STOCK);
    for (var round = 0; round < ROUNDS; round++) {
      var buyer = Shopper.at(shop.first());
      buyer.signsUp();
      var key = "round-" + round;

      var offers = both(buyer, at -> at.post("/api/products", tea(), KEY, key));
      var addresses = both(buyer, at -> at.post("/api/users/addresses", home(), KEY, key + "a"));
      var carts = both(buyer, at -> at.puts(product, 2, KEY, key + "c"));
      var orders = both(buyer, at -> at.orders(key + "o", Map.of(product, 3L)));

      assertThat(Stream.of(offers, addresses, orders))
          .allSatisfy(twins ->
              assertThat(twins.stream().map(answer -> answer.json(201).get("id")).distinct())
                  .hasSize(1));
      assertThat(carts).allMatch(answer -> answer.status() / 100 == 2);
      assertThat(buyer.get("/api/users/addresses").json(200).get("items")).hasSize(1);
      assertThat(buyer.get("/api/cart").json(200).at("/items/0/quantity").asInt()).isEqualTo(2);
      assertThat(seller.stock(product)).isEqualTo(STOCK - 3 * (round + 1));
    }
  }

  private static List<Answer> both(Shopper buyer, Function<Shopper, Answer> asks) {
    var there = buyer.through(shop.second());
    var first = CompletableFuture.supplyAsync(() -> asks.apply(buyer));
    var second = CompletableFuture.supplyAsync(() -> asks.apply(there));
    return List.of(first.join(), second.join());
  }

  private static Shopper operator() {
    var operator = Shopper.at(shop.first());
    operator.signsIn("operator@boutique.example", "battery staple").json(200);
    return operator;
  }

  /** The session's id, as its token says it. */
  private static String session(Shopper shopper) {
    var claims = Base64.getUrlDecoder().decode(shopper.token().split("\\.")[1]);
    try {
      return JSON.readTree(claims).get("sid").asText();
    } catch (IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static String user(Shopper shopper) {
    return "/api/users/" + shopper.id();
  }

  private static ObjectNode empty() {
    return JSON.createObjectNode();
  }

  private static ObjectNode changed() {
    return empty().put("current", Shopper.PASSWORD).put("password", "another password");
  }

  /** With the link that was mailed. */
  private static void resets(Shopper one, Shopper operator) {
    var email = one.get("/api/users/profile").json(200).get("email").asText();
    one.post("/api/users/password-reset", empty().put("email", email));
    var mail =
        await()
            .until(
                () -> operator.get("/api/ops/mailbox").response().body(),
                body -> body.contains(email));
    var link = Pattern.compile("#/reset=([\\w.~-]+)").matcher(mail);
    assertThat(link.find()).isTrue();
    var body = empty().put("token", link.group(1)).put("password", "another password");
    assertThat(one.another().post("/api/users/password-reset/confirm", body).status())
        .isEqualTo(204);
  }

  private static void reuses(Shopper one) {
    var thief = one.through(one.shop());
    one.post("/api/users/refresh", empty()).json(200);
    one.post("/api/users/refresh", empty()).json(200);
    thief.post("/api/users/refresh", empty()).problem(401, "session.over");
  }

  private static Answer bearer(URI door, String token) {
    var nobody = Shopper.at(door);
    return nobody.send(
        nobody.to("/api/users/profile").header("Authorization", "Bearer " + token).GET());
  }

  private static ObjectNode password() {
    return empty().put("password", Shopper.PASSWORD);
  }

  private static ObjectNode because() {
    return empty().put("reason", "because of a test");
  }

  private static ObjectNode roles() {
    var roles = empty();
    roles.putArray("roles").add("customer").add("operator");
    return roles;
  }

  private static ObjectNode tea() {
    return empty().put("title", "Tea").put("price", 3.5).put("quantity", 5);
  }

  private static ObjectNode home() {
    return empty()
        .put("name", "Anna")
        .put("line1", "Long Road 1")
        .put("city", "Town")
        .put("postalCode", "12345")
        .put("country", "DE");
  }
}
