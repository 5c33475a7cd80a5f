package boutique.journeys;

import static java.net.http.HttpClient.Version.HTTP_1_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody with a browser: their cookies, and what they can do in the shop. */
final class Shopper {
  static final String PASSWORD = "correct horse";
  static final String OPERATOR = "--operator.password=battery staple";
  private static final String OPERATOR_EMAIL = "operator@boutique.example";
  private static final String OPERATOR_PASSWORD = "battery staple";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicLong COUNT = new AtomicLong();

  /** All share its connections, as they would behind one proxy. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HTTP_1_1).connectTimeout(Patience.LONG).build();

  private final URI shop;
  private final Map<String, String> cookies = new TreeMap<>();
  private String id = "";

  private Shopper(URI shop) {
    this.shop = shop;
  }

  /** Who has not said who they are. */
  static Shopper stranger(ShopProcess shop) {
    return new Shopper(shop.base());
  }

  /** Who comes to a certain door. */
  static Shopper at(URI door) {
    return new Shopper(door);
  }

  /** The same person at another door, with the cookies that they have now. */
  Shopper through(URI door) {
    var same = new Shopper(door);
    same.cookies.putAll(cookies);
    same.id = id;
    return same;
  }

  /** Somebody else in the same shop. */
  Shopper another() {
    return new Shopper(shop);
  }

  /** Who comes with a cookie from elsewhere. */
  static Shopper withCookie(ShopProcess shop, String name, String value) {
    var shopper = stranger(shop);
    shopper.cookies.put(name, value);
    return shopper;
  }

  static Shopper signedUp(ShopProcess shop) {
    return signedUp(shop, "shopper-%d@example.com".formatted(COUNT.incrementAndGet()));
  }

  static Shopper signedUp(ShopProcess shop, String email) {
    var shopper = stranger(shop);
    shopper.signsUp(email);
    return shopper;
  }

  void signsUp() {
    signsUp("shopper-%d@example.com".formatted(COUNT.incrementAndGet()));
  }

  private void signsUp(String email) {
    id = post("/api/users/signup", credentials(email)).json(201).get("id").asText();
  }

  void signsIn(String email) {
    id = post("/api/users/signin", credentials(email)).json(200).get("id").asText();
  }

  /** The one whose account the shop has made for itself, with the password from its flags. */
  static Shopper operator(ShopProcess shop) {
    var operator = stranger(shop);
    var user = operator.signsIn(OPERATOR_EMAIL, OPERATOR_PASSWORD).json(200);
    operator.id = user.get("id").asText();
    return operator;
  }

  Answer signsIn(String email, String password) {
    return post("/api/users/signin", credentials(email).put("password", password));
  }

  static ObjectNode credentials(String email) {
    return JSON.createObjectNode().put("email", email).put("password", PASSWORD);
  }

  URI shop() {
    return shop;
  }

  String id() {
    return id;
  }

  /** As a browser sends them. */
  String cookies() {
    return String.join(
        "; ", cookies.entrySet().stream().map(c -> c.getKey() + "=" + c.getValue()).toList());
  }

  /** Their access token, which may be sent as a bearer token instead. */
  String token() {
    return cookies.getOrDefault("session", "");
  }

  /** Their refresh token, if the shop has given one. */
  String refreshToken() {
    return cookies.getOrDefault("refresh", "");
  }

  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  /** Offers a product, and says its id. */
  String offers(String title, String price, long quantity) {
    var product =
        JSON.createObjectNode()
            .put("title", title)
            .put("price", new BigDecimal(price))
            .put("quantity", quantity);
    return post("/api/products", product).json(201).get("id").asText();
  }

  /** Puts a product into the cart. */
  Answer puts(String product, long quantity, String... headers) {
    var item = JSON.createObjectNode().put("productId", product).put("quantity", quantity);
    return post("/api/cart/items", item, headers);
  }

