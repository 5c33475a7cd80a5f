package boutique.users;

import static boutique.users.Refusals.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Whoever is not let in")
class RefusalsTest {
  private final List<Rung> alarms = new ArrayList<>();
  private long now = 1_000;
  private final Refusals refusals =
      new Refusals(() -> now, (in, then) -> alarms.add(new Rung(now + in.toNanos(), then)));

  private record Rung(long at, Runnable then) {}

  @ParameterizedTest
  @DisplayName("is told so a period after they asked, however long it took to find out")
  @ValueSource(longs = {0, 1, 40, 250, 999})
  void period(long millis) {
    var begun = now;
    var attempt = refusals.begin();
    goOn(millis);

    var told = attempt.told("no");

    assertThat(told.isComplete()).isFalse();
    assertThat(alarms).extracting(Rung::at).containsExactly(begun + PERIOD.toNanos());
    alarms.getFirst().then().run();
    assertThat(told.result()).isEqualTo("no");
  }

  @Test
  @DisplayName("is told so at the end of the next period when it took longer than one")
  void longer() {
    var begun = now;
    var attempt = refusals.begin();
    goOn(PERIOD.toMillis());

    var _ = attempt.told("no");

    assertThat(alarms).extracting(Rung::at).containsExactly(begun + 2 * PERIOD.toNanos());
  }

  @Test
  @DisplayName("is told so later by as much as others had their turn, and by nothing else")
  void queue() {
    var quick = refusals.begin();
    var slow = refusals.begin();
    var begun = now;
    goOn(2_500);
    quick.waited(Duration.ofMillis(2_460).toNanos());
    slow.waited(Duration.ofSeconds(2).toNanos());
    slow.waited(Duration.ofMillis(460).toNanos());

    var _ = quick.told("no");
    goOn(700);
    var _ = slow.told("no");

    assertThat(alarms)
        .extracting(Rung::at)
        .containsOnly(begun + Duration.ofMillis(2_460).plus(PERIOD).toNanos());
  }

  private void goOn(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }
}
