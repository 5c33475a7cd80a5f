package boutique.journeys;

import static boutique.journeys.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.invariants.Facts;
import boutique.invariants.StockInvariants;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("In a flash sale")
@Timeout(300)
class FlashSaleIT {
  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper seller;
  private static Shopper anna;
  private static Shopper ben;
  private static Shopper cleo;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data, Unlimited.and(Shopper.OPERATOR));
    seller = Shopper.signedUp(shop);
    anna = Shopper.signedUp(shop);
    ben = Shopper.signedUp(shop);
    cleo = Shopper.signedUp(shop);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
    assertThat(Facts.in(data, StockInvariants::violations)).isEmpty();
  }

  @Test
  @DisplayName("whoever comes first orders, and the others move up when something comes back")
  void movesUp() {
    var product = onSale(1);
    var kept = anna.takesTicket(product, 1).json(200).get("mine");
    assertThat(kept.get("quantity").asLong()).isEqualTo(1);
    assertThat(kept.get("until").asText()).endsWith("Z");
    assertThat(ben.takesTicket(product, 1).json(200).at("/mine/place").asLong()).isEqualTo(1);
    assertThat(cleo.takesTicket(product, 1).json(200).at("/mine/place").asLong()).isEqualTo(2);

    var order = anna.orders(product, 1).json(201).get("id").asText();
    anna.cancels(order).json(200);

    await().until(() -> ben.ticket(product).get("quantity").asLong() == 1);
    assertThat(cleo.ticket(product).get("place").asLong()).isEqualTo(1);
    ben.delete("/api/tickets/" + product);
    ben.get("/api/tickets/" + product).problem(404, "ticket.not-found");
    assertThat(cleo.ticket(product).get("quantity").asLong()).isEqualTo(1);
    cleo.orders(product, 1).json(201);
    assertProven(product);
  }

  @Test
  @DisplayName(
      "no order passes the line, whether its buyer waits, has a key, or has never been there")
  void nobodyPasses() {
    var product = onSale(1);
    anna.takesTicket(product, 1).json(200);
    ben.takesTicket(product, 1).json(200);

    ben.orders(product, 1).problem(409, "sale.line");
    ben.orders("passing", Map.of(product, 1L)).problem(409, "sale.line");
    cleo.orders(product, 1).problem(409, "sale.line");
    var cart = cleo.puts(product, 1).json(200);
    assertThat(cart.at("/items/0/flashSale").asBoolean()).isTrue();
    cleo.post("/api/orders", JsonNodeFactory.instance.objectNode()).problem(409, "sale.line");
    anna.orders(product, 2).problem(409, "sale.line");

    anna.orders(product, 1).json(201);
    assertProven(product);
  }

  @Test
  @DisplayName("one shopper has one place, and no more than anybody may have")
  void cap() {
    var product = onSale(5, 2);
    anna.takesTicket(product, 3).problem(409, "sale.cap");
    anna.takesTicket(product, 2).json(200);
    anna.takesTicket(product, 2).json(200);
    anna.orders(product, 1).json(201);

    var rest = anna.ticket(product);

    assertThat(rest.get("quantity").asLong()).isEqualTo(1);
    assertThat(rest.get("remaining").asLong()).isZero();
    anna.orders(product, 1).json(201);
    anna.takesTicket(product, 1).problem(409, "sale.cap");
    assertProven(product);
  }

  @Test
  @DisplayName(
      "a page that waits hears which ticket is next, and whose turn it is hears that alone")
  void live() {
    var product = onSale(1);
    anna.takesTicket(product, 1).json(200);
    ben.takesTicket(product, 1).json(200);
    var ticket = cleo.takesTicket(product, 1).json(200).at("/mine/ticket").asLong();
    assertThat(ticket).isEqualTo(3);
    try (var bens = BrowserSocket.of(ben).register("sale").register("sale.me");
        var cleos = BrowserSocket.of(cleo).register("sale").register("sale.me")) {
      anna.delete("/api/tickets/" + product);

      await().until(() -> !of(bens, "sale.me", product).isEmpty());
      await().until(() -> head(cleos, product) == 3);
      assertThat(of(bens, "sale.me", product).getFirst().at("/body/ticket").asLong()).isEqualTo(2);
      assertThat(of(cleos, "sale.me", product)).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "a page that waits reckons its place exactly, whoever leaves in front of it or behind")
  void exactPlace() {
    var product = onSale(1);
    var line = Stream.generate(() -> Shopper.signedUp(shop)).limit(7).toList();
    line.forEach(shopper -> shopper.takesTicket(product, 1).json(200));
    var waiting = line.get(4);
    try (var page = BrowserSocket.of(waiting).register("sale")) {
      var start = waiting.get("/api/tickets/" + product).json(200);
      assertThat(start.at("/mine/place").asLong()).isEqualTo(4);

      line.get(5).delete("/api/tickets/" + product);
      line.get(2).delete("/api/tickets/" + product);
      line.get(0).delete("/api/tickets/" + product); // so the next one is admitted

      await().until(() -> !of(page, "sale", product).isEmpty() && gone(page, product) == 4);
      assertThat(reckoned(start, of(page, "sale", product)))
          .isEqualTo(waiting.ticket(product).get("place").asLong())
          .isEqualTo(2);
    }
    var books = seller.get("/api/inventory/" + product).json(200).get("sale");
    assertThat(books.get("tickets").asLong()).isEqualTo(7);
    assertThat(books.get("waiting").asLong()).isEqualTo(3);
    assertThat(books.get("admitted").asLong()).isEqualTo(2);
    assertThat(books.get("left").asLong()).isEqualTo(2);
    assertProven(product);
  }

  private static long gone(BrowserSocket page, String product) {
    return of(page, "sale", product).getLast().at("/body/gone").asLong();
  }

  /** As the page does it: everybody who is gone stood in front, but those who left behind. */
  private static long reckoned(JsonNode start, List<JsonNode> news) {
    var ticket = start.at("/mine/ticket").asLong();
    var left = new ArrayList<Long>();
    news.forEach(frame -> frame.at("/body/trail").forEach(one -> left.add(one.asLong())));
    var last = news.getLast().get("body");
    assertThat(last.get("left").asLong() - start.get("left").asLong()).isEqualTo(left.size());
    var gone = last.get("gone").asLong() - start.get("gone").asLong();
    return start.at("/mine/place").asLong()
        - gone
        + left.stream().filter(other -> other > ticket).count();
  }

  @Test
  @DisplayName("it is sold out from memory: nothing is written for whoever comes when all is paid")
  void soldOut() {
    var product = onSale(1);
    anna.takesTicket(product, 1).json(200);
    var order = anna.orders(product, 1).json(201).get("id").asText();
    var operator = Shopper.operator(shop);
    var paid = JsonNodeFactory.instance.objectNode().put("orderId", order).put("quantity", 1);
    operator.post("/api/inventory/" + product + "/allocate", paid).json(200);
    var before = audit(product).get("events");

    ben.takesTicket(product, 1).problem(409, "stock.insufficient");
    ben.orders(product, 1).problem(409, "sale.line");

    assertThat(audit(product).get("events")).isEqualTo(before);
    assertThat(shop(product).get("soldOut").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("the product says so, and is bought as before when it is over")
  void over() {
    var product = onSale(2);
    assertThat(ben.get("/api/products/" + product).json(200).get("flashSale").asBoolean()).isTrue();
    anna.takesTicket(product, 1).json(200);

    seller.delete("/api/inventory/" + product + "/sale").json(200);

    ben.get("/api/products/" + product + "/sale").problem(404, "sale.not-found");
    ben.takesTicket(product, 1).problem(404, "sale.not-found");
    ben.orders(product, 2).problem(409, "stock.insufficient");
    ben.orders(product, 1).json(201);
    anna.orders(product, 1).json(201);
    assertThat(ben.get("/api/products/" + product).json(200).get("flashSale").asBoolean())
        .isFalse();
    await()
        .until(() ->
            ben.products().stream()
                .filter(one -> one.get("id").asText().equals(product))
                .noneMatch(one -> one.get("flashSale").asBoolean()));
  }

  @Test
  @DisplayName(
      "its seller opens it, for a stock that is kept for orders, and with one set of terms")
  void opens() {
    var product = seller.offers("Bowl", "12", 3);
    anna.opensSale(product, 1).problem(404, "stock.not-found");
    seller.opensSale(product, 1).json(200);
    assertThat(seller.opensSale(product, 1).json(200).at("/sale/perCustomer").asLong()).isOne();
    seller.opensSale(product, 2).problem(409, "sale.running");
    var policy = JsonNodeFactory.instance.objectNode().put("policy", "none");
    seller.put("/api/inventory/" + product + "/policy", policy).problem(409, "sale.running");
    var other = seller.offers("Bowl", "12", 3);
    seller.put("/api/inventory/" + other + "/policy", policy).json(200);
    seller.opensSale(other, 1).problem(409, "sale.keeps-nothing");
  }

  @Test
  @DisplayName("its seller proves that all went well, and nobody else may ask")
  void proof() {
    var product = onSale(1);
    anna.takesTicket(product, 1).json(200);
    ben.takesTicket(product, 1).json(200);
    seller.delete("/api/inventory/" + product + "/sale").json(200);

    var audit = seller.get("/api/inventory/" + product + "/audit").json(200);

    assertThat(audit.get("proven").asBoolean()).isTrue();
    assertThat(audit.get("tickets").asLong()).isEqualTo(2);
    assertThat(audit.get("admitted").asLong()).isEqualTo(1);
    assertThat(audit.get("left").asLong()).isEqualTo(1);
    assertThat(audit).isEqualTo(audit(product));
    anna.get("/api/inventory/" + product + "/audit").problem(404, "stock.not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "2147483648", "9223372036854775808", "\"1\"", "null"})
  @DisplayName("numbers that are none are refused")
  void numbers(String number) throws Exception {
    var product = onSale(1);
    var json = new ObjectMapper();
    var ticket = json.readTree("{\"productId\":\"%s\",\"quantity\":%s}".formatted(product, number));
    var terms = json.readTree("{\"perCustomer\":%s}".formatted(number));

    anna.post("/api/tickets", ticket).problem(400, "request.invalid");
    seller.post("/api/inventory/" + product + "/sale", terms).problem(400, "request.invalid");
  }

  private static String onSale(long quantity) {
    return onSale(quantity, 1);
  }

  private static String onSale(long quantity, long perCustomer) {
    var product = seller.offers("Clock", "80", quantity);
    seller.opensSale(product, perCustomer).json(200);
    return product;
  }

  private static JsonNode shop(String product) {
    return anna.get("/api/products/" + product + "/sale").json(200);
  }

  private static JsonNode audit(String product) {
    return Shopper.operator(shop).get("/api/inventory/" + product + "/audit").json(200);
  }

  private static void assertProven(String product) {
    var audit = audit(product);
    assertThat(audit.get("violations")).isEmpty();
    assertThat(audit.get("proven").asBoolean()).isTrue();
  }

  private static List<JsonNode> of(BrowserSocket page, String topic, String product) {
    return page.news(topic).stream()
        .filter(frame -> frame.at("/body/productId").asText().equals(product))
        .toList();
  }

  private static long head(BrowserSocket page, String product) {
    var heard = of(page, "sale", product);
    return heard.isEmpty() ? 0 : heard.getLast().at("/body/head").asLong();
  }
}
