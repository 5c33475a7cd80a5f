package boutique.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is tried again and again")
class PausesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  private final Pauses pauses = new Pauses(SHORTEST);

  @Test
  @DisplayName(
      "is tried at once at first, ever more rarely then, and in the end each minute, if that is the longest")
  void everMoreRarely() {
    var now = NOON;
    assertThat(pauses.isOver("one", now)).isTrue();
    for (var pause : new long[] {5, 10, 20, 40, 60, 60, 60}) {
      pauses.begin("one", LONGEST, now);
      assertThat(pauses.isOver("one", now.plusMillis(pause * 500 - 1))).as("%d", pause).isFalse();
      assertThat(pauses.isOver("one", now.plusSeconds(pause))).as("%d", pause).isTrue();
      now = now.plusSeconds(pause);
    }
  }

  @Test
  @DisplayName("does not wait for anything else")
  void each() {
    pauses.begin("one", LONGEST, NOON);

    assertThat(pauses.isOver("one", NOON)).isFalse();
    assertThat(pauses.isOver("another", NOON)).isTrue();
  }
}
