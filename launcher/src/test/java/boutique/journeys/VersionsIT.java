package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
    "What has changed since it was seen is not changed, and what has not is not sent again:")
@Timeout(120)
class VersionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 20;

  @TempDir Path data;
  private ShopProcess shop;
  private Shopper shopper;

  @BeforeEach
  void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR);
    shopper = Shopper.signedUp(shop);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("a cart")
  void cart() {
    var product = shopper.offers("Tea", "3.50", 5);
    shopper.puts(product, 1);

    assertHolds(shopper, "/api/cart", "/api/cart/items/" + product, Map.of("quantity", 2));
  }

  @Test
  @DisplayName("the books of a product")
  void books() {
    var books = "/api/inventory/" + shopper.offers("Tea", "3.50", 5);

    assertHolds(shopper, books, books + "/threshold", Map.of("threshold", 2));
  }

  @Test
  @DisplayName("the stock of a product, said through the catalogue")
  void stock() {
    var made = shopper.post("/api/products", JSON.valueToTree(tea(5)));
    var path = made.headed("Location");

    assertThat(made.headed("ETag")).isEqualTo(shopper.get(path).headed("ETag"));
    assertHolds(shopper, path, path + "/stock", Map.of("quantity", 7));
  }

  @Test
  @DisplayName("the stock of a product that two operators have seen: one of them counts it anew")
  void lostUpdate() {
    var path = shopper.post("/api/products", JSON.valueToTree(tea(5))).headed("Location");
    var operator = Shopper.operator(shop);
    for (var round = 0; round < ROUNDS; round++) {
      var tag = shopper.get(path).headed("ETag");
      var quantity = 100 * (round + 1);

      var counts =
          IntStream.rangeClosed(1, 8)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(() ->
                      changeAt(
                          i % 2 == 0 ? shopper : operator,
                          path + "/stock",
                          tag,
                          Map.of("quantity", quantity + i))))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      var won = counts.stream().filter(count -> count.status() == 200).toList();
      assertThat(won).as("%s", counts).hasSize(1);
      assertThat(counts)
          .filteredOn(count -> !won.contains(count))
          .allSatisfy(count -> count.problem(412, "version.stale"));
      var now = shopper.get(path);
      assertThat(now.json(200)).isEqualTo(won.getFirst().json());
      assertThat(won.getFirst().headed("ETag")).isEqualTo(now.headed("ETag"));
    }
  }

  @Test
  @DisplayName("the stock of a product of which only a part was seen")
  void otherTags() {
    var path = shopper.post("/api/products", JSON.valueToTree(tea(5))).headed("Location");
    var tag = shopper.get(path).headed("ETag");
    var seven = Map.<String, Object>of("quantity", 7);

    for (var part : List.of("\"1\"", "\"1.\"", "\"1.x\"", "\"2.1\"", "\"11\"", "W/" + tag)) {
      changeAt(shopper, path + "/stock", part, seven).problem(412, "version.stale");
    }
    assertThat(shopper.get(path).headed("ETag")).isEqualTo(tag);
    var changed = changeAt(shopper, path + "/stock", "\"9.9\", " + tag, seven);
    assertThat(changed.json(200).get("quantity").asInt()).isEqualTo(7);
    assertThat(changeAt(shopper, path + "/stock", "*", Map.of("quantity", 8)).status())
        .isEqualTo(200);
  }

  private static Map<String, Object> tea(long quantity) {
    return Map.of("title", "Tea", "price", 3.5, "quantity", quantity);
  }

  @Test
  @DisplayName("a voucher")
  void voucher() {
    var operator = Shopper.operator(shop);
    var made = operator.post("/api/discounts", JSON.valueToTree(Map.of("percent", 10)));
    var path = made.headed("Location");

    assertThat(made.headed("ETag")).isEqualTo(operator.get(path).headed("ETag"));
    assertHolds(operator, path, path, Map.of("percent", 20));
  }

  @Test
  @DisplayName("a profile")
  void profile() {
    assertHolds(shopper, "/api/users/profile", "/api/users/profile", Map.of("name", "Anna"));
  }

  @Test
  @DisplayName("a password")
  void password() {
    var tag = shopper.get("/api/users/profile").headed("ETag");
    var next = Map.<String, Object>of("current", Shopper.PASSWORD, "password", "a new password");

    changeAt(shopper, "/api/users/password", "\"99999\"", next).problem(412, "version.stale");
    shopper.get("/api/users/profile").json(200);
    var changed = changeAt(shopper, "/api/users/password", tag, next);

    assertThat(changed.status()).isEqualTo(204);
    assertThat(changed.headed("ETag")).isEqualTo(shopper.get("/api/users/profile").headed("ETag"));
  }

  @Test
  @DisplayName("an account that operators judge of")
  void judged() {
    var operator = Shopper.operator(shop);
    var path = "/api/users/" + shopper.id();
    var tag = shopper.get("/api/users/profile").headed("ETag");
    var reason = Map.<String, Object>of("reason", "because of a test");
    var roles = Map.<String, Object>of("roles", List.of("customer", "operator"));

    changeAt(operator, path + "/roles", "\"99999\"", roles).problem(412, "version.stale");
    var promoted = changeAt(operator, path + "/roles", tag, roles);
    postAt(operator, path + "/block", tag, reason).problem(412, "version.stale");
    var blocked = postAt(operator, path + "/block", promoted.headed("ETag"), reason);
    postAt(operator, path + "/unblock", tag, Map.of()).problem(412, "version.stale");
    var unblocked = postAt(operator, path + "/unblock", blocked.headed("ETag"), Map.of());

    assertThat(List.of(promoted, blocked, unblocked))
        .allSatisfy(answer ->
            assertThat(answer.headed("ETag"))
                .isEqualTo("\"" + answer.json(200).get("version") + "\""));
  }

  @Test
  @DisplayName("an account that is to be erased")
  void erased() {
    var tag = shopper.get("/api/users/profile").headed("ETag");
    var body = JSON.createObjectNode().put("password", Shopper.PASSWORD);

    shopper.delete("/api/users/me", body, "If-Match", "\"99999\"").problem(412, "version.stale");
    shopper.get("/api/users/profile").json(200);

    assertThat(shopper.delete("/api/users/me", body, "If-Match", tag).status()).isEqualTo(204);
  }

  @Test
  @DisplayName("a book of addresses")
  void addresses() {
    var made = shopper.post("/api/users/addresses", JSON.valueToTree(address("1 Road"))).json(201);
    var path = "/api/users/addresses/" + made.get("id").asText();

    assertHolds(shopper, "/api/users/addresses", path, address("2 Road"));
  }

  private static Map<String, Object> address(String line) {
    return Map.of(
        "name", "Anna", "line1", line, "postalCode", "1", "city", "Rome", "country", "IT");
  }

  private static void assertHolds(
      Shopper shopper, String read, String change, Map<String, Object> to) {
    var tag = shopper.get(read).headed("ETag");
    assertThat(unlessKnown(shopper, read, tag).status()).isEqualTo(304);

    changeAt(shopper, change, "\"99999\"", to).problem(412, "version.stale");
    assertThat(unlessKnown(shopper, read, tag).status()).as("after a refusal").isEqualTo(304);

    changeAt(shopper, change, tag, to).json(200);
    assertThat(unlessKnown(shopper, read, tag).status()).as("after a change").isEqualTo(200);
  }

  private static Answer postAt(Shopper shopper, String path, String tag, Map<String, Object> to) {
    return shopper.post(path, JSON.valueToTree(to), "If-Match", tag);
  }

  private static Answer unlessKnown(Shopper shopper, String path, String tag) {
    return shopper.send(shopper.to(path).header("If-None-Match", tag).GET());
  }

  private static Answer changeAt(Shopper shopper, String path, String tag, Map<String, Object> to) {
    return shopper.send(
        shopper
            .to(path)
            .header("If-Match", tag)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.valueToTree(to).toString())));
  }
}
