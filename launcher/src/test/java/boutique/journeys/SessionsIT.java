package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session")
@Timeout(300)
class SessionsIT {
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
  @DisplayName("goes on with new tokens, and shows none of them in a body")
  void refreshes() {
    var anna = Shopper.signedUp(shop);
    var first = anna.refreshToken();

    var answer = refresh(anna);

    assertThat(answer.json(200).get("id").asText()).isEqualTo(anna.id());
    assertThat(answer.response().body())
        .doesNotContain(anna.token())
        .doesNotContain(anna.refreshToken());
    assertThat(anna.refreshToken()).isNotEmpty().isNotEqualTo(first);
    anna.get("/api/orders").json(200);
  }

  @Test
  @DisplayName("is over for everybody when a refresh token comes again that was replaced")
  void reused() {
    var anna = Shopper.signedUp(shop);
    var stolen = anna.refreshToken();
    refresh(anna).json(200);
    refresh(anna).json(200);
    anna.get("/api/orders").json(200);

    refresh(Shopper.withCookie(shop, "refresh", stolen)).problem(401, "session.over");

    anna.get("/api/orders").problem(401, "auth.required");
    refresh(anna).problem(401, "session.over");
  }

  @Test
  @DisplayName("gives an answer again that was lost to who asks with the same key")
  void lostAnswer() {
    var anna = Shopper.signedUp(shop);
    var again = Shopper.withCookie(shop, "refresh", anna.refreshToken());

    refresh(anna, "Idempotency-Key", "once").json(200);
    refresh(again, "Idempotency-Key", "once").json(200);

    assertThat(again.refreshToken()).isEqualTo(anna.refreshToken());
    refresh(anna).json(200);
  }

  @Test
  @DisplayName(
      "is over for both when a token is shown twice, however soon, by who says another key")
  void twice() {
    for (var headers : List.of(new String[] {"Idempotency-Key", "another"}, new String[0])) {
      var anna = Shopper.signedUp(shop);
      var other = Shopper.withCookie(shop, "refresh", anna.refreshToken());
      refresh(anna, "Idempotency-Key", "one").json(200);

      refresh(other, headers).problem(401, "session.over");

      assertThat(other.token()).isEmpty();
      anna.get("/api/orders").problem(401, "auth.required");
      refresh(anna, "Idempotency-Key", "one").problem(401, "session.over");
    }
  }

  @Test
  @DisplayName("is not ended by who guesses its id")
  void guessed() {
    var anna = Shopper.signedUp(shop);
    var parts = anna.refreshToken().split("\\.");
    var guess = "A".repeat(43);
    for (var token :
        List.of(
            parts[0] + "." + guess + "." + guess,
            parts[0] + "." + guess + "." + parts[2],
            "nobody." + parts[1] + "." + parts[2],
            parts[0],
            anna.token(),
            "x".repeat(4_000))) {
      refresh(Shopper.withCookie(shop, "refresh", token)).problem(401, "session.over");
      assertThat(signOut(Shopper.withCookie(shop, "refresh", token)).status()).isEqualTo(204);
    }
    refresh(Shopper.stranger(shop)).problem(401, "session.over");

    anna.get("/api/orders").json(200);
    refresh(anna).json(200);
  }

  @Test
  @DisplayName("is over with signing out: the very next request is refused, and its line is cut")
  void signOut() {
    var phone = Shopper.signedUp(shop, "two-devices@example.com");
    var laptop = Shopper.stranger(shop);
    laptop.signsIn("two-devices@example.com");
    var token = phone.token();
    var refresh = phone.refreshToken();
    try (var cut = BrowserSocket.of(phone).register("orders.me");
        var open = BrowserSocket.of(laptop).register("orders.me")) {
      assertThat(signOut(phone).status()).isEqualTo(204);

      bearer(token).problem(401, "auth.required");
      refresh(Shopper.withCookie(shop, "refresh", refresh)).problem(401, "session.over");
      await().until(cut::over);
      assertThat(cut.errors()).contains("session_over");
      laptop.get("/api/orders").json(200);
      assertThat(open.over()).isFalse();
    }
    assertThat(phone.token()).isEmpty();
  }

  @Test
  @DisplayName("can be ended by its refresh token alone")
  void signOutLate() {
    var anna = Shopper.signedUp(shop);

    assertThat(signOut(Shopper.withCookie(shop, "refresh", anna.refreshToken())).status())
        .isEqualTo(204);

    anna.get("/api/orders").problem(401, "auth.required");
  }

