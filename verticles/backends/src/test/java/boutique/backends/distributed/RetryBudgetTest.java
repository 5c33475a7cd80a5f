package boutique.backends.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A budget for asking again")
class RetryBudgetTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap around
  private final RetryBudget budget = new RetryBudget(now::get);

  @Test
  @DisplayName("is for so many repeats at once, and no more")
  void most() {
    assertThat(spent(1_000)).isEqualTo(50);
  }

  @Test
  @DisplayName("grows by ten with every second, up to what can be saved")
  void grows() {
    spent(50);

    now.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(spent(1_000)).isEqualTo(30);

    now.addAndGet(Duration.ofDays(300).toNanos());
    assertThat(spent(1_000)).isEqualTo(50);
  }

  @Test
  @DisplayName("grows by a fifth of what is answered at the first asking")
  void earns() {
    spent(50);

    IntStream.range(0, 100).forEach(_ -> budget.earn());

    assertThat(spent(1_000)).isEqualTo(20);
  }

  @Test
  @DisplayName("has back what was not asked after all")
  void givesBack() {
    spent(50);

    budget.giveBack();

    assertThat(spent(1_000)).isEqualTo(1);
  }

  private long spent(int tries) {
    return IntStream.range(0, tries).filter(_ -> budget.spend()).count();
  }
}
