package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.CartInvariants;
import boutique.invariants.Facts;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A shopping cart")
@Timeout(300)
class ShoppingCartIT {
  private static final String CART = "/api/cart";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper seller;
  private static String vase;
  private static String lamp;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Shopper.OPERATOR);
    seller = Shopper.signedUp(shop);
    vase = seller.offers("Vase", "19.99", 10);
    lamp = seller.offers("Lamp", "40", 10);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
    assertThat(Facts.in(data, CartInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("of a user holds what was put in, with an exact total")
  void holds() {
    var buyer = Shopper.signedUp(shop);

    buyer.puts(vase, 1).json(200);
    buyer.puts(lamp, 1).json(200);
    var cart = buyer.puts(vase, 2).json(200);

    assertThat(quantities(cart)).containsExactly(vase + " × 3", lamp + " × 1");
    assertThat(cart.get("total").decimalValue()).isEqualByComparingTo("99.97");
    assertThat(cart.get("currency").asText()).isEqualTo("USD");
    assertThat(cart.get("count").asLong()).isEqualTo(4);
    assertThat(buyer.get(CART).json(200)).isEqualTo(cart);
  }

  @Test
  @DisplayName("is changed, emptied line by line, and emptied at once")
  void changes() {
    var buyer = Shopper.signedUp(shop);
    buyer.puts(vase, 1).json(200);
    buyer.puts(lamp, 1).json(200);

    assertThat(quantities(buyer.sets(vase, 5).json(200)))
        .containsExactly(vase + " × 5", lamp + " × 1");
    assertThat(quantities(buyer.delete(CART + "/items/" + vase).json(200)))
        .containsExactly(lamp + " × 1");
    assertThat(quantities(buyer.delete(CART).json(200))).isEmpty();
    assertThat(quantities(buyer.delete(CART + "/items/" + vase).json(200))).isEmpty();
  }

  @Test
  @DisplayName("takes the same request once, however often it comes")
  void once() {
    var buyer = Shopper.signedUp(shop);

    buyer.puts(vase, 2, "Idempotency-Key", "k1").json(200);
    var cart = buyer.puts(vase, 2, "Idempotency-Key", "k1").json(200);

    assertThat(quantities(cart)).containsExactly(vase + " × 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1.5", "100", "2147483648", "1e400", "\"1\"", "null", "true", "[1]"})
  @DisplayName("takes whole quantities from 1 to 99 and nothing else")
  void quantities(String quantity) {
    var buyer = Shopper.signedUp(shop);
    buyer.puts(vase, 1).json(200);
    var added = "{\"productId\":\"%s\",\"quantity\":%s}".formatted(vase, quantity);
    var set = "{\"quantity\":%s}".formatted(quantity);

    send(buyer, "POST", CART + "/items", added).problem(400, "request.invalid");
    send(buyer, "PUT", CART + "/items/" + vase, set).problem(400, "request.invalid");

    assertThat(quantities(buyer.get(CART).json(200))).containsExactly(vase + " × 1");
  }

  @Test
  @DisplayName("says with a code what cannot be")
  void refuses() {
    var buyer = Shopper.signedUp(shop);
    buyer.puts(vase, 99).json(200);

    buyer.puts(vase, 1).problem(409, "line.full");
    buyer.puts("no-such-product", 1).problem(422, "product.not-found");
    buyer.puts("../../etc", 1).problem(422, "product.not-found");
    buyer.sets(lamp, 1).problem(404, "line.not-found");
    buyer.puts(inEuros(), 1).problem(422, "cart.mixed-currency");
    send(buyer, "POST", CART + "/items", "{\"productId\":\"" + vase + "\"}")
        .problem(400, "request.invalid");
    send(
            buyer,
            "POST",
            CART + "/items",
            "{\"productId\":\"%s\",\"quantity\":1,\"price\":0.01}".formatted(vase))
        .problem(400, "request.invalid");
  }

  @Test
  @DisplayName("holds a hundred products and not one more")
  void full() {
    var buyer = Shopper.signedUp(shop);
    for (var i = 0; i < 100; i++) {
      buyer.puts(seller.offers("Thing " + i, "1.01", 1), 1).json(200);
    }

    buyer.puts(vase, 1).problem(409, "cart.full");

    var cart = buyer.get(CART).json(200);
    assertThat(cart.get("items")).hasSize(100);
    assertThat(cart.get("total").decimalValue()).isEqualByComparingTo("101");
  }

  @Test
  @DisplayName("loses nothing when two tabs change it at once")
  void twoTabs() throws Exception {
    var buyer = Shopper.signedUp(shop);
    try (var tabs = Executors.newFixedThreadPool(8)) {
      var all =
          tabs.invokeAll(
              IntStream.range(0, 60)
                  .<Callable<Answer>>mapToObj(i -> () -> buyer.puts(i % 2 == 0 ? vase : lamp, 1))
                  .toList());
      for (var one : all) {
        one.get().json(200);
      }
    }

    assertThat(quantities(buyer.get(CART).json(200)))
        .containsExactlyInAnyOrder(vase + " × 30", lamp + " × 30");
  }

  @Test
  @DisplayName("says what is short, and sells the rest")
  void flagsStock() {
    var buyer = Shopper.signedUp(shop);
    var rare = seller.offers("Rare print", "100", 3);
    buyer.puts(rare, 3).json(200);
    Shopper.signedUp(shop).orders(rare, 2).json(201);

    var short3 = buyer.get(CART).json(200).get("items").get(0);
    var confirmed = buyer.sets(rare, 1).json(200).get("items").get(0);

    assertThat(short3.get("quantity").asLong()).isEqualTo(3);
    assertThat(short3.get("available").asLong()).isEqualTo(1);
    assertThat(confirmed.has("available")).isFalse();
  }

  @Test
  @DisplayName("of a guest is theirs alone, by a secret that no script and no store sees")
  void guests() {
    var guest = Shopper.stranger(shop);
    var other = Shopper.stranger(shop);

    var answer = guest.puts(vase, 2);

    assertThat(quantities(answer.json(200))).containsExactly(vase + " × 2");
    assertThat(answer.headed("Set-Cookie"))
        .startsWith("cart=")
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Lax")
        .containsIgnoringCase("Max-Age=2592000");
    assertThat(quantities(guest.get(CART).json(200))).containsExactly(vase + " × 2");
    assertThat(quantities(other.get(CART).json(200))).isEmpty();
    var everything = guest.get(CART).response().body() + other.get(CART).response().body();
    assertThat(everything).doesNotContain(guest.cookie("cart"));
  }

  @Test
  @DisplayName("of a guest is the account's when they sign up, and empty from then on")
  void joinsAtSignUp() {
    var guest = Shopper.stranger(shop);
    guest.puts(vase, 2).json(200);
    var leftBehind = Shopper.withCookie(shop, "cart", guest.cookie("cart"));

    guest.signsUp();

    assertThat(quantities(guest.get(CART).json(200))).containsExactly(vase + " × 2");
    assertThat(quantities(leftBehind.get(CART).json(200))).isEmpty();
    assertThat(quantities(leftBehind.puts(lamp, 1).json(200))).containsExactly(lamp + " × 1");
    assertThat(quantities(guest.get(CART).json(200))).containsExactly(vase + " × 2");
  }

  @Test
  @DisplayName(
      "of a guest is added to the account's when they sign in, once, as far as there is stock")
  void joinsAtSignIn() {
    var buyer = Shopper.signedUp(shop, "joins@example.com");
    buyer.puts(vase, 7).json(200);
    var guest = Shopper.stranger(shop);
    guest.puts(vase, 6).json(200);
    guest.puts(lamp, 1).json(200);
    var secret = guest.cookie("cart");

    guest.signsIn("joins@example.com");
    var cart = guest.get(CART).json(200);
    var again = Shopper.withCookie(shop, "cart", secret);
    again.signsIn("joins@example.com");

    assertThat(quantities(cart)).containsExactly(vase + " × 10", lamp + " × 1");
    assertThat(cart.get("items").get(0).get("cut").asLong()).isEqualTo(3);
    assertThat(again.get(CART).json(200)).isEqualTo(cart);
    assertThat(buyer.get(CART).json(200)).isEqualTo(cart);
  }

  @Test
  @DisplayName("of a guest goes to one account only")
  void joinsOneAccount() {
    var guest = Shopper.stranger(shop);
    guest.puts(vase, 2).json(200);
    var thief = Shopper.withCookie(shop, "cart", guest.cookie("cart"));
    guest.signsUp();

    thief.signsUp();

    assertThat(quantities(thief.get(CART).json(200))).isEmpty();
    assertThat(quantities(guest.get(CART).json(200))).containsExactly(vase + " × 2");
  }

  @Test
  @DisplayName("survives the death of the process, and so does the joining of two")
  void survives(@TempDir Path other) {
    try (var first = ShopProcess.open(other)) {
      var buyer = Shopper.signedUp(first, "survives@example.com");
      var guest = Shopper.stranger(first);
      var cup = buyer.offers("Cup", "5", 50);
      buyer.puts(cup, 1).json(200);
      guest.puts(cup, 2, "Idempotency-Key", "k").json(200);
      var secret = guest.cookie("cart");
      first.kill();

      try (var second = ShopProcess.open(other)) {
        var returned = Shopper.withCookie(second, "cart", secret);
        assertThat(quantities(returned.puts(cup, 2, "Idempotency-Key", "k").json(200)))
            .containsExactly(cup + " × 2");
        returned.signsIn("survives@example.com");
        second.kill();

        try (var third = ShopProcess.open(other)) {
          var home = Shopper.stranger(third);
          home.signsIn("survives@example.com");
          await()
              .untilAsserted(() ->
                  assertThat(quantities(home.get(CART).json(200))).containsExactly(cup + " × 3"));
        }
      }
    }
  }

  @Test
  @DisplayName("tells its other tabs that it changed, a guest's too, and nobody else's")
  void live() {
    var buyer = Shopper.signedUp(shop);
    var guest = Shopper.stranger(shop);
    guest.get(CART).json(200);
    try (var mine = BrowserSocket.of(buyer).register("cart.me");
        var theirs = BrowserSocket.of(guest).register("cart.me")) {
      var version = buyer.puts(vase, 1).json(200).get("version");
      guest.puts(lamp, 1).json(200);

      await().until(() -> !mine.news().isEmpty() && !theirs.news().isEmpty());
      assertThat(mine.news())
          .singleElement()
          .satisfies(frame -> {
            assertThat(frame.at("/body/type").asText()).isEqualTo("cart");
            assertThat(frame.at("/body/version")).isEqualTo(version);
          });
      assertThat(theirs.news()).hasSize(1);
    }
  }

  @Test
  @DisplayName("refuses every code that is not good in the same words, and keeps none of them")
  void refusesVouchers() {
    var guest = Shopper.stranger(shop);
    guest.puts(vase, 1).json(200);

    var one = send(guest, "POST", CART + "/vouchers", "{\"code\":\"NO-SUCH-1\"}");
    var two = send(guest, "POST", CART + "/vouchers", "{\"code\":\"NO-SUCH-2\"}");

    assertThat(one.problem(422, "voucher.invalid").get("detail"))
        .isEqualTo(two.problem(422, "voucher.invalid").get("detail"));
    send(guest, "POST", CART + "/vouchers", "{\"code\":\"?\"}").problem(400, "request.invalid");
    assertThat(guest.get(CART).json(200).get("vouchers")).isEmpty();
    assertThat(guest.delete(CART + "/vouchers/NO-SUCH-1").json(200).get("vouchers")).isEmpty();
  }

  @Test
  @DisplayName(
      "says what each voucher takes off, or why it does not, and takes it along at sign-in")
  void vouchers() {
    var operator = Shopper.operator(shop);
    send(operator, "POST", "/api/discounts", "{\"code\":\"TENTH\",\"percent\":10}").json(201);
    send(
            operator,
            "POST",
            "/api/discounts",
            "{\"code\":\"HUNDRED\",\"percent\":10,\"minimum\":100}")
        .json(201);
    var guest = Shopper.stranger(shop);
    guest.puts(vase, 1).json(200);
    send(guest, "POST", CART + "/vouchers", "{\"code\":\"tenth\"}").json(200);
    send(guest, "POST", CART + "/vouchers", "{\"code\":\"HUNDRED\"}").json(200);

    guest.signsUp();
    var cart = guest.get(CART).json(200);
    var without = guest.delete(CART + "/vouchers/tenth").json(200);

    assertThat(cart.get("subtotal").decimalValue()).isEqualByComparingTo("19.99");
    assertThat(cart.get("total").decimalValue()).isEqualByComparingTo("17.99");
    assertThat(cart.at("/items/0/discounts/0/amount").decimalValue()).isEqualByComparingTo("2.00");
    assertThat(cart.at("/vouchers/0/amount").decimalValue()).isEqualByComparingTo("2.00");
    assertThat(cart.at("/vouchers/1/problem/code").asText()).isEqualTo("voucher.minimum");
    assertThat(without.get("total").decimalValue()).isEqualByComparingTo("19.99");
    assertThat(without.get("vouchers")).hasSize(1);
  }

  private static String inEuros() {
    return send(
            seller,
            "POST",
            "/api/products",
            "{\"title\":\"Tasse\",\"price\":5,\"currency\":\"EUR\",\"quantity\":5}")
        .json(201)
        .get("id")
        .asText();
  }

  private static Answer send(Shopper shopper, String method, String path, String body) {
    return shopper.send(
        shopper
            .to(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private static List<String> quantities(JsonNode cart) {
    return cart.get("items").findValuesAsText("productId").stream()
        .map(product -> product + " × " + quantity(cart, product))
        .toList();
  }

  private static long quantity(JsonNode cart, String product) {
    for (var item : cart.get("items")) {
      if (item.get("productId").asText().equals(product)) {
        return item.get("quantity").asLong();
      }
    }
    return 0;
  }
}
