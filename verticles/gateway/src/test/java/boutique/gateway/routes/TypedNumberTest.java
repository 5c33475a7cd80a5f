package boutique.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The number of an order")
class TypedNumberTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"B-2026-000123", "b-2026-000123", "B-2026-123", "b2026123", " B-2026-0000123 "})
  @DisplayName("is understood in any case, and with or without its zeros")
  void forms(String typed) {
    assertThat(TypedNumber.of(typed)).isEqualTo("B-2026-000123");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "B-",
        "B-2026-",
        "B-26-1",
        "2026-000123",
        "B-2026-0000000000000001",
        "B-2026-1x",
        "B--2026-1",
        "01a2289d-0c06-76f6-a6ac-5ef2b6f9d120",
        "b1a2289d-0c06-76f6-a6ac-5ef2b6f9d120"
      })
  @DisplayName("is nothing else, such as the id of one")
  void none(String typed) {
    assertThat(TypedNumber.of(typed)).isNull();
  }
}
