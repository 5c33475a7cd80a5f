package boutique.gateway.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.carts.CartId;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The cookie of a guest's cart")
@Timeout(60)
class GuestCartsTest {
  private static final String SECRET = "s".repeat(32);

  private final Vertx vertx = Vertx.vertx();

  private record Heard(List<String> cookies, String body) {}

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName("goes over plain HTTP to this very machine")
  void plain() throws IOException, InterruptedException {
    assertThat(ask(false, "/opened", "").cookies())
        .singleElement()
        .satisfies(cookie ->
            assertThat(cookie)
                .startsWith("cart=")
                .contains("; Path=/", "; HTTPOnly", "; SameSite=Lax")
                .doesNotContain("Secure", "Domain"));
  }

  @ParameterizedTest
  @CsvSource({"/opened", "/forgotten"})
  @DisplayName("has the name that browsers hold us to, where that is wanted")
  void prefixed(String path) throws IOException, InterruptedException {
    assertThat(ask(true, path, "").cookies())
        .singleElement()
        .satisfies(cookie ->
            assertThat(cookie)
                .startsWith("__Host-cart=")
                .contains("; Path=/;", "; Secure", "; HTTPOnly", "; SameSite=Lax")
                .doesNotContain("Domain"));
  }

  @ParameterizedTest
  @CsvSource({
    "false, cart,        true",
    "false, __Host-cart, false",
    "true,  __Host-cart, true",
    "true,  cart,        false"
  })
  @DisplayName("is read under its one name only: others may have set the other")
  void read(boolean prefixed, String name, boolean known) throws IOException, InterruptedException {
    assertThat(ask(prefixed, "/mine", name + "=" + SECRET).body())
        .isEqualTo(known ? CartId.guest(SECRET).value() : "nobody's");
  }

  private Heard ask(boolean prefixed, String path, String cookie)
      throws IOException, InterruptedException {
    var router = Router.router(vertx);
    router.route().handler(new GuestCarts(prefixed)::enter);
    router
        .route("/opened")
        .handler(ctx -> {
          GuestCarts.opened(ctx);
          ctx.end();
        });
    router
        .route("/forgotten")
        .handler(ctx -> {
          GuestCarts.forget(ctx);
          ctx.end();
        });
    router
        .route("/mine")
        .handler(ctx -> {
          var cart = GuestCarts.of(ctx);
          ctx.end(cart == null ? "nobody's" : cart.value());
        });
    var server = vertx.createHttpServer().requestHandler(router).listen(0, "localhost").await();
    var uri = URI.create("http://localhost:%d%s".formatted(server.actualPort(), path));
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(uri).header("Cookie", cookie).build();
      var response = client.send(request, BodyHandlers.ofString());
      return new Heard(response.headers().allValues("Set-Cookie"), response.body());
    }
  }
}
