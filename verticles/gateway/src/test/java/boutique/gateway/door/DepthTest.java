package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON is too deep")
class DepthTest {

  @ParameterizedTest
  @DisplayName("when more is open at once than anything of ours")
  @ValueSource(strings = {"[", "{", "{\"a\":", "[{\"\":"})
  void deep(String opening) {
    assertThat(tooDeep(opening.repeat(33))).isTrue();
  }

  @Test
  @DisplayName("not when it is only long, or talks of brackets")
  void wide() {
    assertThat(tooDeep("[" + "[{}],".repeat(10_000) + "]")).isFalse();
    assertThat(tooDeep("{\"a\":\"" + "[".repeat(10_000) + "\"}")).isFalse();
    assertThat(tooDeep("{\"a\":\"\\\"" + "[".repeat(10_000) + "\"}")).isFalse();
    assertThat(tooDeep("{\"a\":\"\\\\\"," + "[".repeat(40))).isTrue();
    assertThat(tooDeep("[".repeat(32))).isFalse();
    assertThat(tooDeep("")).isFalse();
  }

  private static boolean tooDeep(String json) {
    return Depth.isTooDeep(Buffer.buffer(json));
  }
}
