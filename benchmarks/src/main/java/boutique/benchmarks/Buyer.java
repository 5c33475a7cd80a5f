package boutique.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Somebody with an account at the shop. */
final class Buyer {
  private static final long PATIENCE_SECONDS = 30;
  private static final String PASSWORD = "correct horse battery staple";

  /** How the shop knows its operator by the password of everybody else here. */
  static final String OPERATOR = "--operator.password=" + PASSWORD;

  private final HttpClientAgent http;
  private final int port;
  private String session = "";

  private Buyer(HttpClientAgent http, int port) {
    this.http = http;
    this.port = port;
  }

  /** The same, still signed in, when the shop was started again. */
  Buyer at(Server again) {
    var buyer = new Buyer(http, again.port());
    buyer.session = session;
    return buyer;
  }

  static Buyer of(Vertx vertx, Server shop, String email) throws Exception {
    return enters(vertx, shop, "/api/users/signup", email);
  }

  /** Whoever runs the shop, if it was started with {@link #OPERATOR}. */
  static Buyer operator(Vertx vertx, Server shop) throws Exception {
    return enters(vertx, shop, "/api/users/signin", "operator@boutique.example");
  }

  private static Buyer enters(Vertx vertx, Server shop, String door, String email)
      throws Exception {
    var buyer = new Buyer(vertx.createHttpClient(), shop.port());
    var account = new JsonObject().put("email", email).put("password", PASSWORD);
    buyer.session =
        buyer.post(door, account).map(Buyer::session).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return buyer;
  }

  String session() {
    return session;
  }

  /** Something to buy; says its id. */
  String offers() throws Exception {
    return offers(1_000_000);
  }

  String offers(long quantity) throws Exception {
    return id(
        "/api/products",
        new JsonObject()
            .put("title", "Linen Shirt, Sky")
            .put("price", 59.00)
            .put("quantity", quantity));
  }

  /**
   * One of it; says the order's id, once the order has its number too: that comes a moment after
   * the answer, and from then on the order looks the same each time.
   */
  String orders(String product) throws Exception {
    var item = new JsonObject().put("productId", product).put("quantity", 1);
    var order = id("/api/orders", new JsonObject().put("items", new JsonArray().add(item)));
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (new JsonObject(asks("/api/orders/" + order).body()).getString("number") == null) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("order " + order + " gets no number");
      }
    }
    return order;
  }

  /** A voucher for everybody; says its code. */
  String issues(String code, int percent) throws Exception {
    post("/api/discounts", new JsonObject().put("code", code).put("percent", percent))
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return code;
  }

  Recording asks(String path) throws IOException {
    return Recording.of(
        port,
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, session));
  }

  Recording posts(String path, JsonObject body) throws IOException {
    var text = body.encode();
    return Recording.of(
        port,
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(path, session, text.length(), text));
  }

  private String id(String path, JsonObject body) throws Exception {
    return post(path, body)
        .compose(HttpClientResponse::body)
        .map(answer -> String.valueOf(new JsonObject(answer).getString("id")))
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Future<HttpClientResponse> post(String path, JsonObject body) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(path);
    return http.request(options)
        .compose(request ->
            request
                .putHeader("Content-Type", "application/json")
                .putHeader("Authorization", "Bearer " + session)
                .send(body.toBuffer()))
        .map(response -> {
          if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + response.statusCode());
          }
          return response;
        });
  }

  private static String session(HttpClientResponse response) {
    return response.cookies().stream()
        .filter(cookie -> cookie.startsWith("session="))
        .map(cookie -> cookie.substring("session=".length(), cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }
}