  @Test
  @DisplayName("is over with all the user's others when they sign out everywhere")
  void signOutEverywhere() {
    var phone = Shopper.signedUp(shop, "everywhere@example.com");
    var laptop = Shopper.stranger(shop);
    laptop.signsIn("everywhere@example.com");
    var other = Shopper.signedUp(shop);
    try (var mine = BrowserSocket.of(phone).register("orders.me");
        var also = BrowserSocket.of(laptop).register("orders.me");
        var theirs = BrowserSocket.of(other).register("orders.me")) {
      var token = phone.token();
      assertThat(post(phone, "/api/users/signout-all").status()).isEqualTo(204);

      bearer(token).problem(401, "auth.required");
      laptop.get("/api/orders").problem(401, "auth.required");
      refresh(laptop).problem(401, "session.over");
      await().until(() -> mine.over() && also.over());
      other.get("/api/orders").json(200);
      assertThat(theirs.over()).isFalse();
    }
    laptop.signsIn("everywhere@example.com");
    laptop.get("/api/orders").json(200);
  }

  @Test
  @DisplayName("is over at once, with all the user's others, when an operator blocks them")
  void blocked() {
    var phone = Shopper.signedUp(shop, "soon-blocked@example.com");
    var laptop = Shopper.stranger(shop);
    laptop.signsIn("soon-blocked@example.com");
    var reason = JsonNodeFactory.instance.objectNode().put("reason", "Sells what is not theirs.");
    try (var mine = BrowserSocket.of(phone).register("orders.me");
        var also = BrowserSocket.of(laptop).register("orders.me")) {
      Shopper.operator(shop).post("/api/users/" + phone.id() + "/block", reason).json(200);

      phone.get("/api/orders").problem(401, "auth.required");
      laptop.get("/api/orders").problem(401, "auth.required");
      refresh(phone).problem(401, "session.over");
      await().until(() -> mine.over() && also.over());
    }
  }

  @Test
  @DisplayName("that is over stays over when the shop dies in that moment and comes back")
  void crash(@TempDir Path fresh) {
    String signedOut;
    String everywhere;
    Shopper open;
    var port = "" + Ports.free();
    try (var first = ShopProcess.open(fresh, "--port", port)) {
      var anna = Shopper.signedUp(first);
      var ben = Shopper.signedUp(first);
      open = Shopper.signedUp(first);
      signedOut = anna.token();
      everywhere = ben.token();
      assertThat(signOut(anna).status()).isEqualTo(204);
      assertThat(post(ben, "/api/users/signout-all").status()).isEqualTo(204);
      first.kill();
    }
    try (var again = ShopProcess.open(fresh, "--port", port)) {
      bearer(again, signedOut).problem(401, "auth.required");
      bearer(again, everywhere).problem(401, "auth.required");
      open.get("/api/orders").json(200);
      refresh(open).json(200);
    }
  }

  @Test
  @DisplayName("goes on when its short token is over; until then its line is open")
  void expires(@TempDir Path fresh) {
    try (var hasty = ShopProcess.open(fresh, "--sessions.accessLife=3s")) {
      var anna = Shopper.signedUp(hasty);
      try (var line = BrowserSocket.of(anna).register("orders.me")) {
        await().until(() -> anna.get("/api/orders").status() == 401);
        await().until(line::over);
        assertThat(line.errors()).contains("session_over");
      }

      refresh(anna).json(200);

      anna.get("/api/orders").json(200);
    }
  }

  @Test
  @DisplayName("outlives a change of the key that signs its tokens")
  void keys(@TempDir Path fresh) {
    var port = "" + Ports.free();
    Shopper anna;
    String former;
    try (var first = ShopProcess.open(fresh, "--port", port)) {
      anna = Shopper.signedUp(first);
      former = anna.token();
      first.program().terminate();
    }
    rotateKey(fresh);
    try (var second = ShopProcess.open(fresh, "--port", port)) {
      bearer(second, former).json(200);
      refresh(anna).json(200);
      bearer(second, anna.token()).json(200);
      second.program().terminate();
    }
    rotateKey(fresh);
    try (var third = ShopProcess.open(fresh, "--port", port)) {
      bearer(third, former).problem(401, "auth.required");
      bearer(third, anna.token()).json(200);
      refresh(anna).json(200);
    }
  }

  private static void rotateKey(Path data) {
    try (var rotation =
        ShopProcess.start(Map.of(), List.of("rotate-key", "--data", data.toString()))) {
      assertThat(rotation.exitCode()).isZero();
      assertThat(rotation.out()).singleElement().asString().contains("new key");
    }
  }

  private static Answer refresh(Shopper who, String... headers) {
    return post(who, "/api/users/refresh", headers);
  }

  private static Answer signOut(Shopper who) {
    return post(who, "/api/users/signout");
  }

  private static Answer post(Shopper who, String path, String... headers) {
    return who.post(path, JsonNodeFactory.instance.objectNode(), headers);
  }

  private static Answer bearer(String token) {
    return bearer(shop, token);
  }

  /** The scheme's name is the same in any case. */
  private static Answer bearer(ShopProcess of, String token) {
    var somebody = Shopper.stranger(of);
    return somebody.send(
        somebody.to("/api/orders").header("Authorization", "bEARER " + token).GET());
  }
}
