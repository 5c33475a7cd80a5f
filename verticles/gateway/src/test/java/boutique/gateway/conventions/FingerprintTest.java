package boutique.gateway.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.gateway.conventions.KeptAnswers.Known;
import boutique.gateway.sessions.Secret;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A request is known again")
class FingerprintTest {
  private static final Secret SECRET = new Secret("secret".getBytes(UTF_8));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":[2,{\"c\":3}]} | { \"b\" : [2, {\"c\":3}], \"a\" : 1 }",
        "{\"a\":1.50}                  | {\"a\":1.5}",
        "{\"a\":100}                   | {\"a\":1e2}",
        "{\"a\":\"\\u00e9\"}           | {\"a\":\"é\"}",
        "[null,true]                   | [ null , true ]",
      })
  @DisplayName("by what its body means")
  void same(String one, String other) {
    assertThat(print("a", "k", one)).isEqualTo(print("a", "k", other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}                      | {\"a\":\"1\"}",
        "{\"a\":0.1}                    | {\"a\":0.10000000000000000001}",
        "{\"a\":[1,2]}                  | {\"a\":[2,1]}",
        "{\"a\":null}                   | {}",
        "{\"a\":9007199254740993}       | {\"a\":9007199254740992}",
        "{\"a\":\"b\\\",\\\"c\\\":\\\"\"} | {\"a\":\"b\",\"c\":\"\"}",
        "no json                        | no json at all",
      })
  @DisplayName("and told from every other")
  void other(String one, String other) {
    assertThat(print("a", "k", one).request()).isNotEqualTo(print("a", "k", other).request());
    assertThat(print("a", "k", one).name()).isEqualTo(print("a", "k", other).name());
  }

  @Test
  @DisplayName("under the key of its own user only")
  void scope() {
    assertThat(List.of(print("a", "k", ""), print("b", "k", ""), print("a", "l", "")))
        .extracting(Fingerprint::name)
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("by ids that grow with the time at which its key was first used")
  void ids() {
    var early = known("r1", 1_000);
    var late = known("r2", 2_000);

    assertThat(Ids.made(early, "order")).isEqualTo(Ids.made(early, "order"));
    assertThat(Ids.made(early, "order")).isLessThan(Ids.made(late, "order"));
    assertThat(Ids.made(early, "order")).isNotEqualTo(Ids.made(early, "product"));
    assertThat(Ids.made(early, "order")).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab].*");
  }

  private static Known known(String request, long millis) {
    return new Known(0, "name", request, Instant.ofEpochMilli(millis), null, null);
  }

  private static Fingerprint print(String who, String key, String body) {
    return Fingerprint.of(SECRET, who, key, "POST", "/api/orders", Buffer.buffer(body));
  }
}
