package boutique.backends.embedded;

import static boutique.kernel.store.Facts.get;
import static org.assertj.core.api.Assertions.assertThat;

import boutique.kernel.limits.Limits;
import boutique.kernel.limits.LimitsConformance;
import boutique.kernel.limits.Rate;
import boutique.kernel.limits.Taken;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Limits of one process")
class LocalLimitsTest extends LimitsConformance {
  private static final int MOST = 100;
  private static final int SHARED = 1024;

  /** About to overflow: only differences of it mean anything. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

  private final LocalLimits limits = new LocalLimits(MOST, nanos::get);

  @Override
  protected Limits limits() {
    return limits;
  }

  @Override
  protected Limits elsewhere() {
    return limits;
  }

  @Override
  protected void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  @DisplayName("a bucket that is full again is forgotten")
  void forgets() {
    var rate = new Rate(1, Duration.ofSeconds(1));
    for (var i = 0; i < MOST; i++) {
      get(limits.take("guest " + i, rate, 1));
    }
    pass(Duration.ofSeconds(2));

    for (var i = 0; i < MOST; i++) {
      get(limits.take("the same", new Rate(MOST, Duration.ofSeconds(1)), 1));
    }

    assertThat(limits.size()).isEqualTo(1);
  }

  @Test
  @DisplayName("a crowd of any size takes no more memory than its bound, and is limited still")
  void crowd() {
    var rate = new Rate(1, Duration.ofHours(1));
    var let = 0;
    for (var i = 0; i < 50 * SHARED; i++) {
      let += get(limits.take("guest " + i, rate, 1)).equals(Taken.YES) ? 1 : 0;
    }

    assertThat(limits.size()).isLessThanOrEqualTo(MOST + SHARED);
    assertThat(let).isLessThanOrEqualTo(MOST + SHARED);
    assertThat(get(limits.take("guest 0", rate, 1))).isInstanceOf(Taken.Later.class);
  }
}
