package boutique.gateway.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import boutique.language.sessions.SessionId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The cookies of a session")
@Timeout(60)
class SessionCookiesTest {
  private static final RefreshToken REFRESH = RefreshToken.first(new SessionId("session"));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName(
      "are out of reach of scripts, and the one to refresh with goes to the users' routes only")
  void attributes() {
    var cookies = setFor("localhost", false);

    assertThat(cookies)
        .anySatisfy(cookie ->
            assertThat(cookie)
                .startsWith("session=access;")
                .contains("; Path=/;", "; HTTPOnly", "; SameSite=Lax", "Max-Age=900;")
                .doesNotContain("Domain"))
        .anySatisfy(cookie ->
            assertThat(cookie)
                .startsWith("refresh=" + REFRESH.text())
                .contains("; Path=/api/users;", "; HTTPOnly", "; SameSite=Strict")
                .doesNotContain("Domain"))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "shop.localhost", "127.0.0.1", "127.1.2.3", "::1"})
  @DisplayName("go over plain HTTP to this very machine")
  void plain(String host) {
    assertThat(setFor(host, false)).noneMatch(cookie -> cookie.contains("Secure"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "192.168.1.7",
        "localhost.evil.example",
        "127.evil.example",
        "127.0.0.1.example"
      })
  @DisplayName("go nowhere else but over HTTPS")
  void secure(String host) {
    assertThat(setFor(host, false)).allMatch(cookie -> cookie.contains("; Secure;"));
  }

  @Test
  @DisplayName("have the names that browsers hold us to, where that is wanted")
  void prefixed() {
    assertThat(setFor("localhost", true))
        .allMatch(cookie -> cookie.contains("; Secure;"))
        .extracting(cookie -> cookie.substring(0, cookie.indexOf('=')))
        .containsExactlyInAnyOrder("__Host-session", "__Secure-refresh");
  }

  private List<String> setFor(String host, boolean prefixed) {
    var router = Router.router(vertx);
    router
        .route()
        .handler(ctx -> {
          new SessionCookies(prefixed)
              .set(ctx, "access", Duration.ofMinutes(15), REFRESH, Duration.ofDays(30));
          ctx.end();
        });
    var server = vertx.createHttpServer().requestHandler(router).listen(0, "localhost").await();
    var request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(server.actualPort(), "localhost"))
            .setHost(host)
            .setPort(server.actualPort());
    return vertx
        .createHttpClient()
        .request(request)
        .compose(sent -> sent.send())
        .map(HttpClientResponse::cookies)
        .await();
  }
}
