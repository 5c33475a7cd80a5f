package boutique.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A socket may speak")
class FrameRateTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final FrameRate rate = FrameRate.ofMessages(0);

  @Test
  @DisplayName("fifty times at once, and then twenty times a second")
  void rate() {
    assertThat(allowed(100, 0)).isEqualTo(50);
    assertThat(allowed(100, SECOND)).isEqualTo(20);
    assertThat(allowed(100, SECOND + SECOND / 2)).isEqualTo(10);
  }

  @Test
  @DisplayName("no more often for having been silent long")
  void silence() {
    assertThat(allowed(100, Duration.ofDays(300).toNanos())).isEqualTo(50);
  }

  @Test
  @DisplayName("at its pace for ever")
  void steady() {
    assertThat(IntStream.range(0, 10_000).filter(i -> rate.allows(i * SECOND / 20)))
        .hasSize(10_000);
  }

  private long allowed(int times, long nanos) {
    return IntStream.range(0, times).filter(_ -> rate.allows(nanos)).count();
  }
}
