package boutique.journeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedInvocationConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request that is wrong is the client's fault, is told so, and reaches no room:")
@Timeout(300)
class BadRequestsIT {
  private static final String JSON = "application/json";

  @TempDir static Path data;
  private static ShopProcess shop;
  private static Shopper shopper;
  private static String product;
  private static List<JsonNode> products;

  @BeforeAll
  static void open() {
    shop = ShopProcess.open(data);
    shopper = Shopper.signedUp(shop);
    product = shopper.offers("Vase", "38", 9);
    Patience.await().until(() -> shopper.products().size() == 1);
    products = shopper.products();
  }

  @AfterAll
  static void nothingHasHappened() {
    try (var _ = shop) {
      assertThat(shopper.products()).isEqualTo(products);
      assertThat(shopper.orders()).isEmpty();
      assertThat(shopper.stock(product)).isEqualTo(9);
      assertThat(shop.program().err()).as("what the shop complains of").isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"title\":\"T\",\"price\":1}                                             | quantity",
        "{\"title\":\"T\",\"quantity\":1}                                          | price",
        "{\"price\":1,\"quantity\":1}                                              | title",
        "{\"title\":1,\"price\":1,\"quantity\":1}                                  | title",
        "{\"title\":null,\"price\":1,\"quantity\":1}                               | title",
        "{\"title\":\"\",\"price\":1,\"quantity\":1}                               | title",
        "{\"title\":\"   \",\"price\":1,\"quantity\":1}                            | title",
        "{\"title\":[],\"price\":1,\"quantity\":1}                                 | title",
        "{\"title\":{\"$gt\":\"\"},\"price\":1,\"quantity\":1}                     | title",
        "{\"title\":\"T\",\"price\":\"1\",\"quantity\":1}                          | price",
        "{\"title\":\"T\",\"price\":-1,\"quantity\":1}                             | price",
        "{\"title\":\"T\",\"price\":0,\"quantity\":1}                              | price",
        "{\"title\":\"T\",\"price\":0.001,\"quantity\":1}                          | price",
        "{\"title\":\"T\",\"price\":9.999,\"quantity\":1}                          | price",
        "{\"title\":\"T\",\"price\":1e9999,\"quantity\":1}                         | price",
        "{\"title\":\"T\",\"price\":-1e9999,\"quantity\":1}                        | price",
        "{\"title\":\"T\",\"price\":1e-9999,\"quantity\":1}                        | price",
        "{\"title\":\"T\",\"price\":1000000.01,\"quantity\":1}                     | price",
        "{\"title\":\"T\",\"price\":9223372036854775808,\"quantity\":1}            | price",
        "{\"title\":\"T\",\"price\":{\"$numberDecimal\":\"1\"},\"quantity\":1}     | price",
        "{\"title\":\"T\",\"price\":true,\"quantity\":1}                           | price",
        "{\"title\":\"T\",\"price\":1,\"quantity\":-1}                             | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1.5}                            | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":\"1\"}                          | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":9223372036854775808}            | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":-9223372036854775809}           | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":18446744073709551617}           | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1e9999}                         | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1e400}                          | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1000000001}                     | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":null}                           | quantity",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1,\"currency\":\"usd\"}         | currency",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1,\"currency\":null}            | currency",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1,\"$where\":\"1\"}             | $where",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1,\"userId\":\"me\"}            | userId",
        "{\"title\":\"T\",\"price\":1,\"quantity\":1,\"__proto__\":{\"a\":1}}      | __proto__",
        "{}                                                                        | title",
        "[]                                                                        | body",
        "null                                                                      | body",
        "7                                                                         | body",
        "\"text\"                                                                  | body",
        "true                                                                      | body",
      })
  @DisplayName("a product that is none")
  void product(String body, String field) {
    assertInvalid(post("/api/products", body), field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"items\":[]}                                                     | items",
        "{\"items\":null}                                                   | items",
        "{\"items\":{}}                                                     | items",
        "{\"items\":[{}]}                                                   | items.0.productId",
        "{\"items\":[null]}                                                 | items.0",
        "{\"items\":[[]]}                                                   | items.0",
        "{\"items\":[{\"productId\":\"p\"}]}                                | items.0.quantity",
        "{\"items\":[{\"quantity\":1}]}                                     | items.0.productId",
        "{\"items\":[{\"productId\":7,\"quantity\":1}]}                     | items.0.productId",
        "{\"items\":[{\"productId\":\"\",\"quantity\":1}]}                  | items.0.productId",
        "{\"items\":[{\"productId\":{\"$ne\":1},\"quantity\":1}]}           | items.0.productId",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":0}]}                 | items.0.quantity",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":-1}]}                | items.0.quantity",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":1.5}]}               | items.0.quantity",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":10001}]}             | items.0.quantity",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":9223372036854775808}]} | items.0.quantity",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":1e9999}]}            | items.0.quantity",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":1}],\"total\":1}     | total",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":1}],\"expectedTotal\":-1} | expectedTotal",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":1}],\"expectedTotal\":\"1\"} | expectedTotal",
        "{\"items\":[{\"productId\":\"p\",\"quantity\":1},{\"productId\":\"q\"}]} | items.1.quantity",
      })
  @DisplayName("an order that is none")
  void order(String body, String field) {
    assertInvalid(post("/api/orders", body), field);
  }

  @Test
  @DisplayName("an order of more lines than fit")
  void tooManyLines() {
    var line = "{\"productId\":\"%s\",\"quantity\":1}".formatted(product);

    assertInvalid(
        post("/api/orders", "{\"items\":[" + (line + ",").repeat(100) + line + "]}"), "items");
  }

  @Test
  @DisplayName("a new password that is too short")
  void shortPassword() {
    for (var route : List.of("signup", "register")) {
      var body = "{\"email\":\"a@example.com\",\"password\":\"short\"}";
      assertInvalid(post("/api/users/" + route, body), "password");
    }
  }

  @ParameterizedTest(name = ParameterizedInvocationConstants.INDEX_PLACEHOLDER)
  @ValueSource(
      strings = {
        "unheard-of",
        "../orders",
        "a/b",
        "a b",
        "$where",
        "\u0000",
        "é",
        "\uD83D\uDE00",
        "\\ud800",
        "%00",
        "\u202E",
        "a@b",
        "\\u0000",
        "products.1",
        "-",
        "."
      })
  @DisplayName("an order of what nobody offers")
  void orderOfNothing(String id) {
    var answer =
        post("/api/orders", "{\"items\":[{\"productId\":\"%s\",\"quantity\":1}]}".formatted(id));

    assertThat(assertProblem(answer).get("status").asInt()).as("%s", answer).isIn(400, 422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"email\":\"a@example.com\"}                                                | password",
        "{\"password\":\"long enough\"}                                               | email",
        "{\"email\":\"a@example.com\",\"password\":12345678}                          | password",
        "{\"email\":\"nobody\",\"password\":\"long enough\"}                          | email",
        "{\"email\":\"a b@example.com\",\"password\":\"long enough\"}                 | email",
        "{\"email\":\"a@b@c\",\"password\":\"long enough\"}                           | email",
        "{\"email\":{\"$gt\":\"\"},\"password\":{\"$gt\":\"\"}}                       | email",
        "{\"email\":\"a@example.com\",\"password\":\"long enough\",\"roles\":[\"operator\"]} | roles",
        "{}                                                                           | email",
      })
  @DisplayName("credentials that are none")
  void credentials(String body, String field) {
    for (var route : List.of("signup", "register", "signin", "login")) {
      assertInvalid(post("/api/users/" + route, body), field);
    }
  }

  @ParameterizedTest(name = ParameterizedInvocationConstants.INDEX_PLACEHOLDER)
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{\"items\"",
        "{\"items\":[",
        "{'items':[]}",
        "{\"items\":[]}}",
        "nonsense",
        "{\"items\":[1,]}",
        "{,}",
        "NaN",
        "{\"items\":NaN}",
        "{\"items\":01}",
        "\u0000",
        "<items/>",
        "items=1&items=2",
        "{\"items\":[]} {\"items\":[]}",
        "\uFEFF[]",
        "{\"a\":\"\t\"}"
      })
  @DisplayName("a body that is not JSON")
  void notJson(String body) {
    var problem = assertProblem(post("/api/orders", body));

    assertThat(problem.get("status").asInt()).isEqualTo(400);
    assertThat(problem.get("code").asText()).startsWith("request.");
  }

  @ParameterizedTest(name = ParameterizedInvocationConstants.INDEX_PLACEHOLDER)
  @MethodSource("deep")
  @DisplayName("a body that is nothing but depth")
  void deepJson(String body) {
    assertThat(assertProblem(post("/api/orders", body)).get("status").asInt()).isEqualTo(400);
  }

  static Stream<String> deep() {
    return Stream.of(
        "[".repeat(30_000),
        "{\"items\":".repeat(6_000),
        "{\"items\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}",
        "{\"items\":" + "[".repeat(900) + "]".repeat(900) + "}",
        "{\"items\":[" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "]}");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 500, 1_500, 60_000})
  @DisplayName("a number with more digits than anybody needs")
  void longNumbers(int digits) {
    var number = "7".repeat(digits);

    assertProblem(
        post("/api/products", "{\"title\":\"T\",\"price\":1,\"quantity\":" + number + "}"));
    assertProblem(
        post("/api/products", "{\"title\":\"T\",\"quantity\":1,\"price\":" + number + "}"));
    assertProblem(
        post("/api/products", "{\"title\":\"T\",\"quantity\":1,\"price\":0." + number + "}"));
  }

  @Test
  @DisplayName("bytes that are no text")
  void notUtf8() {
    for (var bytes :
        List.of(
            "{\"items\":\"\u00C0\u00AF\"}".getBytes(ISO_8859_1),
            new byte[] {(byte) 0xFF, (byte) 0xFE, '[', 0, ']', 0},
            "{\"items\":[]}".getBytes(StandardCharsets.UTF_16),
            new byte[1_000])) {
      var request = shopper.to("/api/orders").header("Content-Type", JSON);
      var answer = shopper.send(request.POST(BodyPublishers.ofByteArray(bytes)));

      assertThat(assertProblem(answer).get("status").asInt()).isEqualTo(400);
    }
  }

  @Test
  @DisplayName("a body of more than 64 KiB, however it is sent")
  void tooLarge() {
    var body = "{\"items\":[],\"x\":\"" + "x".repeat(70_000) + "\"}";
    post("/api/orders", body).problem(413, "body.too-large");

    var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
    var request = shopper.to("/api/orders").header("Content-Type", JSON).POST(chunked);
    shopper.send(request).problem(413, "body.too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "nonsense",
        "multipart/form-data; boundary=",
        "application/json5",
        "application/json+x",
        "application/json, text/plain",
        "text/plain, application/json",
        "application/json text/plain",
        "application/json/x",
        "application/problem+json",
        "application/*",
        "*/*",
        ";"
      })
  @DisplayName("a body of another type")
  void notTheType(String type) {
    var body = "{\"title\":\"T\",\"price\":1,\"quantity\":1}";

    assertProblem(post("/api/products", body, type));
    post("/api/products", body, type).problem(415, "body.not-json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "APPLICATION/JSON",
        "application/JSON;charset=utf-8",
        "application/json ; charset=\"UTF-8\"",
        "Application/Json;"
      })
  @DisplayName("not one of the right type, however that is written")
  void theType(String type) {
    assertInvalid(post("/api/orders", "{\"items\":[]}", type), "items");
  }

  @ParameterizedTest(name = ParameterizedInvocationConstants.INDEX_PLACEHOLDER)
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udc00\\ud800",
        "a\\ud83d",
        "\\u0000",
        "a\\u0007b",
        "\\n",
        "\\u001b[31m",
        "\u007f",
        "\u0085",
        "\\u009f"
      })
  @DisplayName("text that is none")
  void noText(String text) {
    assertInvalid(
        post("/api/products", "{\"title\":\"a%s\",\"price\":1,\"quantity\":1}".formatted(text)),
        "title");
    assertInvalid(
        post("/api/orders", "{\"items\":[{\"productId\":\"%s\",\"quantity\":1}]}".formatted(text)),
        "items.0.productId");
    assertInvalid(
        post(
            "/api/users/signup",
            "{\"email\":\"a@example.com\",\"password\":\"password%s\"}".formatted(text)),
        "password");
  }

  @Test
  @DisplayName("a body of no type")
  void noType() {
    var answer =
        shopper.send(shopper.to("/api/orders").POST(BodyPublishers.ofString("{\"items\":[]}")));

    assertThat(assertProblem(answer).get("status").asInt()).as("%s", answer).isIn(400, 415);
  }

  @Test
  @DisplayName("no body at all")
  void noBody() {
    for (var route : List.of("/api/orders", "/api/products", "/api/users/signup")) {
      var bare = shopper.send(shopper.to(route).POST(BodyPublishers.noBody()));
      assertThat(assertProblem(bare).get("status").asInt()).as("%s", bare).isIn(400, 415);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0                        | limit",
        "limit=101                      | limit",
        "limit=-1                       | limit",
        "limit=ten                      | limit",
        "limit=1.5                      | limit",
        "limit=                         | limit",
        "limit=9223372036854775808      | limit",
        "cursor=%24%24                  | cursor",
        "cursor=a                       | cursor",
        "cursor=%F0%9F%98%80            | cursor",
      })
  @DisplayName("a query that asks for the impossible")
  void query(String query, String field) {
    for (var route :
        List.of(
            "/api/orders", "/api/products", "/api/orders/user/orders", "/api/users/addresses")) {
      assertInvalid(shopper.get(route + "?" + query), field);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /api",
    "GET,    /api/nothing",
    "GET,    /api/orders/unheard-of",
    "GET,    /api/orders/%00",
    "GET,    /api/orders/%24where",
    "GET,    /api/orders/..%2Forders",
    "GET,    /api/orders/a%20b",
    "GET,    /api/orders/%F0%9F%98%80",
    "GET,    /api/products/unheard-of",
    "GET,    /api/products/%C0%AF",
    "DELETE, /api/orders/unheard-of",
    "POST,   /api/orders/unheard-of/cancel",
    "GET,    /..%2F..%2Fetc%2Fpasswd",
    "GET,    /vendor/..%2F..%2Fpom.xml",
    "GET,    /.git/config",
    "GET,    /nothing.html",
  })
  @DisplayName("nothing is there")
  void notFound(String method, String path) {
    var answer = shopper.send(request(method, path));

    assertThat(assertProblem(answer).get("status").asInt()).as("%s", answer).isIn(400, 404);
  }

  @ParameterizedTest
  @CsvSource({
    "POST,   /api/nothing",
    "PUT,    /api/orders",
    "DELETE, /api/orders",
    "PATCH,  /api/products",
    "DELETE, /api/products",
    "POST,   /api/products/unheard-of",
    "GET,    /api/users/signup",
    "GET,    /api/orders/unheard-of/cancel",
    "TRACE,  /api/orders",
    "BREW,   /api/orders",
  })
  @DisplayName("it is not done this way")
  void methodNotAllowed(String method, String path) {
    var answer = shopper.send(request(method, path));

    assertThat(assertProblem(answer).get("status").asInt()).as("%s", answer).isIn(404, 405);
  }

  @Test
  @DisplayName("an idempotency key that is too long or too short")
  void idempotencyKey() {
    var body = "{\"items\":[{\"productId\":\"%s\",\"quantity\":1}]}".formatted(product);
    for (var key : List.of("k".repeat(256), "")) {
      var request = shopper.to("/api/orders").header("Content-Type", JSON);
      assertProblem(
          shopper.send(request.header("Idempotency-Key", key).POST(BodyPublishers.ofString(body))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "Bearer", "Bearer ", "Bearer a.b.c", "Basic YTpi"})
  @DisplayName("a session that is none")
  void session(String authorization) {
    var stranger = Shopper.stranger(shop);

    stranger
        .send(stranger.to("/api/orders").header("Authorization", authorization).GET())
        .problem(401, "auth.required");
  }

  private static Answer post(String path, String body) {
    return post(path, body, JSON);
  }

  private static Answer post(String path, String body, String type) {
    var request = shopper.to(path).header("Content-Type", type);
    return shopper.send(request.POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String method, String path) {
    var request = shopper.to(path);
    return method.equals("GET") || method.equals("DELETE") || method.equals("TRACE")
        ? request.method(method, BodyPublishers.noBody())
        : request
            .header("Content-Type", JSON)
            .method(method, BodyPublishers.ofString("{\"items\":[]}"));
  }

  private static void assertInvalid(Answer answer, String field) {
    var problem = assertProblem(answer);
    assertThat(problem.get("status").asInt()).as("%s", answer).isEqualTo(400);
    assertThat(problem.get("code").asText()).isEqualTo("request.invalid");
    assertThat(StreamSupport.stream(problem.get("errors").spliterator(), false))
        .as("%s", answer)
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error.get("message").asText()).isNotBlank())
        .extracting(error -> error.get("field").asText())
        .contains(field);
  }

  /** Well formed, and silent about what we are made of. */
  private static JsonNode assertProblem(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
    assertThat(answer.type()).as("%s", answer).isEqualTo("application/problem+json");
    var problem = answer.json();
    for (var field : List.of("type", "title", "detail", "code")) {
      assertThat(problem.path(field).asText()).as("%s of %s", field, answer).isNotBlank();
    }
    assertThat(problem.get("status").asInt()).isEqualTo(answer.status());
    assertThat(problem.toString())
        .doesNotContainPattern(
            "(?i)exception|stacktrace|\\bat [\\w.$]+\\(|io\\.vertx|java\\.|boutique\\.[a-z]+\\.");
    return problem;
  }
}
