package boutique.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A body")
class BodyTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/JSON",
        " application/json ;charset=utf-8",
        "application/json;",
        "application/json; profile=\"a, b\""
      })
  @DisplayName("is of a type in whatever case, with whatever parameters")
  void json(String header) {
    assertThat(BodyType.of(header)).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "json",
        "application/json, text/plain",
        "application/json; charset=utf-8, text/plain",
        "application/json text/plain",
        "application/json/x",
        "application/ json",
        "/"
      })
  @DisplayName("is of no type when that is none, or several")
  void none(String header) {
    assertThat(BodyType.of(header)).isEmpty();
  }

  @Test
  @DisplayName("is of another type when that only begins like one")
  void other() {
    assertThat(BodyType.of("application/json+x")).isEqualTo("application/json+x");
    assertThat(BodyType.of((String) null)).isEmpty();
  }
}
