package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import boutique.gateway.Contract;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

@DisplayName("The kind of a request")
class TrafficSignsTest {

  @ParameterizedTest
  @DisplayName(
      "is what the contract says of its path, however that is written, or else its method's")
  @CsvSource({
    "POST, /api/users/signin, SIGN_IN",
    "POST, /api/users/login, SIGN_IN",
    "POST, /api/users/signin/, SIGN_IN",
    "POST, //api//users/signin, SIGN_IN",
    "POST, /api/users/signup, SIGN_UP",
    "POST, /api/orders, CHECKOUT",
    "POST, /api/payments/stripe/webhook, MESSAGE",
    "GET, /api/orders, BROWSING",
    "POST, /api/orders/o-1/cancel, WRITING",
    "DELETE, /api/orders/o-1, WRITING",
    "POST, /api/users/signin/x, WRITING",
    "GET, /, BROWSING",
    "POST, '', WRITING",
    "GET, /nowhere, BROWSING"
  })
  void kinds(String method, String path, Traffic kind) throws IOException {
    assertThat(new TrafficSigns(contract()).of(HttpMethod.valueOf(method), path)).isEqualTo(kind);
  }

  @Test
  @DisplayName("is found behind a parameter, too")
  void parameters() {
    var signs = new TrafficSigns(contract("/api/payments/{id}/refund", "checkout"));

    assertThat(signs.of(HttpMethod.POST, "/api/payments/p-1/refund")).isEqualTo(Traffic.CHECKOUT);
    assertThat(signs.of(HttpMethod.POST, "/api/payments/p-1/other")).isEqualTo(Traffic.WRITING);
  }

  @Test
  @DisplayName("that nobody knows is no kind")
  void unknown() {
    assertThatThrownBy(() -> new TrafficSigns(contract("/api/x", "whatever")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whatever");
  }

  @ParameterizedTest
  @EnumSource(Traffic.class)
  @DisplayName("has its name in the contract and its numbers in the table")
  void complete(Traffic kind) {
    assertThat(Traffic.named(kind.wireName())).isEqualTo(kind);
    assertThat(Allowance.of(kind)).isNotNull();
  }

  private static JsonObject contract(String path, String kind) {
    return new JsonObject(
        Map.of(
            "paths",
            new JsonObject()
                .put(path, new JsonObject().put("post", new JsonObject().put("x-limit", kind)))));
  }

  private static JsonObject contract() throws IOException {
    try (var yaml = Contract.class.getResourceAsStream("/openapi.yaml")) {
      var map = new JsonObject(new Yaml().<Map<String, Object>>load(yaml));
      return new JsonObject(map.encode());
    }
  }
}
