package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An operator")
@Timeout(300)
class OperatorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOLD = "The operator is ";

  @TempDir static Path data;
  private static ShopProcess shop;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("has an account from the first start on, whose password is told once at most")
  void account(@TempDir Path empty) {
    assertThat(shop.program().out()).noneMatch(line -> line.startsWith(TOLD));
    String password;
    try (var first = ShopProcess.open(empty)) {
      var told = first.program().out().stream().filter(line -> line.startsWith(TOLD)).toList();
      assertThat(told).hasSize(1);
      password = told.getFirst().replaceAll(".* password (\\S+) .*", "$1");
      Shopper.stranger(first).signsIn("operator@boutique.example", password).json(200);
    }
    try (var later = ShopProcess.open(empty, "--operator.password=something else")) {
      assertThat(later.program().out()).noneMatch(line -> line.startsWith(TOLD));
      Shopper.stranger(later).signsIn("operator@boutique.example", password).json(200);
      Shopper.stranger(later).signsIn("operator@boutique.example", "something else").json(401);
    }
  }

  @Test
  @DisplayName("alone sees the users and the mail; others are told that they would need the role")
  void needed() {
    var customer = Shopper.signedUp(shop);
    var paths = List.of("/api/users", "/api/ops/mailbox", "/api/ops/orders");

    for (var path : paths) {
      Shopper.stranger(shop).get(path).problem(401, "auth.required");
      customer.get(path).problem(403, "role.required");
      Shopper.operator(shop).get(path).json(200);
    }
    customer
        .post("/api/users/" + customer.id() + "/block", JSON.valueToTree(Map.of("reason", "x")))
        .problem(403, "role.required");
    customer
        .put("/api/users/" + customer.id() + "/roles", roles("operator"))
        .problem(403, "role.required");
  }

  @Test
  @DisplayName("finds users page by page, or by their address in any case")
  void list() {
    var anna = Shopper.signedUp(shop, "Listed@Example.com");
    var operator = Shopper.operator(shop);

    var found = operator.get("/api/users?email=listed@example.COM").json(200).get("items");
    var nobody = operator.get("/api/users?email=nobody@example.com").json(200).get("items");

    assertThat(found).hasSize(1);
    assertThat(found.at("/0/id").asText()).isEqualTo(anna.id());
    assertThat(found.at("/0/email").asText()).isEqualTo("Listed@Example.com");
    assertThat(found.at("/0/blocked").asBoolean()).isFalse();
    assertThat(nobody).isEmpty();
    Patience.await().until(() -> operator.knows(anna.id()));
    assertThat(operator.get("/api/users?limit=1").json(200).get("nextCursor").asText())
        .isNotEmpty();
    var all = operator.get("/api/users?limit=" + operator.users().size()).json(200);
    assertThat(all.get("nextCursor").isNull()).as("a last page that is full").isTrue();
  }

  @Test
  @DisplayName(
      "blocks somebody, who cannot sign in then and is told nothing, and lets them in again")
  void block() {
    var anna = Shopper.signedUp(shop, "blocked@example.com");
    var operator = Shopper.operator(shop);
    var reason = JSON.createObjectNode().put("reason", "Sells stolen lamps.");

    var blocked = operator.post("/api/users/" + anna.id() + "/block", reason).json(200);
    var wrong = Shopper.stranger(shop).signsIn("blocked@example.com", Shopper.PASSWORD);
    var unblocked =
        operator.post("/api/users/" + anna.id() + "/unblock", JSON.createObjectNode()).json(200);

    assertThat(blocked.get("blocked").asBoolean()).isTrue();
    assertThat(blocked.get("blockedBecause").asText()).isEqualTo("Sells stolen lamps.");
    wrong.problem(401, "credentials.wrong");
    assertThat(unblocked.get("blocked").asBoolean()).isFalse();
    assertThat(unblocked.get("blockedBecause").isNull()).isTrue();
    Shopper.stranger(shop).signsIn("blocked@example.com", Shopper.PASSWORD).json(200);
  }

  @Test
  @DisplayName("knows whoever has signed up a moment ago, each of fifty in the very next request")
  void atOnce() {
    var operator = Shopper.operator(shop);
    var reason = JSON.createObjectNode().put("reason", "Too new.");
    for (var i = 0; i < 50; i++) {
      var newcomer = Shopper.signedUp(shop);

      var blocked = operator.post("/api/users/" + newcomer.id() + "/block", reason).json(200);

      assertThat(blocked.get("id").asText()).isEqualTo(newcomer.id());
      newcomer.get("/api/users/profile").problem(401, "auth.required");
    }
  }

  @Test
  @DisplayName("knows nobody any more who was erased")
  void nobody() {
    var operator = Shopper.operator(shop);
    var reason = JSON.createObjectNode().put("reason", "x");
    var erased = Shopper.signedUp(shop);
    erased.delete("/api/users/me", JSON.createObjectNode().put("password", Shopper.PASSWORD));

    operator.post("/api/users/" + erased.id() + "/block", reason).problem(404, "user.not-found");
  }

  @Test
  @DisplayName("makes others operators, but can neither leave office nor be blocked by themselves")
  void roles() {
    var anna = Shopper.signedUp(shop, "promoted@example.com");
    var operator = Shopper.operator(shop);
    var self = "/api/users/" + operator.id();

    operator.put("/api/users/" + anna.id() + "/roles", roles("customer", "operator")).json(200);
    operator.put(self + "/roles", roles("customer")).problem(409, "operator.self");
    operator
        .post(self + "/block", JSON.createObjectNode().put("reason", "I am tired."))
        .problem(409, "operator.self");
    operator
        .delete("/api/users/me", JSON.createObjectNode().put("password", "battery staple"))
        .problem(409, "operator.in-office");
    operator
        .post("/api/users/nobody/block", JSON.createObjectNode().put("reason", "x"))
        .problem(404, "user.not-found");

    anna.signsIn("promoted@example.com", Shopper.PASSWORD).json(200);
    anna.get("/api/users").json(200);
  }

  private static JsonNode roles(String... roles) {
    return JSON.valueToTree(Map.of("roles", roles));
  }
}