  /** Sets how many of a product are in the cart. */
  Answer sets(String product, long quantity) {
    var body = JSON.createObjectNode().put("quantity", quantity).toString();
    return send(
        to("/api/cart/items/" + product)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  Answer orders(String product, long quantity) {
    return orders(Map.of(product, quantity));
  }

  Answer orders(Map<String, Long> quantities) {
    return post("/api/orders", order(quantities));
  }

  Answer orders(String idempotencyKey, Map<String, Long> quantities) {
    return post("/api/orders", order(quantities), "Idempotency-Key", idempotencyKey);
  }

  /** As its seller. */
  Answer opensSale(String product, long perCustomer) {
    var terms = JSON.createObjectNode().put("perCustomer", perCustomer).put("windowSeconds", 3600);
    return post("/api/inventory/" + product + "/sale", terms);
  }

  Answer takesTicket(String product, long quantity) {
    var ticket = JSON.createObjectNode().put("productId", product).put("quantity", quantity);
    return post("/api/tickets", ticket);
  }

  /** Where they stand in the line for it. */
  JsonNode ticket(String product) {
    return get("/api/tickets/" + product).json(200).get("mine");
  }

  Answer order(String id) {
    return get("/api/orders/" + id);
  }

  /** Their order, once it has its number: from then on nothing about it changes by itself. */
  JsonNode numbered(JsonNode order) {
    var id = order.get("id").asText();
    Patience.await().until(() -> order(id).json(200).get("number").isTextual());
    return order(id).json(200);
  }

  Answer cancels(String id) {
    return post("/api/orders/" + id + "/cancel", JSON.createObjectNode());
  }

  /** All of them, however many pages they fill. */
  List<JsonNode> orders() {
    return all("/api/orders");
  }

  /** As an operator: those of everybody. */
  List<JsonNode> everyOrder() {
    return all("/api/ops/orders");
  }

  /** As an operator: all users. */
  List<JsonNode> users() {
    return all("/api/users");
  }

  /** As an operator: whether the list of users has this one already. */
  boolean knows(String user) {
    return users().stream().anyMatch(known -> known.get("id").asText().equals(user));
  }

  List<JsonNode> products() {
    return all("/api/products");
  }

  long stock(String product) {
    return get("/api/products/" + product).json(200).get("quantity").asLong();
  }

  Answer get(String path) {
    return send(to(path).GET());
  }

  Answer post(String path, JsonNode body, String... headers) {
    var request = to(path).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.POST(BodyPublishers.ofString(body.toString())));
  }

  /** The same as somebody who has nothing but a token. */
  Answer as(String token, String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(URI.create(shop + path))
            .timeout(Patience.LONG)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body.toString())));
  }

  Answer put(String path, JsonNode body, String... headers) {
    var request = to(path).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.PUT(BodyPublishers.ofString(body.toString())));
  }

  Answer delete(String path) {
    return send(to(path).DELETE());
  }

  Answer delete(String path, JsonNode body, String... headers) {
    var request = to(path).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.method("DELETE", BodyPublishers.ofString(body.toString())));
  }

  /** A request that is theirs, to be made up further. */
  HttpRequest.Builder to(String path) {
    var request = HttpRequest.newBuilder(URI.create(shop + path)).timeout(Patience.LONG);
    return cookies.isEmpty() ? request : request.header("Cookie", cookies());
  }

  Answer send(HttpRequest.Builder request) {
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").stream()
          .map(HttpCookie::parse)
          .flatMap(List::stream)
          .forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
      return new Answer(response);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** An answer that has begun, to be read as fast as one likes. */
  InputStream opens(String path) {
    try {
      return HTTP.send(to(path).GET().build(), BodyHandlers.ofInputStream()).body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private List<JsonNode> all(String path) {
    var all = new ArrayList<JsonNode>();
    var page = get(path + "?limit=100").json(200);
    page.get("items").forEach(all::add);
    while (!page.get("nextCursor").isNull()) {
      var cursor = URLEncoder.encode(page.get("nextCursor").asText(), UTF_8);
      page = get(path + "?limit=100&cursor=" + cursor).json(200);
      page.get("items").forEach(all::add);
    }
    return all;
  }

  static ObjectNode order(Map<String, Long> quantities) {
    var order = JSON.createObjectNode();
    var items = order.putArray("items");
    quantities.forEach((product, quantity) ->
        items.addObject().put("productId", product).put("quantity", quantity));
    return order;
  }
}
