package boutique.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a real browser, for what it sends by itself no imitation knows for certain. */
@DisplayName("With a customer signed in, in a real browser,")
@Timeout(600)
class ForeignPageIT {
  @TempDir static Path data;
  @TempDir static Path profile;
  private static ShopProcess shop;
  private static HttpServer foreigner;
  private static Chromium browser;
  private static String product;
  private static String order;

  @BeforeAll
  static void signIn() throws IOException {
    browser =
        Chromium.open(profile)
            .orElseGet(() -> abort("there is no Chromium to open a foreign page in"));
    shop = ShopProcess.open(data, Unlimited.FLAGS);
    foreigner = HttpServer.create(new InetSocketAddress(0), 0);
    foreigner.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          var page =
              "<!doctype html><title>Win a prize</title><body></body>"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    foreigner.start();
    browser.visit(shop.base() + "/");
    post("/api/users/signup", "{email: 'victim@example.com', password: 'correct horse'}");
    product = post("/api/products", "{title: 'Vase', price: 38, quantity: 9}").get("id").asText();
    order =
        post("/api/orders", "{items: [{productId: '%s', quantity: 2}]}".formatted(product))
            .get("id")
            .asText();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (foreigner != null) {
      foreigner.stop(0);
      shop.close();
    }
  }

  @Test
  @DisplayName("the shop's own page reads, listens and changes")
  void ownPage() {
    browser.visit(shop.base() + "/");
    var open =
        "new Promise((done, failed) => { const line = new WebSocket("
            + "location.origin.replace('http', 'ws') + '/eventbus/websocket');"
            + "line.onopen = () => done('open'); line.onerror = () => done('failed'); })";

    assertThat(browser.run(open).asText()).isEqualTo("open");
    assertThat(get("/api/orders/" + order).get("status").asText()).isEqualTo("created");
    var mine = post("/api/orders", "{items: [{productId: '%s', quantity: 1}]}".formatted(product));
    post("/api/orders/" + mine.get("id").asText() + "/cancel", "{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  @DisplayName("the page of another site, or of another port, gets nothing and changes nothing")
  void foreignPage(String host) throws IOException {
    browser.visit(shop.base() + "/");
    var orders = get("/api/orders?limit=100").get("items").size();
    var before = get("/api/orders/" + order);
    var stock = get("/api/products/" + product);
    var script =
        Files.readString(House.root().resolve("launcher/src/test/browser/foreign.js"))
            .replaceFirst("(?s)^(//[^\\n]*\\n)+", "");

    browser.visit("http://%s:%d/".formatted(host, foreigner.getAddress().getPort()));
    var won =
        browser.run(
            "(%s)('%s', '%s', '%s')".formatted(script.strip(), shop.base(), order, product));

    assertThat(won).as("what the foreign page has got").isEmpty();
    browser.visit(shop.base() + "/");
    assertThat(get("/api/users/currentuser").at("/currentUser/email").asText())
        .isEqualTo("victim@example.com");
    assertThat(get("/api/orders/" + order)).isEqualTo(before);
    assertThat(get("/api/orders?limit=100").get("items")).hasSize(orders);
    assertThat(get("/api/products/" + product)).isEqualTo(stock);
  }

  private static JsonNode get(String path) {
    return browser.run("fetch('%s').then(answer => answer.json())".formatted(path));
  }

  /** As the shop's page does it. */
  private static JsonNode post(String path, String body) {
    return browser.run(
        "fetch('%s', {method: 'POST', headers: {'Content-Type': 'application/json', 'X-Boutique': '1'},"
                .formatted(path)
            + " body: JSON.stringify(%s)})".formatted(body)
            + ".then(answer => answer.ok ? answer.json() : Promise.reject(answer.status))");
  }
}
