package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.backends.embedded.RocksDatabase;
import boutique.backends.embedded.RocksViews;
import boutique.kernel.store.Views.Change.Put;
import boutique.kernel.store.Views.Page;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Somebody with an account")
@Timeout(300)
class AccountsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ADDRESSES = 20;

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
  @DisplayName("is who signed up, under both names of the route, and nobody after signing out")
  void currentUser() {
    var shopper = Shopper.stranger(shop);
    var body = Shopper.credentials("Current@Example.com");
    var user = shopper.post("/api/users/register", body).json(201);

    var current = shopper.get("/api/users/currentuser").json(200).get("currentUser");
    shopper.post("/api/users/signout", JSON.createObjectNode());

    assertThat(current.get("id")).isEqualTo(user.get("id"));
    assertThat(current.get("email").asText()).isEqualTo("Current@Example.com");
    assertThat(current.get("roles")).hasSize(1).first().hasToString("\"customer\"");
    assertThat(shopper.get("/api/users/currentuser").json(200).get("currentUser").isNull())
        .isTrue();
    shopper.post("/api/users/login", body).json(200);
  }

  @Test
  @DisplayName("is one of fifty who sign up with the same address at once, in whatever case")
  void unique() throws Exception {
    var answers = new ArrayList<Future<Answer>>();
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 50; i++) {
        var email = i % 2 == 0 ? "rush@example.com" : "RUSH@Example.COM";
        var body = Shopper.credentials(email);
        answers.add(crowd.submit(() -> Shopper.stranger(shop).post("/api/users/signup", body)));
      }
    }

    var statuses = new ArrayList<Integer>();
    for (var answer : answers) {
      statuses.add(answer.get().status());
    }
    assertThat(statuses).containsOnlyOnce(201).isSubsetOf(201, 409, 429);
    Shopper.stranger(shop).signsIn("rush@example.com", Shopper.PASSWORD).json(200);
  }

  @Test
  @DisplayName("hears the same when the address is unknown and when the password is wrong")
  void wrong() {
    Shopper.signedUp(shop, "known@example.com");
    var stranger = Shopper.stranger(shop);

    var unknown = stranger.signsIn("unknown@example.com", "wrong password");
    var wrong = stranger.signsIn("known@example.com", "wrong password");

    assertThat(unknown.problem(401, "credentials.wrong"))
        .isEqualTo(wrong.problem(401, "credentials.wrong"));
  }

  @Test
  @DisplayName("may use any characters in a password, as long as it is neither short nor endless")
  void passwords() {
    var long128 = "\u2603".repeat(128);
    var body = Shopper.credentials("unicode@example.com");

    var stranger = Shopper.stranger(shop);
    stranger.post("/api/users/signup", body.put("password", "1234567")).json(400);
    stranger.post("/api/users/signup", body.put("password", long128 + "x")).json(400);
    stranger.post("/api/users/signup", body.put("password", long128)).json(201);
    stranger.signsIn("unicode@example.com", long128).json(200);
    stranger.signsIn("unicode@example.com", "\u2603".repeat(127) + "\u2604").json(401);
  }

  @Test
  @DisplayName("changes the password with the old one, which is of no use afterwards")
  void changePassword() {
    var shopper = Shopper.signedUp(shop, "changing@example.com");
    var change = JSON.createObjectNode().put("password", "a new password");

    var wrong = shopper.put("/api/users/password", change.put("current", "not this one"));
    var right = shopper.put("/api/users/password", change.put("current", Shopper.PASSWORD));

    wrong.problem(403, "password.wrong");
    assertThat(right.status()).isEqualTo(204);
    shopper.get("/api/users/profile").json(200);
    Shopper.stranger(shop).signsIn("changing@example.com", Shopper.PASSWORD).json(401);
    Shopper.stranger(shop).signsIn("changing@example.com", "a new password").json(200);
  }

  @Test
  @DisplayName("says who they are, as often as they like, with a version each time")
  void profile() {
    var shopper = Shopper.signedUp(shop, "profile@example.com");

    var before = shopper.get("/api/users/profile").json(200);
    var changed =
        shopper
            .put(
                "/api/users/profile",
                JSON.createObjectNode().put("name", "Zo\u00eb").put("phone", "+49 30 1"))
            .json(200);

    assertThat(before.get("name").isNull()).isTrue();
    assertThat(changed.get("name").asText()).isEqualTo("Zo\u00eb");
    assertThat(changed.get("email").asText()).isEqualTo("profile@example.com");
    assertThat(changed.get("version").asLong()).isGreaterThan(before.get("version").asLong());
    assertThat(shopper.get("/api/users/profile").json(200)).isEqualTo(changed);
    shopper.put("/api/users/profile", JSON.createObjectNode().put("name", " \n ")).json(400);
  }

  @Test
  @DisplayName("keeps addresses, of which one is the default whatever happens to the others")
  void addresses() {
    var shopper = Shopper.signedUp(shop);
    var home = shopper.post("/api/users/addresses", address("Home")).json(201);
    var work = shopper.post("/api/users/addresses", address("Work")).json(201);
    var toWork = "/api/users/addresses/" + work.get("id").asText();

    assertThat(home.get("default").asBoolean()).isTrue();
    assertThat(work.get("default").asBoolean()).isFalse();
    assertThat(shopper.put(toWork, address("Office").put("default", true)).json(200).get("name"))
        .hasToString("\"Office\"");
    assertThat(shopper.get("/api/users/addresses").json(200).get("items"))
        .extracting(one -> one.get("name").asText() + one.get("default"))
        .containsExactly("Homefalse", "Officetrue");
    assertThat(shopper.delete(toWork).status()).isEqualTo(204);
    assertThat(shopper.get("/api/users/addresses").json(200).get("items"))
        .extracting(one -> one.get("name").asText() + one.get("default"))
        .containsExactly("Hometrue");
    shopper.put(toWork, address("Office")).problem(404, "address.not-found");
    shopper.delete(toWork).problem(404, "address.not-found");
  }

  @Test
  @DisplayName("reads addresses page by page, and goes on behind one that is gone by then")
  void pagesOfAddresses() {
    var shopper = Shopper.signedUp(shop);
    for (var name : List.of("One", "Two", "Three", "Four")) {
      shopper.post("/api/users/addresses", address(name)).json(201);
    }

    var first = shopper.get("/api/users/addresses?limit=2").json(200);
    var two = first.get("items").get(1).get("id").asText();
    assertThat(shopper.delete("/api/users/addresses/" + two).status()).isEqualTo(204);
    var next = "/api/users/addresses?limit=2&cursor=" + first.get("nextCursor").asText();
    var second = shopper.get(next).json(200);

    assertThat(first.get("items"))
        .extracting(one -> one.get("name").asText())
        .containsExactly("One", "Two");
    assertThat(second.get("items"))
        .extracting(one -> one.get("name").asText())
        .containsExactly("Three", "Four");
    assertThat(second.get("nextCursor").isNull()).isTrue();
    assertThat(second.get("version").asLong()).isGreaterThan(first.get("version").asLong());
  }

  @Test
  @DisplayName("keeps not too many addresses, and none that nobody could send to")
  void badAddresses() {
    var shopper = Shopper.signedUp(shop);
    for (var i = 0; i < MOST_ADDRESSES; i++) {
      shopper.post("/api/users/addresses", address("Home " + i)).json(201);
    }

    shopper.post("/api/users/addresses", address("Too many")).problem(409, "addresses.full");
    for (var bad :
        new ObjectNode[] {
          address(""),
          address("x".repeat(201)),
          address("Ann").put("country", "Germany"),
          address("Ann").put("postalCode", "../.."),
          address("Ann").put("line2", "two\nlines"),
          address("Ann").put("phone", "call me"),
          address("Ann").put("id", "mine"),
        }) {
      shopper.post("/api/users/addresses", bad).problem(400, "request.invalid");
    }
  }

  @Test
  @DisplayName("loses no change when two are made at once")
  void atOnce() throws Exception {
    var shopper = Shopper.signedUp(shop);
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      var added = new ArrayList<Future<Answer>>();
      for (var i = 0; i < 5; i++) {
        var address = address("Home " + i);
        added.add(crowd.submit(() -> shopper.post("/api/users/addresses", address)));
      }
      for (var answer : added) {
        answer.get().json(201);
      }
    }

    assertThat(shopper.get("/api/users/addresses").json(200).get("items")).hasSize(5);
  }

  @Test
  @DisplayName("takes everything along, and nothing of anybody else")
  void export() {
    var seller = Shopper.signedUp(shop);
    var product = seller.offers("Lamp", "12.50", 9);
    var shopper = Shopper.signedUp(shop, "export@example.com");
    shopper.post("/api/users/addresses", address("Export")).json(201);
    var voucher = JSON.createObjectNode().put("code", "EXPORT-5").put("percent", 5);
    Shopper.operator(shop).post("/api/discounts", voucher).json(201);
    var order = shopper.orders(product, 2).json(201);
    var with = Shopper.order(Map.of(product, 1L));
    with.putArray("vouchers").add("EXPORT-5");
    var cheaper = shopper.post("/api/orders", with).json(201);
    var paid = JSON.createObjectNode().put("token", "tok_visa").put("orderId", id(order));
    var payment = shopper.post("/api/payments", paid).json(201);
    shopper.cancels(id(cheaper)).json(200);
    shopper.puts(seller.offers("Vase", "3", 9), 3);
    seller.orders(product, 1).json(201);
    Patience.await()
        .until(() -> shopper.orders().stream().anyMatch(one -> cancelled(one, cheaper)));

    var export = shopper.get("/api/users/me/export").json(200);

    assertThat(export.at("/account/email").asText()).isEqualTo("export@example.com");
    assertThat(export.at("/profile/email").asText()).isEqualTo("export@example.com");
    assertThat(export.at("/addresses/0/name").asText()).isEqualTo("Export");
    assertThat(export.get("cart")).isEqualTo(shopper.get("/api/cart").json(200));
    assertThat(export.at("/cart/items/0/quantity").asInt()).isEqualTo(3);
    assertThat(export.get("orders"))
        .extracting(AccountsIT::id)
        .containsExactly(id(cheaper), id(order));
    assertThat(export.get("payments")).extracting(AccountsIT::id).containsExactly(id(payment));
    assertThat(export.at("/payments/0/status").asText()).isEqualTo("paid");
    assertThat(export.get("vouchers")).hasSize(1);
    assertThat(export.at("/vouchers/0/code").asText()).isEqualTo("EXPORT-5");
    assertThat(export.at("/vouchers/0/orderId").asText()).isEqualTo(id(cheaper));
    assertThat(export.at("/vouchers/0/givenBack").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("takes along when its sessions began and ended, those included that ended together")
  void sessions() {
    var phone = Shopper.signedUp(shop, "many-sessions@example.com");
    var laptop = Shopper.stranger(shop);
    laptop.signsIn("many-sessions@example.com");
    laptop.post("/api/users/refresh", JSON.createObjectNode()).json(200);
    laptop.post("/api/users/signout", JSON.createObjectNode());
    Shopper.stranger(shop).signsIn("many-sessions@example.com");
    phone.post("/api/users/signout-all", JSON.createObjectNode());
    phone.signsIn("many-sessions@example.com");
    Patience.await().until(() -> exportedSessions(phone).size() == 4);

    var sessions = exportedSessions(phone);

    assertThat(sessions)
        .extracting(one -> one.get("current") + " " + one.get("over") + " " + one.get("because"))
        .containsExactly(
            "true false null",
            "false true \"account\"",
            "false true \"signed-out\"",
            "false true \"signed-out\"");
    assertThat(sessions.at("/2/endedAt").isNull()).isFalse();
    assertThat(sessions.at("/2/refreshedAt").asText())
        .isGreaterThan(sessions.at("/2/openedAt").asText());
    assertThat(sessions.at("/0/endedAt").isNull()).isTrue();
  }

  @Test
  @DisplayName("takes all of it along, however much, for who reads slowly too")
  void much(@TempDir Path fresh) throws IOException {
    var copies = 12_000;
    try (var first = ShopProcess.open(fresh)) {
      var shopper = Shopper.signedUp(first, "busy@example.com");
      shopper.orders(shopper.offers("Lamp", "12.50", 5), 1).json(201);
      Patience.await().until(() -> shopper.orders().size() == 1);
      first.program().terminate();
    }
    copyOrders(fresh, copies);
    try (var again = ShopProcess.open(fresh)) {
      var shopper = Shopper.stranger(again);
      shopper.signsIn("busy@example.com");
      JsonNode export;
      try (var slow = shopper.opens("/api/users/me/export")) {
        Shopper.signedUp(again).get("/api/orders").json(200);
        export = JSON.readTree(slow);
      }
      assertThat(export.get("orders")).hasSize(copies + 1).doesNotHaveDuplicates();
      assertThat(export.get("vouchers")).isEmpty();
    }
  }

  private static void copyOrders(Path data, int copies) throws IOException {
    var database = RocksDatabase.open(data);
    var views = new RocksViews(database);
    var order = views.scan("order-list.1", Page.first("", 1)).await().getFirst();
    var buyer = order.document().getString("buyer");
    for (var i = 0; i < copies; i++) {
      var id = "copy-%05d".formatted(i);
      var copy = order.document().copy().put("id", id);
      views
          .write(List.of(new Put("order-list.1", "%s/%015d-%s".formatted(buyer, i, id), copy)))
          .await();
    }
    database.close().await();
  }

  private static JsonNode exportedSessions(Shopper shopper) {
    return shopper.get("/api/users/me/export").json(200).get("sessions");
  }

  private static boolean cancelled(JsonNode listed, JsonNode order) {
    return listed.get("id").equals(order.get("id"))
        && listed.get("status").asText().equals("cancelled");
  }

  private static String id(JsonNode thing) {
    return thing.get("id").asText();
  }

  @Test
  @DisplayName("is erased at once when they say their password, and the address is free")
  void erased() {
    var shopper = Shopper.signedUp(shop, "erased@example.com");
    var body = JSON.createObjectNode();

    shopper.delete("/api/users/me", body.put("password", "wrong")).problem(403, "password.wrong");
    assertThat(shopper.delete("/api/users/me", body.put("password", Shopper.PASSWORD)).status())
        .isEqualTo(204);

    Shopper.stranger(shop).signsIn("erased@example.com", Shopper.PASSWORD).json(401);
    var again = Shopper.signedUp(shop, "erased@example.com");
    assertThat(again.id()).isNotEqualTo(shopper.id());
    assertThat(again.get("/api/users/addresses").json(200).get("items")).isEmpty();
  }

  static ObjectNode address(String name) {
    return JSON.createObjectNode()
        .put("name", name)
        .put("line1", "1 Canal Street")
        .put("postalCode", "10115")
        .put("city", "Berlin")
        .put("country", "DE");
  }
}
