package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Somebody who has forgotten the password")
@Timeout(300)
class PasswordResetIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "Idempotency-Key";
  private static final String LINK = "https://shop.example/#/reset=";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper operator;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR, "--http.publicUrl=https://shop.example");
    operator = Shopper.operator(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("sets a new one with the link from the mail, once, and all sessions end")
  void reset() {
    var anna = Shopper.signedUp(shop, "forgetful@example.com");
    request(Shopper.stranger(shop), "Forgetful@Example.com");
    var token = token("forgetful@example.com", 1);

    assertThat(confirm(token, "a new password").status()).isEqualTo(204);

    confirm(token, "yet another one").problem(422, "reset.invalid");
    anna.get("/api/users/profile").problem(401, "auth.required");
    Shopper.stranger(shop).signsIn("forgetful@example.com", Shopper.PASSWORD).json(401);
    Shopper.stranger(shop).signsIn("forgetful@example.com", "a new password").json(200);
  }

  @Test
  @DisplayName("uses the mail that came last")
  void last() {
    Shopper.signedUp(shop, "impatient@example.com");
    request(Shopper.stranger(shop), "impatient@example.com");
    var first = token("impatient@example.com", 1);
    request(Shopper.stranger(shop), "impatient@example.com");
    var second = token("impatient@example.com", 2);

    confirm(first, "a new password").problem(422, "reset.invalid");
    assertThat(confirm(second, "a new password").status()).isEqualTo(204);
  }

  @Test
  @DisplayName("gets one mail, and sets one password, however often the same request comes")
  void repeated() {
    Shopper.signedUp(shop, "repeating@example.com");
    for (var i = 0; i < 3; i++) {
      var asked = request(Shopper.stranger(shop), "repeating@example.com", KEY, "1");
      assertThat(asked.status()).isEqualTo(202);
    }
    var token = token("repeating@example.com", 1);

    assertThat(confirm(token, "a new password", KEY, "2").status()).isEqualTo(204);
    assertThat(confirm(token, "a new password", KEY, "2").status()).isEqualTo(204);

    confirm(token, "a new password", KEY, "3").problem(422, "reset.invalid");
    confirm(token, "yet another one", KEY, "2").problem(422, "reset.invalid");
    Shopper.stranger(shop).signsIn("repeating@example.com", "a new password").json(200);
    request(Shopper.stranger(shop), "repeating@example.com", KEY, "4");
    token("repeating@example.com", 2);
  }

  @Test
  @DisplayName("gets the same answer whether there is such an account or not")
  void unknown() {
    Shopper.signedUp(shop, "there@example.com");

    var known = request(Shopper.stranger(shop), "there@example.com");
    var unknown = request(Shopper.stranger(shop), "not-there@example.com");

    assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(202);
    assertThat(unknown.response().body()).isEqualTo(known.response().body());
    token("there@example.com", 1);
    assertThat(mails("not-there@example.com")).isEmpty();
  }

  @Test
  @DisplayName("gets nowhere with a link that this shop did not send")
  void invented() {
    for (var token : List.of("x", ".", "../..", "0".repeat(40) + ".0", "a".repeat(200))) {
      confirm(token, "a new password").problem(422, "reset.invalid");
    }
    confirm("a".repeat(201), "a new password").problem(400, "request.invalid");
  }

  private static Answer request(Shopper whoever, String email, String... headers) {
    var body = JSON.createObjectNode().put("email", email);
    return whoever.post("/api/users/password-reset", body, headers);
  }

  private static Answer confirm(String token, String password, String... headers) {
    ObjectNode body = JSON.createObjectNode().put("token", token).put("password", password);
    return Shopper.stranger(shop).post("/api/users/password-reset/confirm", body, headers);
  }

  /** Out of the newest mail, when so many have come. */
  private static String token(String email, int mails) {
    Patience.await().until(() -> mails(email).size() == mails);
    var text = mails(email).getFirst().get("text").asText();
    assertThat(text).contains(LINK);
    return text.substring(text.indexOf(LINK) + LINK.length()).lines().findFirst().orElseThrow();
  }

  private static List<JsonNode> mails(String email) {
    var items = operator.get("/api/ops/mailbox?limit=100").json(200).get("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(mail -> mail.get("to").asText().equals(email))
        .toList();
  }
}
