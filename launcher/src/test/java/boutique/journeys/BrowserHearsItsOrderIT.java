package boutique.journeys;

import static boutique.journeys.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedInvocationConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An open page")
@Timeout(300)
class BrowserHearsItsOrderIT {
  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper buyer;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data);
    buyer = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  @DisplayName("hears of its buyer's order as soon as it is created, and when it is cancelled")
  void hearsItsOrder() {
    var product = buyer.offers("Print", "180", 3);
    try (var page = BrowserSocket.of(buyer).register("orders.me")) {
      var placed = buyer.numbered(buyer.orders(product, 1).json(201));
      var order = placed.get("id").asText();
      buyer.cancels(order).json(200);

      await().until(() -> page.news().size() == 3);
      assertThat(page.news())
          .allSatisfy(frame -> {
            assertThat(frame.get("type").asText()).isEqualTo("rec");
            assertThat(frame.get("address").asText()).isEqualTo("orders.me");
            assertThat(frame.at("/body/id").asText()).isEqualTo(order);
          })
          .extracting(frame -> frame.at("/body/type").asText())
          .containsExactly("order.created", "order.numbered", "order.cancelled");
      assertThat(page.news())
          .extracting(frame -> frame.at("/body/version").asLong())
          .as("a number is no change that one would have to look at")
          .containsExactly(2L, 2L, 3L);
      assertThat(page.news().get(1).at("/body/number")).isEqualTo(placed.get("number"));
      assertThat(page.news().getLast().at("/body/cancelledBecause").asText()).isEqualTo("user");
    }
  }

  @Test
  @DisplayName("hears nothing of anybody else's orders")
  void hearsNoOthers() {
    var other = Shopper.signedUp(shop);
    var product = buyer.offers("Vase", "38", 3);
    try (var mine = BrowserSocket.of(buyer).register("orders.me");
        var theirs = BrowserSocket.of(other).register("orders.me")) {
      buyer.orders(product, 1).json(201);
      await().until(() -> !mine.news().isEmpty());
      var order = other.orders(product, 1).json(201).get("id").asText();

      await().until(() -> !theirs.news().isEmpty());
      assertThat(theirs.news())
          .isNotEmpty()
          .allSatisfy(frame -> assertThat(frame.at("/body/id").asText()).isEqualTo(order));
      assertThat(mine.news()).noneMatch(frame -> frame.at("/body/id").asText().equals(order));
    }
  }

  @Test
  @DisplayName("of a stranger hears what is left of a product, but no orders")
  void strangersHearTheStock() {
    var product = buyer.offers("Lamp", "129", 3);
    try (var page = new BrowserSocket(shop.base())) {
      page.register("orders.me").register("stock");
      assertThat(page.errors()).containsExactly("not_logged_in", "access_denied", "access_denied");

      buyer.orders(product, 2).json(201);

      await().until(() -> !ofProduct(page, product).isEmpty());
      var body = ofProduct(page, product).getFirst().get("body");
      assertThat(body.get("type").asText()).isEqualTo("stock");
      assertThat(body.get("quantity").asLong()).isEqualTo(1);
      assertThat(body.get("version").asLong()).isEqualTo(2);
      assertThat(page.news("orders.me")).isEmpty();
    }
  }

  @Test
  @DisplayName("with a token that is not ours is a stranger's")
  void forgedSession() {
    var forged = buyer.cookies().substring(0, buyer.cookies().lastIndexOf('.')) + ".AAAA";
    try (var page = new BrowserSocket(shop.base(), "Cookie", forged)) {
      page.register("orders.me");

      assertThat(page.errors()).startsWith("not_logged_in");
    }
  }

  @Test
  @DisplayName("hears no more of what it has unregistered from")
  void unregisters() {
    var product = buyer.offers("Mug", "32", 9);
    try (var page = BrowserSocket.of(buyer).register("orders.me").register("stock")) {
      page.send("{\"type\":\"unregister\",\"address\":\"orders.me\"}");
      page.understood();

      buyer.orders(product, 1).json(201);
      buyer.orders(product, 1).json(201);

      await()
          .until(() ->
              ofProduct(page, product).stream()
                  .anyMatch(frame -> frame.at("/body/quantity").asLong() == 7));
      assertThat(page.news("orders.me")).isEmpty();
    }
  }

  @Test
  @DisplayName("can say nothing to anybody: what it sends is refused and reaches nobody")
  void saysNothing() {
    var product = buyer.offers("Scarf", "45", 3);
    try (var page = BrowserSocket.of(buyer).register("stock").register("orders.me");
        var other = new BrowserSocket(shop.base()).register("stock")) {
      var before = page.errors().size();
      for (var type : List.of("publish", "send")) {
        for (var address :
            List.of("stock", "orders.me", "live", "orders.0", "users.1", "views.orders.rebuild")) {
          page.send(
              "{\"type\":\"%s\",\"address\":\"%s\",\"replyAddress\":\"r\",\"body\":{\"forged\":1}}"
                  .formatted(type, address));
        }
      }
      page.register("live").register("orders.0");

      assertThat(page.errors().subList(before, page.errors().size()))
          .hasSize(16)
          .containsOnly("access_denied");
      buyer.orders(product, 1).json(201);
      await().until(() -> !ofProduct(other, product).isEmpty());
      await().until(() -> page.news("orders.me").size() == 2); // created, and its number
      assertThat(other.news()).noneMatch(BrowserHearsItsOrderIT::forged);
      assertThat(page.news()).noneMatch(BrowserHearsItsOrderIT::forged);
    }
  }

  @ParameterizedTest(name = ParameterizedInvocationConstants.INDEX_PLACEHOLDER)
  @ValueSource(
      strings = {
        "{",
        "",
        "null",
        "5",
        "\"register\"",
        "[]",
        "[{\"type\":\"register\"}]",
        "{}",
        "{\"type\":null}",
        "{\"type\":7}",
        "{\"type\":{}}",
        "{\"type\":\"register\"}",
        "{\"type\":\"register\",\"address\":null}",
        "{\"type\":\"register\",\"address\":[]}",
        "{\"type\":\"register\",\"address\":\"orders.*\"}",
        "\u0000",
        "\uFFFF\uD83D\uDE00",
        "{\"type\":1e9999}",
        "{\"type\":\"ping\",\"type\":\"register\"}"
      })
  @DisplayName("that sends what makes no sense is told so, and can go on")
  void makesNoSense(String frame) {
    var product = buyer.offers("Odd", "1", 3);
    try (var page = BrowserSocket.of(buyer)) {
      page.send(frame);
      page.register("stock");

      await().untilAsserted(() -> assertThat(page.errors()).hasSize(2));
      buyer.orders(product, 1).json(201);
      await().until(() -> !ofProduct(page, product).isEmpty());
    }
  }

  @Test
  @DisplayName("that sends nested brackets without end, or bytes, is told that they make no sense")
  void brackets() {
    try (var page = BrowserSocket.of(buyer)) {
      page.send("{\"type\":" + "[".repeat(4_000));
      page.sendBytes("[".repeat(4_000).getBytes(UTF_8));
      page.sendBytes(new byte[] {(byte) 0xC0, (byte) 0xAF, 0});
      page.understood();

      assertThat(page.errors())
          .containsExactly("invalid_json", "invalid_json", "invalid_json", "access_denied");
    }
  }

  @Test
  @DisplayName("that sends too much is cut off, and no other page notices")
  void tooMuch() {
    var product = buyer.offers("Throw", "72", 3);
    try (var quiet = new BrowserSocket(shop.base()).register("stock");
        var large = BrowserSocket.of(buyer);
        var huge = BrowserSocket.of(buyer);
        var busy = BrowserSocket.of(buyer)) {
      large.send("{\"type\":\"ping\",\"more\":\"%s\"}".formatted("x".repeat(5_000)));
      sendAnyway(huge, "x".repeat(100_000));
      for (var i = 0; i < 60; i++) {
        sendAnyway(busy, "{\"type\":\"ping\"}");
      }

      await().until(() -> large.over() && huge.over() && busy.over());
      buyer.orders(product, 1).json(201);
      await().until(() -> !ofProduct(quiet, product).isEmpty());
      assertThat(quiet.over()).isFalse();
    }
  }

  @Test
  @DisplayName("of another site gets no line, though it has the shopper's cookies")
  void foreignOrigin() {
    var foreign = "https://evil.example";

    buyer
        .send(buyer.to("/eventbus/info").header("Origin", foreign).GET())
        .problem(403, "origin.foreign");
    assertThatThrownBy(
            () -> new BrowserSocket(shop.base(), "Cookie", buyer.cookies(), "Origin", foreign))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    assertThat(
            buyer
                .send(buyer.to("/eventbus/info").header("Origin", "" + shop.base()).GET())
                .json(200)
                .get("websocket")
                .asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xhr",
        "xhr_streaming",
        "xhr_send",
        "eventsource",
        "htmlfile",
        "jsonp",
        "jsonp_send"
      })
  @DisplayName("has a WebSocket or nothing")
  void noOtherTransport(String transport) {
    var answer =
        buyer.send(
            buyer
                .to("/eventbus/000/abcdefgh/" + transport + "?c=callback")
                .method(
                    transport.startsWith("xhr") || transport.endsWith("send") ? "POST" : "GET",
                    BodyPublishers.ofString("[\"{}\"]")));

    assertThat(answer.status()).as("%s", answer).isBetween(404, 405);
    assertThat(answer.type()).isEqualTo("application/problem+json");
  }

  private static List<JsonNode> ofProduct(BrowserSocket page, String product) {
    return page.news("stock").stream()
        .filter(frame -> frame.at("/body/productId").asText().equals(product))
        .toList();
  }

  private static boolean forged(JsonNode frame) {
    return frame.at("/body/forged").asInt() == 1;
  }

  /** Even if the shop hangs up meanwhile. */
  private static void sendAnyway(BrowserSocket page, String frame) {
    try {
      page.send(frame);
    } catch (CompletionException cutOff) {
      assertThat(cutOff).hasCauseInstanceOf(IOException.class);
    }
  }
}
