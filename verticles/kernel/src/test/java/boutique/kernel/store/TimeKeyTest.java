package boutique.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key that begins with a time")
class TimeKeyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

  @Test
  @DisplayName("sorts as the time does, however many digits that has")
  void sorts() {
    var times =
        List.of(
            Instant.EPOCH,
            Instant.ofEpochMilli(9),
            Instant.ofEpochMilli(10),
            NOON,
            NOON.plusMillis(1),
            Instant.parse("9999-12-31T23:59:59.999Z"));

    assertThat(times.stream().map(TimeKey::of)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("tells the time, and what is behind it")
  void tells() {
    var key = TimeKey.of(NOON) + "/order/1";

    assertThat(key).isEqualTo("001772366400123/order/1");
    assertThat(TimeKey.time(key)).isEqualTo(NOON);
    assertThat(TimeKey.rest(key)).isEqualTo("order/1");
  }

  @Test
  @DisplayName("is the same wherever people count with other digits")
  void elsewhere() {
    var here = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(TimeKey.of(NOON)).isEqualTo("001772366400123");
    } finally {
      Locale.setDefault(here);
    }
  }
}
